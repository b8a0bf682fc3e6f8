// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Duration;
import java.util.Locale;

/** A unit of time in which to print durations. */
enum TimeScale {
  NANOSECONDS("ns", 1, "%.0f"),
  MICROSECONDS("us", 1e3, "%.2f"),
  MILLISECONDS("ms", 1e6, "%.2f"),
  SECONDS("s", 1e9, "%.2f");

  private final String symbol;
  private final double nanoseconds;
  private final String format;

  TimeScale(String symbol, double nanoseconds, String format) {
    this.symbol = symbol;
    this.nanoseconds = nanoseconds;
    this.format = format;
  }

  String symbol() {
    return symbol;
  }

  /** One unit for all durations up to this one: the largest of which it has ten. */
  static TimeScale upTo(Duration longest) {
    return largest(nanoseconds(longest) / 10);
  }

  private static TimeScale largest(double nanoseconds) {
    TimeScale fitting = NANOSECONDS;
    for (TimeScale scale : values()) {
      if (nanoseconds >= scale.nanoseconds) {
        fitting = scale;
      }
    }
    return fitting;
  }

  /** The number of this unit, without the unit. */
  String number(Duration duration) {
    return number(nanoseconds(duration));
  }

  private String number(double ofNanoseconds) {
    return String.format(Locale.ROOT, format, ofNanoseconds / nanoseconds);
  }

  /** A duration in the unit that suits it, such as {@code 692.26 ms}. */
  static String text(Duration duration) {
    return text(nanoseconds(duration));
  }

  /** A number of nanoseconds in the unit that suits it. */
  static String text(double nanoseconds) {
    TimeScale scale = largest(nanoseconds);
    return scale.number(nanoseconds) + " " + scale.symbol;
  }

  /** Any duration, even the 10,000 years that 64-bit nanoseconds do not hold. */
  private static double nanoseconds(Duration duration) {
    return duration.getSeconds() * 1e9 + duration.getNanos();
  }
}
