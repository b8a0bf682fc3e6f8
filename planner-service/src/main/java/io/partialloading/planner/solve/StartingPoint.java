// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.StopSignal;
import java.util.List;

/** Finds visits that a search can start from. */
@FunctionalInterface
public interface StartingPoint {
  /** Feasible visits in their order, of each model at most one. */
  List<Visit> visits(Problem problem, StopSignal stop);
}
