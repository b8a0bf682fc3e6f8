// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of time from 0, marked at round numbers of one unit.
 *
 * @param unit the largest of which the axis has ten
 * @param step the duration between two marks, in nanoseconds
 * @param ticks the marks in increasing order, the first of them 0
 */
record TimeAxis(Unit unit, double step, List<Tick> ticks) {
  private static final int[] STEPS = {1, 2, 5};

  /**
   * A mark.
   *
   * @param nanoseconds where it is
   * @param label the number of units there
   */
  record Tick(double nanoseconds, String label) {}

  TimeAxis {
    ticks = List.copyOf(ticks);
  }

  /**
   * Marks an axis.
   *
   * @param nanoseconds its length, finite; lengths below 1 ns count as 1 ns
   * @param intervals between how many marks at most, at least 1
   */
  static TimeAxis upTo(double nanoseconds, int intervals) {
    double length = Math.max(nanoseconds, 1);
    Unit unit = Unit.ofAxis(length);
    double units = length / unit.nanoseconds();
    BigDecimal step = step(units / intervals);
    List<Tick> ticks = new ArrayList<>();
    // A mark that rounding moves past the end still belongs to it.
    long last = (long) Math.floor(units / step.doubleValue() + 1e-9);
    for (long i = 0; i <= last; i++) {
      BigDecimal number = step.multiply(BigDecimal.valueOf(i));
      ticks.add(new Tick(number.doubleValue() * unit.nanoseconds(), number.toPlainString()));
    }
    return new TimeAxis(unit, step.doubleValue() * unit.nanoseconds(), ticks);
  }

  /** The least 1, 2 or 5 times a power of ten that is no less than this. */
  private static BigDecimal step(double atLeast) {
    int power = (int) Math.floor(Math.log10(atLeast));
    for (; ; power++) {
      for (int digit : STEPS) {
        BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        if (step.doubleValue() >= atLeast) {
          return step.setScale(Math.max(0, step.scale()));
        }
      }
    }
  }
}
