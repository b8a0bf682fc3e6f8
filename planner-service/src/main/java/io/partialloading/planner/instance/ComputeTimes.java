// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

/** The time to compute a batch of one model, by its size; non-decreasing. */
public sealed interface ComputeTimes {
  /**
   * Time of a batch of {@code size} users, 1 to {@link #largestBatch}, in ns; {@link
   * Long#MAX_VALUE} where it overflows.
   */
  long time(int size);

  /** The largest batch whose time is known. */
  int largestBatch();

  /**
   * Equation (9): β + b·μ.
   *
   * @param perBatch β in ns, at least 0
   * @param perSample μ in ns, at least 0
   */
  static ComputeTimes affine(long perBatch, long perSample) {
    return new Affine(perBatch, perSample);
  }

  /**
   * Measured times.
   *
   * @param times entry b − 1 is the time of a batch of b users, in ns; at least one entry,
   *     non-decreasing; taken over
   */
  static ComputeTimes table(long[] times) {
    return new Table(times);
  }

  /** Equation (9). */
  record Affine(long perBatch, long perSample) implements ComputeTimes {
    public Affine {
      if (perBatch < 0 || perSample < 0) {
        throw new IllegalArgumentException(
            "per batch = %d ns, per sample = %d ns".formatted(perBatch, perSample));
      }
    }

    @Override
    public long time(int size) {
      return perSample > (Long.MAX_VALUE - perBatch) / size
          ? Long.MAX_VALUE
          : perBatch + perSample * size;
    }

    @Override
    public int largestBatch() {
      return Integer.MAX_VALUE;
    }
  }

  /** Measured times. */
  final class Table implements ComputeTimes {
    private final long[] times;

    private Table(long[] times) {
      if (times.length == 0) {
        throw new IllegalArgumentException("no times");
      }
      for (int b = 1; b < times.length; b++) {
        if (times[b] < times[b - 1]) {
          throw new IllegalArgumentException(
              "a batch of %d takes %d ns, one more %d ns".formatted(b, times[b - 1], times[b]));
        }
      }
      this.times = times;
    }

    @Override
    public long time(int size) {
      return times[size - 1];
    }

    @Override
    public int largestBatch() {
      return times.length;
    }
  }
}
