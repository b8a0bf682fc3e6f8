// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import com.google.protobuf.Duration;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Durations of the contract as numbers of nanoseconds. Unbounded, because a schedule to be judged
 * may state anything and the times that follow from it may be anything.
 */
final class Nanoseconds {
  private static final BigInteger PER_SECOND = BigInteger.valueOf(1_000_000_000);

  /** The range of a Duration, 10,000 years, in seconds. */
  private static final BigInteger LARGEST =
      BigInteger.valueOf(315_576_000_000L).multiply(PER_SECOND);

  private Nanoseconds() {}

  /** The nanoseconds of a duration, even one whose seconds and nanos are out of range. */
  static BigInteger of(Duration duration) {
    return BigInteger.valueOf(duration.getSeconds())
        .multiply(PER_SECOND)
        .add(BigInteger.valueOf(duration.getNanos()));
  }

  /** That many times the nanoseconds of a duration, rounded up. */
  static BigInteger stretched(Duration duration, BigDecimal stretch) {
    return stretched(of(duration), stretch);
  }

  /** That many times so many nanoseconds, rounded up. */
  static BigInteger stretched(BigInteger nanoseconds, BigDecimal stretch) {
    return new BigDecimal(nanoseconds)
        .multiply(stretch)
        .setScale(0, RoundingMode.CEILING)
        .toBigInteger();
  }

  /** The duration of that many nanoseconds, at least 0, cut to the range of a Duration. */
  static Duration toDuration(BigInteger nanoseconds) {
    BigInteger[] parts = nanoseconds.min(LARGEST).divideAndRemainder(PER_SECOND);
    return Duration.newBuilder()
        .setSeconds(parts[0].longValueExact())
        .setNanos(parts[1].intValueExact())
        .build();
  }
}
