// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.curve.FullBatches;
import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.ServableUsers;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.solve.StartingPoint;

/**
 * An algorithm that visits each model at most once and splits its users into batches as (17) prints
 * it, full but for the last, even where another split takes less time. Of how good its plans are it
 * knows only how many users some plan can serve at all ({@link ServableUsers}).
 */
interface PaperAlgorithm extends Solver, StartingPoint {
  @Override
  default Solution solve(Instance instance, StopSignal stop) {
    Problem problem = printed(instance, stop);
    return new Solution(
        problem.batches(visits(problem, stop)),
        ServableUsers.count(problem.machine(), stop),
        problem.sharing().structure(),
        false);
  }

  /** The problem with users split as printed. */
  static Problem printed(Instance instance, StopSignal stop) {
    return Problem.of(
        instance, costs -> FullBatches.curve(costs, true, instance.budget(), stop), stop);
  }
}
