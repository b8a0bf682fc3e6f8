// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.util.List;

/**
 * The times of a plan, in nanoseconds. An answer may state anything; none is below 0 here.
 *
 * @param budget by when all must be complete
 * @param completion when all is
 * @param horizon the last of those and of all batches' ends, at least 1
 * @param batches the times of the batches, in their order
 */
record PlanTimes(double budget, double completion, double horizon, List<BatchTimes> batches) {
  PlanTimes {
    batches = List.copyOf(batches);
  }

  /** The times of an answer, whatever it states. */
  static PlanTimes of(PlanRequest request, PlanResponse response) {
    double budget = Math.max(0, Unit.nanoseconds(request.getLatencyBudget()));
    double completion = Math.max(0, Unit.nanoseconds(response.getSchedule().getCompletion()));
    List<BatchTimes> batches =
        response.getSchedule().getBatchesList().stream().map(BatchTimes::of).toList();
    double last = batches.stream().mapToDouble(BatchTimes::end).max().orElse(0);
    double horizon = Math.max(Math.max(1, last), Math.max(budget, completion));
    return new PlanTimes(budget, completion, horizon, batches);
  }

  /** The duration between completion and budget; below 0 if the plan is too long. */
  double spare() {
    return budget - completion;
  }
}
