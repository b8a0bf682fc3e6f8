// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.paper.ExhaustiveSearch;
import io.partialloading.planner.paper.IndependentLoading;
import io.partialloading.planner.paper.MaximumOverlap;
import io.partialloading.planner.paper.PartialLoadingGen;
import io.partialloading.planner.paper.PartialLoadingSpec;
import io.partialloading.planner.solve.AdaptivePlanner;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import java.util.List;

/** Plans. Whoever embeds the planner calls this, and so does the service. */
public final class Planner {
  private Planner() {}

  /**
   * A plan for an instance. The same instance and options give the same plan unless time is up
   * before it is done.
   *
   * @param stop when to stop
   * @throws java.util.concurrent.CancellationException if {@code stop} says that nobody waits any
   *     more
   * @throws io.partialloading.planner.solve.NotApplicableException if the algorithm cannot plan
   *     this instance
   */
  public static Plan plan(Instance instance, PlanningOptions options, StopSignal stop) {
    Solution solution = solver(options).solve(instance, stop);
    Machine machine = new Machine(instance);
    machine.run(solution.batches());
    return new Plan(solution, Schedule.of(machine, stop), UnservedUsers.explain(machine, stop));
  }

  /** The solver that options ask for. */
  public static Solver solver(PlanningOptions options) {
    long slot = options.slot();
    return switch (options.algorithm()) {
      // Where it has to search it starts from Gen's plan, and so is never worse.
      case ADAPTIVE ->
          new AdaptivePlanner(
              List.of(
                  new PartialLoadingGen(slot),
                  new PartialLoadingGen((slot + 9) / 10),
                  new MaximumOverlap()),
              options.searchEffort());
      case PARTIAL_LOADING_SPEC -> new PartialLoadingSpec(slot);
      case PARTIAL_LOADING_GEN -> new PartialLoadingGen(slot);
      case INDEPENDENT_LOADING -> new IndependentLoading(slot);
      case EXHAUSTIVE_SEARCH -> new ExhaustiveSearch();
      case MAXIMUM_OVERLAP -> new MaximumOverlap();
    };
  }
}
