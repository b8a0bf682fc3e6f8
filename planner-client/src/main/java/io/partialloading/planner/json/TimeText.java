// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.partialloading.planner.show.Unit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and moments as people write them. */
public final class TimeText {
  private static final Pattern DURATION =
      Pattern.compile(
          "(-?[0-9]{1,400}(?:\\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,9})?) ?(ns|[uµμ]s|ms|s|min)?");

  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigInteger NANOSECONDS = BigInteger.valueOf(1_000_000_000);

  /** The range of a Duration in seconds, some 10,000 years. */
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(315_576_000_000L);

  private TimeText() {}

  /**
   * A duration: a decimal number and a unit (ns, us or µs, ms, s, min), such as {@code 700ms};
   * proto3 JSON's own form has seconds. What is less than a nanosecond is rounded, for programs
   * write {@code 0.30000000000000004s} where they mean three tenths.
   *
   * @throws WrongValueException if it is none, or beyond what a Duration can state
   */
  public static Duration duration(String text) throws WrongValueException {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new WrongValueException("is not a duration such as 700ms, 1.5s or 2min");
    }
    if (matcher.group(2) == null) {
      throw new WrongValueException("has no unit; a duration is written such as 700ms or 1.5s");
    }
    Unit unit = Unit.of(matcher.group(2).replace('µ', 'u').replace('μ', 'u'));
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal nanoseconds = number.multiply(BigDecimal.valueOf(unit.nanoseconds()));
    // Compared before anything is made of it: a number may have any exponent.
    if (nanoseconds.abs().compareTo(MOST_SECONDS.scaleByPowerOfTen(9)) > 0) {
      throw new WrongValueException("is longer than 315576000000s, 10,000 years");
    }
    BigDecimal whole =
        nanoseconds.abs().compareTo(HALF) <= 0
            ? BigDecimal.ZERO
            : nanoseconds.setScale(0, RoundingMode.HALF_EVEN);
    BigInteger[] parts = whole.toBigInteger().divideAndRemainder(NANOSECONDS);
    return Duration.newBuilder()
        .setSeconds(parts[0].longValue())
        .setNanos(parts[1].intValue())
        .build();
  }

  /**
   * A moment in the years 1 to 9999 as RFC 3339 has it, such as {@code 2026-07-01T12:00:00.5Z}.
   *
   * @throws WrongValueException if it is none
   */
  public static Timestamp timestamp(String text) throws WrongValueException {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      long seconds = moment.toEpochSecond();
      int year = moment.toInstant().atOffset(ZoneOffset.UTC).getYear();
      if (year >= 1 && year <= 9999) {
        return Timestamp.newBuilder().setSeconds(seconds).setNanos(moment.getNano()).build();
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new WrongValueException("is not a time such as 2026-07-01T12:00:00Z");
  }
}
