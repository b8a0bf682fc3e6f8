#!/usr/bin/env python3
"""Asks a running planner for a plan; --help and ../README.md have the rest."""

import argparse
import os
import re
import ssl
import sys
from pathlib import Path

os.environ.setdefault(
    "GRPC_VERBOSITY", "NONE"
)  # errors are told below, in one line; read on import
import grpc
from google.protobuf import duration_pb2, json_format, message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from partialloading.planner.v1 import planner_service_pb2 as planner
from partialloading.planner.v1 import planner_service_pb2_grpc as planner_grpc

PLANNED, REFUSED, USAGE, UNREACHABLE = range(4)

SERVICE_CONFIG = Path(__file__).resolve().parents[3] / "proto" / "service-config.json"
MAX_RESPONSE_BYTES = 64 << 20  # a plan for 10,000 users takes about 1 MB; gRPC's own limit is 4 MB


class UnusableError(Exception):
    """A file that cannot be read or understood."""


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    try:
        request = read_request(options.file)
        with open_channel(options) as channel:
            stub = planner_grpc.PlannerServiceStub(channel)
            response = stub.Plan(request, timeout=options.deadline)
    except UnusableError as error:
        print(error, file=sys.stderr)
        return USAGE
    except grpc.RpcError as error:
        return explain(error)
    if options.output == "json":
        print(json_format.MessageToJson(response, indent=None))
    else:
        print(table(request, response))
    return PLANNED


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="plan.py",
        description="Asks a planner for a plan.",
        epilog="Exit codes: 0 planned; 1 refused; 2 wrong usage or unreadable file; "
        "3 server unreachable or deadline passed.",
    )
    parser.add_argument("file", help="PlanRequest in proto3 JSON; - is standard input")
    parser.add_argument(
        "--target", metavar="HOST:PORT", default="localhost:50051", help="default: %(default)s"
    )
    parser.add_argument(
        "--deadline", type=seconds, default="5s", help="such as 500ms; default: %(default)s"
    )
    parser.add_argument(
        "--output", choices=["table", "json"], default="table", help="default: %(default)s"
    )
    parser.add_argument(
        "--tls-ca",
        metavar="FILE",
        help="use TLS; the server's certificate is checked against this CA",
    )
    parser.add_argument(
        "--tls-certificate", metavar="FILE", help="certificate chain to present, for mutual TLS"
    )
    parser.add_argument("--tls-key", metavar="FILE", help="its private key")
    parser.add_argument(
        "--tls-authority", metavar="NAME", help="server name to expect instead of the target's"
    )
    options = parser.parse_args(arguments)
    if (options.tls_certificate is None) != (options.tls_key is None):
        parser.error("--tls-certificate and --tls-key go together")
    if options.tls_ca is None and (options.tls_certificate or options.tls_authority):
        parser.error("--tls-certificate, --tls-key and --tls-authority need --tls-ca")
    return options


def seconds(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", text, re.ASCII)
    value = float(match[1]) * (0.001 if match[2] == "ms" else 1) if match else 0
    if value <= 0:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a duration above 0 such as 500ms or 1.5s"
        )
    return value


def read_request(name: str) -> planner.PlanRequest:
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return json_format.Parse(text, planner.PlanRequest())
    except OSError as error:
        raise UnusableError(f"{name}: cannot be read: {error.strerror}") from error
    except (json_format.ParseError, UnicodeDecodeError) as error:
        raise UnusableError(
            f"{name}: not a PlanRequest in proto3 JSON: {one_line(error)}"
        ) from error


def open_channel(options: argparse.Namespace) -> grpc.Channel:
    settings = [
        ("grpc.service_config", SERVICE_CONFIG.read_text(encoding="utf-8")),
        ("grpc.max_receive_message_length", MAX_RESPONSE_BYTES),
    ]
    if options.tls_ca is None:
        return grpc.insecure_channel(options.target, settings)
    if options.tls_authority:
        settings.append(("grpc.ssl_target_name_override", options.tls_authority))
    return grpc.secure_channel(options.target, credentials(options), settings)


def credentials(options: argparse.Namespace) -> grpc.ChannelCredentials:
    ca, certificate, key = options.tls_ca, options.tls_certificate, options.tls_key
    try:
        # gRPC does not tell a file that is no certificate from a server that is unreachable.
        context = ssl.create_default_context(cafile=ca)
        if certificate:
            context.load_cert_chain(certificate, key, password="")
        return grpc.ssl_channel_credentials(
            Path(ca).read_bytes(),
            Path(key).read_bytes() if key else None,
            Path(certificate).read_bytes() if certificate else None,
        )
    except OSError as error:
        files = ", ".join(name for name in (ca, certificate, key) if name)
        raise UnusableError(f"{files}: not usable for TLS: {one_line(error)}") from error


def explain(error: grpc.RpcError) -> int:
    """Says why there is no plan, and returns the exit code."""
    lines = faults(error) or [f"{error.code().name}: {one_line(error.details())}"]
    print(*lines, sep="\n", file=sys.stderr)
    return (
        UNREACHABLE
        if error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
        else REFUSED
    )


def faults(error: grpc.RpcError) -> list[str]:
    """The faults of a refused request, which gRPC carries in the status details."""
    try:
        status = rpc_status.from_call(error)
        violations = []
        for detail in status.details if status else ():
            bad_request = error_details_pb2.BadRequest()
            if detail.Unpack(bad_request):
                violations.extend(bad_request.field_violations)
    except (ValueError, message.DecodeError):  # spoiled on the way; the message is still there
        return []
    return [f"{v.field}: {v.description}" if v.field else v.description for v in violations]


def table(request: planner.PlanRequest, response: planner.PlanResponse) -> str:
    schedule = response.schedule
    proven = response.optimality == planner.OPTIMALITY_PROVEN
    bound = "proven optimal" if proven else f"at most {response.served_user_upper_bound} possible"
    lines = [
        f"{response.served_user_count} of {len(request.user_snapshot.users)} users served "
        f"({bound}), complete after {milliseconds(schedule.completion)} ms",
        "batch    start ms   upload ms     load ms  compute ms  model",
    ]
    for number, batch in enumerate(schedule.batches, 1):
        times = (batch.start, batch.upload, batch.load, batch.compute)
        lines.append(
            f"{number:5}" + "".join(f"{milliseconds(t):>12}" for t in times) + f"  {batch.model_id}"
        )
        grants = (
            f"{grant.user_id} {100 * grant.bandwidth_fraction:.1f}%" for grant in batch.grants
        )
        lines.append("         users " + ", ".join(grants))
        lines.append("         loads " + (", ".join(map(str, batch.load_block_ids)) or "nothing"))
    return "\n".join(lines)


def milliseconds(duration: duration_pb2.Duration) -> str:
    return f"{duration.ToNanoseconds() / 1e6:.2f}"


def one_line(text: object) -> str:
    return " ".join(str(text).split())


if __name__ == "__main__":
    sys.exit(main())
