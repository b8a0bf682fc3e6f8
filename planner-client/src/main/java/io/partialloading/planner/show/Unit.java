// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import com.google.protobuf.Duration;
import io.partialloading.planner.chart.Lettering;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A unit of time, and how amounts of time and bytes are written: with two decimals in columns of
 * text, with at most two in drawings, with three significant digits in reports.
 */
public enum Unit {
  NANOSECOND("ns", 1),
  MICROSECOND("µs", 1e3),
  MILLISECOND("ms", 1e6),
  SECOND("s", 1e9),
  MINUTE("min", 60e9),
  HOUR("h", 3_600e9),
  DAY("d", 86_400e9);

  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};
  private static final double MEGABYTE = 1e6;

  private final String symbol;
  private final double nanoseconds;

  Unit(String symbol, double nanoseconds) {
    this.symbol = symbol;
    this.nanoseconds = nanoseconds;
  }

  String symbol() {
    return symbol;
  }

  /** The symbol for a terminal, all of whose text is ASCII. */
  String asciiSymbol() {
    return symbol.replace('µ', 'u');
  }

  /** How many nanoseconds it has. */
  public double nanoseconds() {
    return nanoseconds;
  }

  /** The unit of a symbol in ASCII. */
  public static Unit of(String asciiSymbol) {
    return Stream.of(values())
        .filter(unit -> unit.asciiSymbol().equals(asciiSymbol))
        .findFirst()
        .orElseThrow();
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

  /** One unit for all times of an axis up to this one: the largest of which it has ten. */
  static Unit ofAxis(double longest) {
    return within(longest / 10);
  }

  /** One unit for all times of a column of text up to this one: seconds at most. */
  static Unit ofColumn(double longest) {
    return ofText(longest / 10);
  }

  private static Unit ofText(double nanoseconds) {
    Unit unit = within(nanoseconds);
    return unit.compareTo(SECOND) > 0 ? SECOND : unit;
  }

  /** How many of this unit, with at most two decimals. */
  String number(double ofNanoseconds) {
    return shortNumber(ofNanoseconds / nanoseconds);
  }

  /** How many of this unit, with two decimals; whole nanoseconds. */
  String column(double ofNanoseconds) {
    return decimals(ofNanoseconds, this == NANOSECOND ? 0 : 2);
  }

  /** How many of this unit, with so many decimals. */
  public String decimals(double ofNanoseconds, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", ofNanoseconds / nanoseconds);
  }

  /** A time in the unit that suits it, such as {@code 17.89 ms}. */
  static String time(double nanoseconds) {
    Unit unit = within(nanoseconds);
    return unit.number(nanoseconds) + " " + unit.symbol;
  }

  /** A time in text in the unit that suits it, such as {@code 17.80 ms}. */
  static String text(double nanoseconds) {
    Unit unit = ofText(nanoseconds);
    return unit.column(nanoseconds) + " " + unit.asciiSymbol();
  }

  /** A time in the unit that suits it, to three significant digits, such as {@code 85.2 µs}. */
  public static String rounded(double microseconds) {
    double rounded = toThreeDigits(microseconds);
    Unit unit = rounded < 1e3 ? MICROSECOND : rounded < 1e6 ? MILLISECOND : SECOND;
    return threeDigits(rounded / (unit.nanoseconds / MICROSECOND.nanoseconds)) + " " + unit.symbol;
  }

  /** A finite number to three significant digits, such as {@code 7.31} or {@code 24,700}. */
  public static String threeDigits(double number) {
    return Lettering.number(toThreeDigits(number));
  }

  private static double toThreeDigits(double number) {
    return BigDecimal.valueOf(number).round(new MathContext(3)).doubleValue();
  }

  /** A time left, roughly, such as {@code 12 min}. */
  public static String about(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200
        ? (seconds + 30) / 60 + " min"
        : HOUR.decimals(seconds * SECOND.nanoseconds, 1) + " h";
  }

  /** A long time in its two largest units, such as {@code 2 h 5 min}. */
  public static String inTwoUnits(java.time.Duration duration) {
    if (duration.toHours() > 0) {
      return Lettering.number((double) duration.toHours())
          + " h "
          + duration.toMinutesPart()
          + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }

  /** A number of bytes, unsigned, such as {@code 2.05 GB}; whole where there are below 1000. */
  static String bytes(long bytes) {
    double amount = unsigned(bytes);
    return prefixed(amount, amount < 1000 ? 0 : 2, "B");
  }

  /** A number of bytes in MB of 10^6 bytes, with two decimals and without the unit. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / MEGABYTE);
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

  /** Any duration, even the 10,000 years that 64-bit nanoseconds do not hold. */
  static double nanoseconds(Duration duration) {
    return duration.getSeconds() * 1e9 + duration.getNanos();
  }
}
