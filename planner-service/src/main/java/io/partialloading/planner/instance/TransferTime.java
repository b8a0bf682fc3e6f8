package io.partialloading.planner.instance;

import java.util.Arrays;

/**
 * The time one transfer stage takes to move a number of bytes in one load, rounded up to a
 * nanosecond; non-decreasing. No bytes take no time.
 */
public sealed interface TransferTime {
  /** A stage that takes no time. */
  TransferTime NONE = new Affine(0, Double.POSITIVE_INFINITY);

  /** Time of one load of {@code bytes}, in ns; {@link Long#MAX_VALUE} where it overflows. */
  long time(long bytes);

  /**
   * A latency plus bytes over rate.
   *
   * @param latency time of a load that moves anything, in ns, at least 0
   * @param bytesPerSecond rate, above 0; infinite for a stage that takes only its latency
   */
  static TransferTime affine(long latency, double bytesPerSecond) {
    return new Affine(latency, bytesPerSecond);
  }

  /**
   * A measured profile: linear from the origin to the first point, between points, and onwards from
   * the last with the last slope.
   *
   * @param bytes bytes by point, above 0 and increasing; taken over
   * @param times time by point in ns, at least 0 and non-decreasing; taken over
   */
  static TransferTime piecewiseLinear(long[] bytes, long[] times) {
    return new PiecewiseLinear(bytes, times, 1);
  }

  /** A latency plus bytes over rate. */
  record Affine(long latency, double bytesPerSecond) implements TransferTime {
    public Affine {
      if (latency < 0 || !(bytesPerSecond > 0)) {
        throw new IllegalArgumentException(
            "latency = %d ns, rate = %s B/s".formatted(latency, bytesPerSecond));
      }
    }

    @Override
    public long time(long bytes) {
      long streaming = streamingTime(bytes);
      return bytes == 0
          ? 0
          : streaming > Long.MAX_VALUE - latency ? Long.MAX_VALUE : latency + streaming;
    }

    /** Time of the bytes alone, without latency, in ns. */
    long streamingTime(long bytes) {
      return (long) Math.ceil(bytes * 1e9 / bytesPerSecond);
    }
  }

  /** A measured profile. */
  final class PiecewiseLinear implements TransferTime {
    private final long[] bytes;
    private final long[] times;
    private final double stretch;

    private PiecewiseLinear(long[] bytes, long[] times, double stretch) {
      if (bytes.length == 0 || bytes.length != times.length) {
        throw new IllegalArgumentException(
            "%d sizes, %d times".formatted(bytes.length, times.length));
      }
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] <= (i == 0 ? 0 : bytes[i - 1]) || times[i] < (i == 0 ? 0 : times[i - 1])) {
          throw new IllegalArgumentException(
              "point %d: %d bytes in %d ns".formatted(i, bytes[i], times[i]));
        }
      }
      this.bytes = bytes;
      this.times = times;
      this.stretch = stretch;
    }

    /**
     * The profile where every load takes {@code factor} times as long. Times are rounded after
     * that, so that a stretched profile is subadditive where this one is.
     */
    public PiecewiseLinear stretched(double factor) {
      return new PiecewiseLinear(bytes, times, stretch * factor);
    }

    @Override
    public long time(long bytes) {
      return (long) Math.ceil(exactTime(bytes));
    }

    /** The time before rounding, in ns. */
    double exactTime(long amount) {
      int found = Arrays.binarySearch(bytes, amount);
      if (found >= 0) {
        return times[found] * stretch;
      }
      int to = Math.min(-found - 1, bytes.length - 1);
      long fromBytes = to == 0 ? 0 : bytes[to - 1];
      long fromTime = to == 0 ? 0 : times[to - 1];
      double slope = (double) (times[to] - fromTime) / (bytes[to] - fromBytes);
      return (fromTime + (amount - fromBytes) * slope) * stretch;
    }

    /** The sizes at which the slope changes; not to be modified. */
    long[] breakpoints() {
      return bytes;
    }
  }
}
