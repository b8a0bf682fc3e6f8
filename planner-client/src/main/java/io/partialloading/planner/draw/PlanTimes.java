// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;

/**
 * The times that frame a plan, in nanoseconds. An answer may state anything; none is below 0 here.
 *
 * @param budget by when all must be complete
 * @param completion when all is
 * @param horizon the last of those and of all batches' ends, at least 1
 */
public record PlanTimes(double budget, double completion, double horizon) {
  /** The times of an answer, whatever it states. */
  public static PlanTimes of(PlanRequest request, PlanResponse response) {
    double budget = Unit.nanoseconds(request.getLatencyBudget());
    double completion = Unit.nanoseconds(response.getSchedule().getCompletion());
    double horizon = Math.max(1, Math.max(budget, completion));
    for (Batch batch : response.getSchedule().getBatchesList()) {
      horizon = Math.max(horizon, BatchTimes.of(batch).computed());
    }
    return new PlanTimes(budget, completion, horizon);
  }

  /** The duration between completion and budget; below 0 if the plan is too long. */
  public double spare() {
    return budget - completion;
  }
}
