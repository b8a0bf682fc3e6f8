import type { Duration } from "@bufbuild/protobuf/wkt";
import {
  Optimality,
  type PlanRequest,
  type PlanResponse,
} from "./gen/partialloading/planner/v1/planner_service_pb.js";

/** A plan as people read it. */
export function table(request: PlanRequest, response: PlanResponse): string {
  const { servedUserCount, servedUserUpperBound, optimality, schedule } = response;
  const users = request.userSnapshot?.users.length ?? 0;
  const bound =
    optimality === Optimality.PROVEN
      ? "proven optimal"
      : `at most ${servedUserUpperBound} possible`;
  const lines = [
    `${servedUserCount} of ${users} users served (${bound}), ` +
      `complete after ${milliseconds(schedule?.completion)} ms`,
    "batch    start ms   upload ms     load ms  compute ms  model",
  ];
  for (const [index, batch] of (schedule?.batches ?? []).entries()) {
    const times = [batch.start, batch.upload, batch.load, batch.compute]
      .map((time) => milliseconds(time).padStart(12))
      .join("");
    const grants = batch.grants.map(
      (grant) => `${grant.userId} ${(100 * grant.bandwidthFraction).toFixed(1)}%`,
    );
    lines.push(
      `${index + 1}`.padStart(5) + `${times}  ${batch.modelId}`,
      `         users ${grants.join(", ")}`,
      `         loads ${batch.loadBlockIds.join(", ") || "nothing"}`,
    );
  }
  return lines.join("\n");
}

function milliseconds(duration?: Duration): string {
  return (Number(duration?.seconds ?? 0n) * 1e3 + (duration?.nanos ?? 0) / 1e6).toFixed(2);
}
