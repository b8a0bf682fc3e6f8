// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.plan.Plan;
import io.partialloading.planner.plan.Planner;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.ResponseWriter;
import io.partialloading.planner.wire.Scaling;

/** From a request as read to its answer: solves, builds, writes. */
final class Planning {
  private static final double LESS_TIME = 1 / 1.1;
  private static final Scaling MORE_BANDWIDTH = new Scaling(LESS_TIME, 1, 1, 1);
  private static final Scaling FASTER_TRANSFER = new Scaling(1, LESS_TIME, 1, 1);
  private static final Scaling FASTER_COMPUTE = new Scaling(1, 1, LESS_TIME, 1);
  private static final Scaling LONGER_BUDGET = new Scaling(1, 1, 1, 1.1);

  private final ReadRequest request;
  private final StopSignal stop;

  private Planning(ReadRequest request, StopSignal stop) {
    this.request = request;
    this.stop = stop;
  }

  /**
   * The plan for a request.
   *
   * @param stop when to stop; or earlier, after the planning time limit in the request
   * @param memory what the tables are asked of
   * @throws RefusedException if there is no memory for the tables
   */
  static PlanResponse plan(ReadRequest request, StopSignal stop, PlanningMemory memory) {
    return new Planning(request, stop).plan(memory);
  }

  private PlanResponse plan(PlanningMemory memory) {
    long start = System.nanoTime();
    Plan plan = Planner.plan(request.instance(), request.options(), limits(memory));
    long planningTime = System.nanoTime() - start;
    PlanResponse response = ResponseWriter.write(request, plan, planningTime);
    return request.sensitivity()
        ? response.toBuilder().setSensitivity(sensitivity(response.getServedUserCount())).build()
        : response;
  }

  private Sensitivity sensitivity(int served) {
    return Sensitivity.newBuilder()
        .setServedWithMoreBandwidth(servedWith(MORE_BANDWIDTH, served))
        .setServedWithLongerBudget(servedWith(LONGER_BUDGET, served))
        .setServedWithFasterTransfer(servedWith(FASTER_TRANSFER, served))
        .setServedWithFasterCompute(servedWith(FASTER_COMPUTE, served))
        .build();
  }

  /**
   * The users served where the plan for {@code served} users, which stays feasible, may be kept. It
   * uses the memory reserved for the plan itself.
   */
  private int servedWith(Scaling more, int served) {
    stop.throwIfCancelled();
    Solver solver = Planner.solver(request.options());
    Solution solution = solver.solve(request.instance(more), limits(PlanningMemory.UNBOUNDED));
    return Math.max(served, solution.servedUserCount());
  }

  private PlanningLimits limits(PlanningMemory tables) {
    return new PlanningLimits(stop, tables, System.nanoTime(), request.planningTimeLimit());
  }
}
