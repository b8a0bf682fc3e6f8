// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

/**
 * How to plan.
 *
 * @param algorithm the algorithm
 * @param slot time slot of the slotted algorithms in ns, at least 1; the adaptive planner starts
 *     its searches from plans in such slots
 * @param searchEffort effort of the adaptive planner's searches, 1 for the default; above 0
 */
public record PlanningOptions(Algorithm algorithm, long slot, double searchEffort) {
  private static final long DEFAULT_SLOT = 10_000_000;

  /** The adaptive planner with its default effort. */
  public static final PlanningOptions DEFAULT =
      new PlanningOptions(Algorithm.ADAPTIVE, DEFAULT_SLOT, 1);
}
