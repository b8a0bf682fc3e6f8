// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** How the times between calls are spread. */
public enum ArrivalProcess {
  /** At random and independent of each other, as many users of their own mind send. */
  POISSON,

  /** All alike, as one controller with a period sends. */
  UNIFORM;

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * When calls are due, in nanoseconds from the beginning, one after another.
   *
   * @param ratePerSecond calls a second on average, above 0
   * @param seed decides what is drawn
   */
  LongSupplier times(double ratePerSecond, long seed) {
    double gap = NANOS_PER_SECOND / ratePerSecond;
    SplittableRandom random = new SplittableRandom(seed);
    return switch (this) {
      case UNIFORM ->
          new LongSupplier() {
            private long count;

            @Override
            public long getAsLong() {
              return (long) (count++ * gap);
            }
          };
      case POISSON ->
          new LongSupplier() {
            private double time;

            @Override
            public long getAsLong() {
              time -= Math.log(1 - random.nextDouble()) * gap;
              return (long) time;
            }
          };
    };
  }
}
