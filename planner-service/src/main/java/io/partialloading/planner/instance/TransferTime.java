// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The time one transfer stage takes to move a number of bytes in one load, rounded up to a
 * nanosecond; non-decreasing. No bytes take no time.
 */
public sealed interface TransferTime {
  /** A stage that takes no time. */
  TransferTime NONE = affine(0, Double.POSITIVE_INFINITY);

  /** Nanoseconds of a second. */
  long NANOS_PER_SECOND = 1_000_000_000;

  /** The longest time there is. */
  BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Time of one load of {@code bytes}, in ns; {@link Long#MAX_VALUE} where it overflows. */
  long time(long bytes);

  private static long ceilDiv(long dividend, long divisor) {
    return dividend == 0 ? 0 : (dividend - 1) / divisor + 1;
  }

  /**
   * A latency plus bytes over rate.
   *
   * @param latency time of a load that moves anything, in ns, at least 0
   * @param bytesPerSecond rate, above 0; infinite for a stage that takes only its latency
   */
  static TransferTime affine(long latency, double bytesPerSecond) {
    return new Affine(latency, bytesPerSecond, 1, NANOS_PER_SECOND);
  }

  /**
   * A measured profile: linear from the origin to the first point, between points, and onwards from
   * the last with the last slope.
   *
   * @param bytes bytes by point, above 0 and increasing; taken over
   * @param times time by point in ns, at least 0 and non-decreasing
   */
  static TransferTime piecewiseLinear(long[] bytes, long[] times) {
    return new PiecewiseLinear(bytes, Arrays.stream(times).asDoubleStream().toArray(), 1);
  }

  /**
   * A latency plus bytes over rate.
   *
   * @param stretch how many times as long the bytes take, as a decimal number: 1.1 means just that
   * @param second nanoseconds of a second times the stretch, where that is whole; else 0
   */
  record Affine(long latency, double bytesPerSecond, double stretch, long second)
      implements TransferTime {
    public Affine {
      if (latency < 0 || !(bytesPerSecond > 0)) {
        throw new IllegalArgumentException(
            "latency = %d ns, rate = %s B/s".formatted(latency, bytesPerSecond));
      }
    }

    /** The profile in which the bytes take {@code scale} times as long. */
    public Affine scaled(long scaledLatency, double scale) {
      double all = stretch * scale;
      BigDecimal exact = BigDecimal.valueOf(all).scaleByPowerOfTen(9).stripTrailingZeros();
      boolean isWhole = exact.scale() <= 0 && all < 1e9;
      return new Affine(scaledLatency, bytesPerSecond, all, isWhole ? exact.longValueExact() : 0);
    }

    /** The rate at which bytes take as long as they do, nearly. */
    double rate() {
      return bytesPerSecond / stretch;
    }

    @Override
    public long time(long bytes) {
      long streaming = streamingTime(bytes);
      return bytes == 0
          ? 0
          : streaming > Long.MAX_VALUE - latency ? Long.MAX_VALUE : latency + streaming;
    }

    /**
     * Time of the bytes alone, without latency, in ns; {@link Long#MAX_VALUE} where it overflows.
     * Exactly rounded: an error of one would break the subadditivity that proofs rest on.
     */
    long streamingTime(long bytes) {
      long wholeRate = (long) bytesPerSecond;
      if (wholeRate == bytesPerSecond && second > 0 && bytes <= Long.MAX_VALUE / second) {
        return ceilDiv(bytes * second, wholeRate);
      }
      double time = bytes * 1e9 * stretch / bytesPerSecond;
      double fromWhole = Math.abs(time - Math.rint(time));
      if (time < 0x1p50 && fromWhole > time * 0x1p-50) {
        return (long) Math.ceil(time);
      }
      if (time > 0x1p63 || Double.isInfinite(bytesPerSecond)) {
        return Double.isInfinite(bytesPerSecond) ? 0 : Long.MAX_VALUE;
      }
      BigDecimal exact =
          new BigDecimal(BigInteger.valueOf(bytes).multiply(BigInteger.valueOf(NANOS_PER_SECOND)))
              .multiply(BigDecimal.valueOf(stretch))
              .divide(new BigDecimal(bytesPerSecond), 0, RoundingMode.CEILING);
      return exact.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : exact.longValueExact();
    }
  }

  /** A measured profile. */
  final class PiecewiseLinear implements TransferTime {
    private final long[] bytes;
    private final double[] times; // before they are scaled
    private final double factor;

    private PiecewiseLinear(long[] bytes, double[] times, double factor) {
      if (bytes.length == 0 || bytes.length != times.length) {
        throw new IllegalArgumentException(
            "%d sizes, %d times".formatted(bytes.length, times.length));
      }
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] <= (i == 0 ? 0 : bytes[i - 1]) || times[i] < (i == 0 ? 0 : times[i - 1])) {
          throw new IllegalArgumentException(
              "point %d: %d bytes in %s ns".formatted(i, bytes[i], times[i]));
        }
      }
      this.bytes = bytes;
      this.times = times;
      this.factor = factor;
    }

    @Override
    public long time(long amount) {
      double time = exactTime(amount);
      double fromWhole = Math.abs(time - Math.rint(time));
      if (time < 0x1p48 && fromWhole > time * 0x1p-48) {
        return (long) Math.ceil(time);
      }
      int to = Math.min(segment(amount), bytes.length - 1);
      long fromBytes = to == 0 ? 0 : bytes[to - 1];
      BigDecimal fromTime = to == 0 ? BigDecimal.ZERO : new BigDecimal(times[to - 1]);
      BigDecimal width = BigDecimal.valueOf(bytes[to] - fromBytes);
      BigDecimal exact =
          new BigDecimal(times[to])
              .subtract(fromTime)
              .multiply(BigDecimal.valueOf(amount - fromBytes))
              .add(fromTime.multiply(width))
              .multiply(BigDecimal.valueOf(factor))
              .divide(width, 0, RoundingMode.CEILING);
      return exact.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : exact.longValueExact();
    }

    /** The first point at or beyond an amount, or the number of points. */
    private int segment(long amount) {
      int found = Arrays.binarySearch(bytes, amount);
      return found >= 0 ? found : -found - 1;
    }

    /** The same, searched for from a segment on that is not beyond it. */
    int segment(long amount, int from) {
      int segment = from;
      while (segment < bytes.length && bytes[segment] < amount) {
        segment++;
      }
      return segment;
    }

    /** The time before rounding, in ns, nearly. */
    double exactTime(long amount) {
      return exactTime(amount, segment(amount));
    }

    /** The same for an amount whose segment is known. */
    double exactTime(long amount, int segment) {
      int to = Math.min(segment, bytes.length - 1);
      long fromBytes = to == 0 ? 0 : bytes[to - 1];
      double fromTime = to == 0 ? 0 : times[to - 1];
      double slope = (times[to] - fromTime) / (bytes[to] - fromBytes);
      return (fromTime + (amount - fromBytes) * slope) * factor;
    }

    /**
     * The profile in which everything takes {@code scale} times as long, as a decimal number: 1.1
     * means just that. Rounded once, in the end: points rounded one by one, even as doubles, would
     * bend a slope that goes on for ever, and loads that are subadditive would not stay so.
     */
    public TransferTime scaled(double scale) {
      return new PiecewiseLinear(bytes, times, factor * scale);
    }

    /** The sizes at which the slope changes; not to be modified. */
    long[] breakpoints() {
      return bytes;
    }
  }
}
