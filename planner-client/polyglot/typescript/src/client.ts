import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { type ChannelCredentials, Client, Metadata, type ServiceError } from "@grpc/grpc-js";
import { readFileSync } from "node:fs";
import { BadRequestSchema } from "./gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "./gen/google/rpc/status_pb.js";
import {
  PlannerService,
  type PlanRequest,
  PlanRequestSchema,
  type PlanResponse,
  PlanResponseSchema,
} from "./gen/partialloading/planner/v1/planner_service_pb.js";

const SERVICE_CONFIG = new URL("../../../../proto/service-config.json", import.meta.url);

// A plan for 10,000 users takes about 1 MB; gRPC's own limit is 4 MB.
const MAX_RESPONSE_BYTES = 64 << 20;

/** A planner behind a gRPC channel; its messages are those of Protobuf-ES, which knows proto3 JSON. */
export class PlannerClient extends Client {
  /** @param authority server name to expect instead of the target's */
  constructor(target: string, credentials: ChannelCredentials, authority?: string) {
    super(target, credentials, {
      "grpc.service_config": readFileSync(SERVICE_CONFIG, "utf8"),
      "grpc.max_receive_message_length": MAX_RESPONSE_BYTES,
      ...(authority !== undefined && {
        "grpc.ssl_target_name_override": authority,
        "grpc.default_authority": authority,
      }),
    });
  }

  /** Asks for one plan; rejects with a ServiceError if there is none. */
  plan(request: PlanRequest, deadline: Date): Promise<PlanResponse> {
    return new Promise((resolve, reject) => {
      this.makeUnaryRequest(
        `/${PlannerService.typeName}/${PlannerService.method.plan.name}`,
        (message: PlanRequest) => Buffer.from(toBinary(PlanRequestSchema, message)),
        (bytes) => fromBinary(PlanResponseSchema, bytes),
        request,
        new Metadata(),
        { deadline },
        (error, response) => (error ? reject(error) : resolve(response!)),
      );
    });
  }
}

/** The faults of a refused request, a line each; gRPC carries them in the status details. */
export function faults(error: ServiceError): string[] {
  try {
    return error.metadata
      .get("grpc-status-details-bin")
      .flatMap((bytes) => fromBinary(StatusSchema, bytes as Buffer).details)
      .flatMap((detail) => anyUnpack(detail, BadRequestSchema)?.fieldViolations ?? [])
      .map(({ field, description }) => (field ? `${field}: ${description}` : description));
  } catch {
    return []; // spoiled on the way; the message is still there
  }
}
