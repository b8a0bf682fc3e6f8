// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import com.google.protobuf.Duration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** A unit of time. */
enum Unit {
  NANOSECOND("ns", 1),
  MICROSECOND("µs", 1e3),
  MILLISECOND("ms", 1e6),
  SECOND("s", 1e9),
  MINUTE("min", 60e9),
  HOUR("h", 3_600e9),
  DAY("d", 86_400e9);

  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

  private final String symbol;
  private final double nanoseconds;

  Unit(String symbol, double nanoseconds) {
    this.symbol = symbol;
    this.nanoseconds = nanoseconds;
  }

  String symbol() {
    return symbol;
  }

  double nanoseconds() {
    return nanoseconds;
  }

  /** The largest unit that is no longer than this; nanoseconds for less than one. */
  static Unit within(double nanoseconds) {
    Unit largest = NANOSECOND;
    for (Unit unit : values()) {
      if (unit.nanoseconds <= nanoseconds) {
        largest = unit;
      }
    }
    return largest;
  }

  /** How many of this unit, with at most two decimals. */
  String number(double ofNanoseconds) {
    return shortNumber(ofNanoseconds / nanoseconds);
  }

  /** A time in the unit that suits it, such as {@code 17.89 ms}. */
  static String time(double nanoseconds) {
    Unit unit = within(nanoseconds);
    return unit.number(nanoseconds) + " " + unit.symbol;
  }

  /** A number of bytes, unsigned, such as {@code 2.05 GB}; whole where there are below 1000. */
  static String bytes(long bytes) {
    double amount = unsigned(bytes);
    return prefixed(amount, amount < 1000 ? 0 : 2, "B");
  }

  static double unsigned(long number) {
    return number >= 0 ? number : number + 0x1p64;
  }

  /** An amount with the largest prefix that leaves at least one of it. */
  static String prefixed(double amount, int decimals, String symbol) {
    double rest = amount;
    int prefix = 0;
    while (rest >= 1000 && prefix < PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f %s%s", rest, PREFIXES[prefix], symbol);
  }

  /** A number with at most two decimals; what is not finite as Java writes it. */
  static String shortNumber(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /**
   * Any duration, even the 10,000 years that 64-bit nanoseconds do not hold; 0 for one below 0,
   * which only a faulty answer states.
   */
  static double nanoseconds(Duration duration) {
    return Math.max(0, duration.getSeconds() * 1e9 + duration.getNanos());
  }
}
