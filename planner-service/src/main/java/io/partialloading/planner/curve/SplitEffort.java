// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.StopSignal;

/**
 * The work that may be spent on splitting users into batches, for all models of a request together.
 * It is counted, not timed, so that a request gives the same curves on every machine; only when
 * time is up it ends early. A step takes one or two ns.
 */
final class SplitEffort {
  /** Steps for trying every size of a batch; some 8 ms. */
  private static final double FULL = 4e6;

  /** Steps for what must be worked out at least to have an exact time; as many again. */
  private static final double LEAST = 4e6;

  private static final double STEPS_BETWEEN_POLLS = 1 << 14;

  private final StopSignal stop;
  private double left = FULL;
  private double unpolled;
  private boolean isCutShort;

  SplitEffort(StopSignal stop) {
    this.stop = stop;
  }

  StopSignal stop() {
    return stop;
  }

  /** Takes some steps. */
  void spend(double steps) {
    left -= steps;
    unpolled += steps;
    if (unpolled > STEPS_BETWEEN_POLLS) {
      unpolled = 0;
      stop.throwIfCancelled();
      if (stop.isTimeUp()) {
        isCutShort = true;
        left = -LEAST;
      }
    }
  }

  /** Whether so many steps may be spent on trying every size. */
  boolean allows(double steps) {
    return left >= steps;
  }

  /** Whether not even the least is to be worked out any more. */
  boolean isExhausted() {
    return left <= -LEAST;
  }

  /** Whether it ended because time was up. */
  boolean isCutShort() {
    return isCutShort;
  }
}
