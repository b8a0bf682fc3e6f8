#!/usr/bin/env python3
"""Asks a running planner for a plan: a complete client in Python, from the contract alone.

    pip install grpcio grpcio-tools googleapis-common-protos
    mkdir -p target/python
    python -m grpc_tools.protoc -I proto --python_out=target/python --grpc_python_out=target/python \\
        proto/partialloading/planner/v1/*.proto
    PYTHONPATH=target/python python planner-client/examples/plan.py planner-client/examples/lora.json localhost:50051

Prints the PlanResponse as proto3 JSON. Exit status: 0 planned, 1 refused, 2 usage.
"""
import sys

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2, status_pb2
from partialloading.planner.v1 import planner_service_pb2, planner_service_pb2_grpc


def faults(error):
    """The faults of a refused request: (field, description)."""
    status = status_pb2.Status()
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            status.ParseFromString(value)
    for detail in status.details:
        bad_request = error_details_pb2.BadRequest()
        if detail.Unpack(bad_request):
            for violation in bad_request.field_violations:
                yield violation.field, violation.description


def main(arguments):
    if len(arguments) not in (1, 2):
        print("usage: plan.py REQUEST.json [HOST:PORT]", file=sys.stderr)
        return 2
    with open(arguments[0], encoding="utf-8") as file:
        request = json_format.Parse(file.read(), planner_service_pb2.PlanRequest())
    target = arguments[1] if len(arguments) == 2 else "localhost:50051"
    with grpc.insecure_channel(target) as channel:
        planner = planner_service_pb2_grpc.PlannerServiceStub(channel)
        try:
            response = planner.Plan(request, timeout=5)
        except grpc.RpcError as error:
            print(f"{error.code().name}: {error.details()}", file=sys.stderr)
            for field, description in faults(error):
                print(f"{field}: {description}", file=sys.stderr)
            return 1
    print(json_format.MessageToJson(response))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
