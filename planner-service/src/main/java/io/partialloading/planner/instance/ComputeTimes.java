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
   * Measured times of every size up to the largest.
   *
   * @param times entry b − 1 is the time of a batch of b users, in ns; at least one entry,
   *     non-decreasing; taken over
   */
  static ComputeTimes table(long[] times) {
    return new Table(BatchTable.ofEach(times));
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

  /**
   * Measured times.
   *
   * @param times by size, in ns
   */
  record Table(BatchTable times) implements ComputeTimes {
    @Override
    public long time(int size) {
      return times.value(size);
    }

    @Override
    public int largestBatch() {
      return times.largestSize();
    }
  }
}
