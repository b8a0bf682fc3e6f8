// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.plan.Plan;
import io.partialloading.planner.plan.Planner;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.ResponseWriter;
import io.partialloading.planner.wire.Scaling;

/**
 * From a request as read to its answer: solves, builds, writes.
 *
 * <p>Solving ends in time for the rest. With sensitivity there are five plans to be made, and each
 * gets an equal part of the time that is left for it and those after it.
 */
final class Planning {
  private static final double LESS_TIME = 1 / 1.1;
  private static final Scaling MORE_BANDWIDTH = new Scaling(LESS_TIME, 1, 1, 1);
  private static final Scaling FASTER_TRANSFER = new Scaling(1, LESS_TIME, 1, 1);
  private static final Scaling FASTER_COMPUTE = new Scaling(1, 1, LESS_TIME, 1);
  private static final Scaling LONGER_BUDGET = new Scaling(1, 1, 1, 1.1);

  /** Plans beside the plan itself that the sensitivity takes. */
  private static final int SENSITIVITY_PLANS = 4;

  // What follows solving, in ns: the schedule, the reasons of users left out, the answer and its
  // bytes. For the largest requests it takes about as long, for others about half.
  private static final long FINISHING = 300_000;
  private static final long FINISHING_PER_USER = 1_000;
  private static final long FINISHING_PER_MODEL_BLOCK = 200;

  private final ReadRequest request;
  private final CallTime time;

  /** How many plans are still to be made. */
  private int plansLeft;

  private Planning(ReadRequest request, CallTime time) {
    this.request = request;
    this.time = time;
    this.plansLeft = 1 + (request.sensitivity() ? SENSITIVITY_PLANS : 0);
  }

  /**
   * The plan for a request.
   *
   * @param time when to stop; or earlier, after the planning time limit in the request
   * @param memory what the tables are asked of
   * @throws RefusedException if there is no memory for the tables
   */
  static PlanResponse plan(ReadRequest request, CallTime time, PlanningMemory memory) {
    time.keepBack(request.answerReserve(), finishing(request.instance()));
    return new Planning(request, time).plan(memory);
  }

  /** How long what follows solving takes, in ns. */
  static long finishing(Instance instance) {
    long modelBlocks = 0;
    for (int model = 0; model < instance.modelCount(); model++) {
      modelBlocks += instance.model(model).blocks().length;
    }
    return FINISHING
        + FINISHING_PER_USER * instance.userCount()
        + FINISHING_PER_MODEL_BLOCK * modelBlocks;
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
    time.throwIfCancelled();
    if (time.timeLeft() <= 0) {
      return served; // the least that is known; more would make the answer late
    }
    Solver solver = Planner.solver(request.options());
    Solution solution = solver.solve(request.instance(more), limits(PlanningMemory.UNBOUNDED));
    return Math.max(served, solution.servedUserCount());
  }

  private PlanningLimits limits(PlanningMemory tables) {
    return PlanningLimits.of(time, tables, request.planningTimeLimit(), plansLeft--);
  }
}
