import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "./client.js";
import { BadRequestSchema, ErrorInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "./gen/google/rpc/status_pb.js";

function refusal(...statusDetails: Uint8Array[]): ServiceError {
  const metadata = new Metadata();
  statusDetails.forEach((bytes) => metadata.add("grpc-status-details-bin", Buffer.from(bytes)));
  const code = status.INVALID_ARGUMENT;
  return Object.assign(new Error("wrong request"), { code, details: "wrong request", metadata });
}

test("faults are those of the BadRequest", () => {
  const badRequest = create(BadRequestSchema, {
    fieldViolations: [
      { field: "latency_budget", description: "is missing" },
      { description: "3 more" },
    ],
  });
  const errorInfo = create(ErrorInfoSchema, { reason: "no fault" });
  const details = [anyPack(ErrorInfoSchema, errorInfo), anyPack(BadRequestSchema, badRequest)];
  const bytes = toBinary(StatusSchema, create(StatusSchema, { details }));
  assert.deepEqual(faults(refusal(bytes)), ["latency_budget: is missing", "3 more"]);
});

test("a refusal without details, or with spoiled ones, has no faults", () => {
  assert.deepEqual(faults(refusal()), []);
  assert.deepEqual(faults(refusal(Uint8Array.of(0xff))), []);
});
