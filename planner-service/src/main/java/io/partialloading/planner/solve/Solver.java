// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;

/** Finds a plan. */
@FunctionalInterface
public interface Solver {
  /**
   * A plan for the instance. The same instance gives the same plan unless time is up before the
   * solver is done.
   *
   * @throws java.util.concurrent.CancellationException if {@code stop} says that nobody waits any
   *     more
   * @throws NotApplicableException if this solver cannot plan this instance
   */
  Solution solve(Instance instance, StopSignal stop);
}
