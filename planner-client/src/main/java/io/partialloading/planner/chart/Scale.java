// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * How values of an axis are laid out between two ends, and the ticks that help to read them.
 *
 * @param logarithmic whether equal steps are equal ratios; both ends are above 0 then
 * @param low the value at one end
 * @param high the value at the other end, above low
 * @param ticks values to be labelled, ascending, within the ends
 * @param minorTicks values between them that get a mark alone
 */
record Scale(
    boolean logarithmic, double low, double high, List<Double> ticks, List<Double> minorTicks) {
  private static final double[] NICE_STEPS = {1, 2, 2.5, 5, 10};
  private static final int[] NICE_DIGITS = {1, 2, 5};

  /** An axis starts at 0 if that leaves less than this share of it empty. */
  private static final double MOST_EMPTY = 0.33;

  /** A value is by this factor away from the ends of a logarithmic axis, so that it is seen. */
  private static final double MARGIN = 1.1;

  /** For values from a least to a greatest, with at most so many steps between ticks. */
  static Scale covering(boolean logarithmic, double least, double greatest, int mostSteps) {
    return logarithmic
        ? logarithmic(least, greatest, mostSteps)
        : linear(least, greatest, mostSteps);
  }

  /** From a first value to a last one, with ticks at these. */
  static Scale between(boolean logarithmic, double first, double last, List<Double> ticks) {
    if (first < last) {
      return new Scale(logarithmic, first, last, ticks, List.of());
    }
    return logarithmic
        ? new Scale(true, first / 2, last * 2, ticks, List.of())
        : new Scale(false, first - 1, last + 1, ticks, List.of());
  }

  /**
   * Linear, with a tick at both ends; from 0 unless that would leave much of the axis empty.
   *
   * @param least the least value
   * @param greatest the greatest value, at least the least
   * @param mostSteps most steps between ticks, at least 3
   */
  static Scale linear(double least, double greatest, int mostSteps) {
    double from = least >= 0 && least <= MOST_EMPTY * greatest ? 0 : least;
    double range = greatest > from ? greatest - from : Math.max(1, Math.abs(greatest));
    double step = niceStep(range / mostSteps);
    // Where both lie just beside a tick, the range needs more steps than it is long.
    while (Math.ceil(greatest / step) - Math.floor(from / step) > mostSteps) {
      step = niceStep(step * 1.01);
    }
    long first = (long) Math.floor(from / step);
    long last = Math.max(first + 1, (long) Math.ceil(greatest / step));
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(clean(i, step));
    }
    return new Scale(false, ticks.get(0), ticks.get(ticks.size() - 1), ticks, List.of());
  }

  /**
   * Logarithmic between 1, 2 or 5 times powers of ten, with ticks at the powers, or at all of those
   * where there are few powers.
   *
   * @param least the least value, above 0
   * @param greatest the greatest value, at least the least
   * @param mostSteps most steps between labelled powers, at least 3
   */
  static Scale logarithmic(double least, double greatest, int mostSteps) {
    if (!(least > 0)) {
      throw new IllegalArgumentException("a logarithmic axis has no " + least);
    }
    double low = niceBelow(least / MARGIN);
    double high = niceAbove(greatest * MARGIN);
    List<Double> nice = between(low, high, NICE_DIGITS);
    List<Double> powers = between(low, high, 1);
    if (powers.size() < 3) {
      return new Scale(true, low, high, nice, List.of());
    }
    // So many powers that not all of them can be labelled.
    int step = (powers.size() + mostSteps) / (mostSteps + 1);
    List<Double> ticks = new ArrayList<>();
    List<Double> minorTicks = new ArrayList<>();
    for (int i = 0; i < powers.size(); i++) {
      (i % step == 0 ? ticks : minorTicks).add(powers.get(i));
    }
    if (step == 1) {
      minorTicks.addAll(between(low, high, 2, 3, 4, 5, 6, 7, 8, 9));
    }
    return new Scale(true, low, high, ticks, minorTicks);
  }

  /** These digits times all powers of ten, from one end to the other. */
  private static List<Double> between(double low, double high, int... digits) {
    List<Double> values = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high));
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
      for (int digit : digits) {
        double value = power(digit, exponent);
        if (value >= low && value <= high) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static double niceBelow(double value) {
    List<Double> nice = between(value / 10, value, NICE_DIGITS);
    return nice.get(nice.size() - 1);
  }

  private static double niceAbove(double value) {
    return between(value, value * 10, NICE_DIGITS).get(0);
  }

  /** Where a value lies between the ends, 0 at low and 1 at high. */
  double position(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  private static double niceStep(double atLeast) {
    int exponent = (int) Math.floor(Math.log10(atLeast));
    for (double step : NICE_STEPS) {
      double nice = step * Math.pow(10, exponent);
      if (nice >= atLeast * (1 - 1e-9)) {
        return nice;
      }
    }
    return Math.pow(10, exponent + 1);
  }

  private static double clean(long factor, double step) {
    return BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(factor)).doubleValue();
  }

  private static double power(int digit, int exponent) {
    return new BigDecimal(digit).scaleByPowerOfTen(exponent).doubleValue();
  }
}
