import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { type ChannelCredentials, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { faults, PlannerClient } from "./client.js";
import {
  type PlanRequest,
  PlanRequestSchema,
  PlanResponseSchema,
} from "./gen/partialloading/planner/v1/planner_service_pb.js";
import { table } from "./table.js";

const enum ExitCode {
  Planned,
  Refused,
  Usage,
  Unreachable,
}

const HELP = `usage: plan [OPTIONS] FILE
Asks a planner for a plan. FILE is a PlanRequest in proto3 JSON; - is standard input.

  --target HOST:PORT      the server; default: localhost:50051
  --deadline DURATION     how long the answer may take, such as 500ms; default: 5s
  --output table|json     default: table
  --tls-ca FILE           use TLS; the server's certificate is checked against this CA
  --tls-certificate FILE  certificate chain to present, for mutual TLS
  --tls-key FILE          its private key
  --tls-authority NAME    server name to expect instead of the target's

Exit codes: 0 planned; 1 refused; 2 wrong usage or unreadable file; 3 server unreachable or
deadline passed.`;

/** Wrong usage, or a file that cannot be used. */
class UsageError extends Error {}

type Options = NonNullable<ReturnType<typeof parse>>;

/** The options, or nothing if help is asked for. */
function parse(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      target: { type: "string", default: "localhost:50051" },
      deadline: { type: "string", default: "5s" },
      output: { type: "string", default: "table" },
      "tls-ca": { type: "string" },
      "tls-certificate": { type: "string" },
      "tls-key": { type: "string" },
      "tls-authority": { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [file, ...others] = positionals;
  const { "tls-ca": ca, "tls-certificate": certificate, "tls-key": key } = values;
  if (values.help) {
    return undefined;
  }
  if (file === undefined || others.length > 0) {
    throw new UsageError(`one FILE is needed, not ${positionals.length}`);
  }
  if (values.output !== "table" && values.output !== "json") {
    throw new UsageError(`--output '${values.output}' is neither table nor json`);
  }
  if ((certificate === undefined) !== (key === undefined)) {
    throw new UsageError("--tls-certificate and --tls-key go together");
  }
  if (ca === undefined && (certificate !== undefined || values["tls-authority"] !== undefined)) {
    throw new UsageError("--tls-certificate, --tls-key and --tls-authority need --tls-ca");
  }
  return { ...values, file, milliseconds: milliseconds(values.deadline) };
}

function milliseconds(duration: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(duration) ?? [];
  const value = Number(amount) * (unit === "s" ? 1000 : 1);
  if (!(value > 0)) {
    throw new UsageError(`--deadline '${duration}' is not above 0, such as 500ms or 1.5s`);
  }
  return value;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await (file === "-" ? buffer(process.stdin) : readFile(file));
  } catch (error) {
    throw new UsageError(`${file}: cannot be read: ${(error as Error).message}`);
  }
}

async function readRequest(file: string): Promise<PlanRequest> {
  const bytes = await read(file);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return fromJsonString(PlanRequestSchema, text);
  } catch (error) {
    throw new UsageError(`${file}: not a PlanRequest in proto3 JSON: ${(error as Error).message}`);
  }
}

async function channelCredentials(options: Options): Promise<ChannelCredentials> {
  const files = [options["tls-ca"], options["tls-key"], options["tls-certificate"]] as const;
  const [ca, key, certificate] = await Promise.all(
    files.map((file) => (file === undefined ? null : read(file))),
  );
  if (!ca) {
    return credentials.createInsecure();
  }
  try {
    new X509Certificate(ca); // gRPC takes any text, and then calls the server unreachable
    return credentials.createSsl(ca, key, certificate);
  } catch (error) {
    const names = files.filter((file) => file !== undefined).join(", ");
    throw new UsageError(`${names}: not usable for TLS: ${(error as Error).message}`);
  }
}

async function plan(options: Options): Promise<string> {
  const request = await readRequest(options.file);
  const client = new PlannerClient(
    options.target,
    await channelCredentials(options),
    options["tls-authority"],
  );
  try {
    const response = await client.plan(request, new Date(Date.now() + options.milliseconds));
    return options.output === "json"
      ? toJsonString(PlanResponseSchema, response)
      : table(request, response);
  } finally {
    client.close();
  }
}

/** Says on standard error why there is no plan. */
function explain(error: unknown): ExitCode {
  if (isServiceError(error)) {
    const lines = faults(error);
    console.error(lines.length > 0 ? lines.join("\n") : oneLine(error.message));
    return error.code === status.UNAVAILABLE || error.code === status.DEADLINE_EXCEEDED
      ? ExitCode.Unreachable
      : ExitCode.Refused;
  }
  console.error(oneLine((error as Error).message));
  return ExitCode.Usage;
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "metadata" in error;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}

try {
  const options = parse(process.argv.slice(2));
  console.log(options ? await plan(options) : HELP);
} catch (error) {
  process.exitCode = explain(error);
}
