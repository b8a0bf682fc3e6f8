package io.partialloading.planner.service;

import io.grpc.StatusRuntimeException;
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
import io.partialloading.planner.solve.StopSignal;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.Quoted;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import io.partialloading.planner.wire.ResponseWriter;
import java.lang.System.Logger.Level;
import java.util.List;

/** Answers a request with a plan: reads, solves, builds, writes. Stateless and thread-safe. */
public final class RequestPlanner {
  private static final System.Logger LOGGER = System.getLogger(RequestPlanner.class.getName());

  private final RequestReader reader;

  /** A planner of requests within limits. */
  public RequestPlanner(Limits limits) {
    this.reader = new RequestReader(limits);
  }

  /**
   * The plan for a request.
   *
   * @param stop when to stop; a planning time limit in the request is added to it
   * @throws StatusRuntimeException if there is no plan, with the status that the contract names
   *     and, for INVALID_ARGUMENT, a {@code google.rpc.BadRequest}
   */
  public PlanResponse plan(PlanRequest request, StopSignal stop) {
    ReadRequest read = null;
    try {
      stop.throwIfCancelled();
      read = reader.read(request);
      stop.throwIfCancelled();
      return plan(read, stop);
    } catch (RuntimeException | StackOverflowError failure) {
      StatusRuntimeException status = FailureStatus.of(failure, read);
      if (status.getStatus().getCode() == io.grpc.Status.Code.INTERNAL) {
        LOGGER.log(Level.ERROR, "planning failed for " + Quoted.of(request.getLabel()), failure);
      }
      throw status;
    }
  }

  private static PlanResponse plan(ReadRequest request, StopSignal stop) {
    long start = System.nanoTime();
    StopSignal limited =
        request.planningTimeLimit() == ReadRequest.NO_TIME_LIMIT
            ? stop
            : new TimeLimit(stop, start, request.planningTimeLimit());
    Solution solution = solver(request).solve(request.instance(), limited);
    Schedule schedule = ScheduleBuilder.build(request.instance(), solution.visits());
    long planningTime = System.nanoTime() - start;
    List<UnservedUser> unserved =
        UnservedUsers.explain(request.instance(), solution.visits(), schedule);
    return ResponseWriter.write(request, solution, schedule, unserved, planningTime);
  }

  private static Solver solver(ReadRequest request) {
    return switch (request.algorithm()) {
      // Where it has to search it starts from Gen's plan, and so is never worse.
      case ALGORITHM_ADAPTIVE ->
          new AdaptivePlanner(List.of(new PartialLoadingGen(request.slot()), new MaximumOverlap()));
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
