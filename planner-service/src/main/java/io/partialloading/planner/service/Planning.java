// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.paper.ExhaustiveSearch;
import io.partialloading.planner.paper.IndependentLoading;
import io.partialloading.planner.paper.MaximumOverlap;
import io.partialloading.planner.paper.PartialLoadingGen;
import io.partialloading.planner.paper.PartialLoadingSpec;
import io.partialloading.planner.schedule.Schedule;
import io.partialloading.planner.schedule.ScheduleBuilder;
import io.partialloading.planner.schedule.UnservedUser;
import io.partialloading.planner.schedule.UnservedUsers;
import io.partialloading.planner.solve.AdaptivePlanner;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.solve.TableBytes;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.ResponseWriter;
import io.partialloading.planner.wire.Scaling;
import java.util.List;

/** From a request as read to its answer: solves, builds, writes. */
final class Planning {
  private static final double LESS_TIME = 1 / 1.1;
  private static final Scaling MORE_BANDWIDTH = new Scaling(LESS_TIME, 1, 1, 1);
  private static final Scaling FASTER_TRANSFER = new Scaling(1, LESS_TIME, 1, 1);
  private static final Scaling FASTER_COMPUTE = new Scaling(1, 1, LESS_TIME, 1);
  private static final Scaling LONGER_BUDGET = new Scaling(1, 1, 1, 1.1);

  private final ReadRequest request;
  private final StopSignal stop;
  private final Solver solver;

  private Planning(ReadRequest request, StopSignal stop) {
    this.request = request;
    this.stop = stop;
    this.solver = solver(request);
  }

  /**
   * The plan for a request.
   *
   * @param stop when to stop; a planning time limit in the request is added to it
   * @param memory what the tables are asked of
   * @throws RefusedException if there is no memory for the tables
   */
  static PlanResponse plan(ReadRequest request, StopSignal stop, PlanningMemory memory) {
    memory.take(TableBytes.of(request.instance()));
    return new Planning(request, stop).plan();
  }

  private PlanResponse plan() {
    long start = System.nanoTime();
    Solution solution = solver.solve(request.instance(), limited(start));
    Schedule schedule = ScheduleBuilder.build(request.instance(), solution.visits());
    long planningTime = System.nanoTime() - start;
    List<UnservedUser> unserved =
        UnservedUsers.explain(request.instance(), solution.visits(), schedule);
    PlanResponse response =
        ResponseWriter.write(request, solution, schedule, unserved, planningTime);
    return request.sensitivity()
        ? response.toBuilder().setSensitivity(sensitivity(solution)).build()
        : response;
  }

  private Sensitivity sensitivity(Solution solution) {
    int served = solution.servedUserCount();
    return Sensitivity.newBuilder()
        .setServedWithMoreBandwidth(servedWith(MORE_BANDWIDTH, served))
        .setServedWithLongerBudget(servedWith(LONGER_BUDGET, served))
        .setServedWithFasterTransfer(servedWith(FASTER_TRANSFER, served))
        .setServedWithFasterCompute(servedWith(FASTER_COMPUTE, served))
        .build();
  }

  /**
   * The users served where the plan for {@code served} users, which stays feasible, may be kept.
   */
  private int servedWith(Scaling more, int served) {
    stop.throwIfCancelled();
    Solution solution = solver.solve(request.instance(more), limited(System.nanoTime()));
    return Math.max(served, solution.servedUserCount());
  }

  private StopSignal limited(long start) {
    return request.planningTimeLimit() == ReadRequest.NO_TIME_LIMIT
        ? stop
        : new TimeLimit(stop, start, request.planningTimeLimit());
  }

  private static Solver solver(ReadRequest request) {
    return switch (request.algorithm()) {
      // Where it has to search it starts from Gen's plan, and so is never worse.
      case ALGORITHM_ADAPTIVE ->
          new AdaptivePlanner(
              List.of(
                  new PartialLoadingGen(request.slot()),
                  new PartialLoadingGen((request.slot() + 9) / 10),
                  new MaximumOverlap()),
              request.searchEffort());
      case ALGORITHM_PARTIAL_LOADING_SPEC -> new PartialLoadingSpec(request.slot());
      case ALGORITHM_PARTIAL_LOADING_GEN -> new PartialLoadingGen(request.slot());
      case ALGORITHM_INDEPENDENT_LOADING -> new IndependentLoading(request.slot());
      case ALGORITHM_EXHAUSTIVE_SEARCH -> new ExhaustiveSearch();
      case ALGORITHM_MAXIMUM_OVERLAP -> new MaximumOverlap();
      case ALGORITHM_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("algorithm " + request.algorithm());
    };
  }
}
