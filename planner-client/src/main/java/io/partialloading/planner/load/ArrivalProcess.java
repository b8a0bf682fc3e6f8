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
    return switch (this) {
      case UNIFORM -> new Uniform(gap);
      case POISSON -> new Poisson(gap, new SplittableRandom(seed));
    };
  }

  private static final class Uniform implements LongSupplier {
    private final double gap;
    private long count;

    Uniform(double gap) {
      this.gap = gap;
    }

    @Override
    public long getAsLong() {
      return (long) (count++ * gap);
    }
  }

  private static final class Poisson implements LongSupplier {
    private final double meanGap;
    private final SplittableRandom random;
    private double time;

    Poisson(double meanGap, SplittableRandom random) {
      this.meanGap = meanGap;
      this.random = random;
    }

    @Override
    public long getAsLong() {
      time -= Math.log(1 - random.nextDouble()) * meanGap;
      return (long) time;
    }
  }
}
