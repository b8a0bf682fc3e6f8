// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;

/** What a number may be. */
final class Range {
  private static final long SECONDS_OF_A_DAY = 86_400;

  private Range() {}

  /**
   * Checks a number.
   *
   * @param option the flag that states it
   * @throws IllegalArgumentException if it is not in the range, both ends included
   */
  static void require(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s %d is not %d to %d".formatted(option, value, min, max));
    }
  }

  /** Checks a time of at most a day, in seconds. */
  static void requireSeconds(String option, Duration time, long min) {
    require(option, time.toSeconds(), min, SECONDS_OF_A_DAY);
  }
}
