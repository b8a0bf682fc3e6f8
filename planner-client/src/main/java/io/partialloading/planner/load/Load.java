// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import java.time.Duration;

/**
 * How much is asked, and for how long.
 *
 * @param arrivals how the times between calls are spread
 * @param ratePerSecond calls a second, above 0 and at most {@value #MAX_RATE}
 * @param warmUp how long calls are made before they count, at least 0
 * @param duration how long calls are made that count, above 0 and at most 1 h
 * @param maxUnderWay how many calls may wait for their answers at once, at least 1; calls beyond
 *     are not made, and count as failed. It keeps a server that has stopped from using up the
 *     client's memory.
 * @param seed decides the times of arrivals that are drawn
 */
public record Load(
    ArrivalProcess arrivals,
    double ratePerSecond,
    Duration warmUp,
    Duration duration,
    int maxUnderWay,
    long seed) {
  /** The highest rate; beyond, the time between calls is less than a clock can tell. */
  public static final double MAX_RATE = 1e6;

  private static final Duration LONGEST = Duration.ofHours(1);

  public Load {
    require(
        ratePerSecond > 0 && ratePerSecond <= MAX_RATE,
        "the rate must be above 0 and at most 1000000 calls a second",
        ratePerSecond);
    require(!warmUp.isNegative(), "the warm-up must not be negative", warmUp);
    require(
        !duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0,
        "the duration must be above 0 and at most 1 h",
        duration);
    require(maxUnderWay >= 1, "at least one call must be allowed under way", maxUnderWay);
  }

  /** The same at another rate. */
  public Load at(double otherRatePerSecond) {
    return new Load(arrivals, otherRatePerSecond, warmUp, duration, maxUnderWay, seed);
  }

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }
}
