// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.show.Unit;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as the report writes them. */
final class Numbers {
  private static final String MINUS = "\u2212";

  private Numbers() {}

  /** A share of 0 to 1 in percent, without the sign, such as {@code 87.3}. */
  static String percent(double share) {
    return decimal(100 * share);
  }

  /** As {@link #percent}, with half its confidence interval if that is known. */
  static String percent(Sample sample) {
    return sample.hasInterval()
        ? percent(sample.ratio()) + " ± " + percent(sample.halfWidth())
        : percent(sample.ratio());
  }

  /** Percentage points with one decimal and no sign. */
  static String points(double points) {
    return decimal(Math.abs(points));
  }

  /** Percentage points with their sign, such as {@code +4.2}; {@code n/a} if there are none. */
  static String signed(double points) {
    if (!Double.isFinite(points)) {
      return "n/a";
    }
    String digits = points(points);
    if (isZero(points)) {
      return digits;
    }
    return (points < 0 ? MINUS : "+") + digits;
  }

  /** Whether a number of points is 0 in one decimal. */
  static boolean isZero(double points) {
    return Math.abs(points) < 0.05;
  }

  private static String decimal(double number) {
    return format("#,##0.0", number);
  }

  /** A number that the paper gives, with the decimals that it gives. */
  static String given(double number) {
    return format("#,##0.##", number);
  }

  /** A whole number, thousands set apart. */
  static String count(long count) {
    return format("#,##0", (double) count);
  }

  /** A ratio to three significant digits; {@code n/a} if there is none, by a division by 0. */
  static String ratio(double ratio) {
    return Double.isFinite(ratio) ? Unit.threeDigits(ratio) : "n/a";
  }

  private static String format(String pattern, double number) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
  }
}
