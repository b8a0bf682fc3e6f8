// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

/**
 * What was measured of batches of some sizes. A batch may run as any measured size that is not
 * below its own, so its value is the least of those.
 */
final class MeasuredBatches {
  /** Entries take some tens of nanoseconds each. */
  static final int BETWEEN_CHECKPOINTS = 1_024;

  private final int[] sizes;
  private final long[] least;

  /**
   * The measured values.
   *
   * @param sizes the measured sizes, strictly increasing
   * @param values their values; taken over
   * @param checkpoint is run several times a millisecond
   */
  MeasuredBatches(int[] sizes, long[] values, Runnable checkpoint) {
    this.sizes = sizes;
    this.least = values;
    long leastSoFar = Long.MAX_VALUE;
    for (int i = values.length - 1; i >= 0; i--) {
      leastSoFar = Math.min(leastSoFar, values[i]);
      least[i] = leastSoFar;
      if (i % BETWEEN_CHECKPOINTS == 0) {
        checkpoint.run();
      }
    }
  }

  /** The largest measured size. */
  int largest() {
    return sizes[sizes.length - 1];
  }

  /** The value of a batch; of one beyond the largest that of the largest, of nobody nothing. */
  long of(int size) {
    if (size == 0) {
      return 0;
    }
    int below = -1;
    int notBelow = sizes.length - 1;
    while (notBelow - below > 1) {
      int middle = (below + notBelow) >>> 1;
      if (sizes[middle] < size) {
        below = middle;
      } else {
        notBelow = middle;
      }
    }
    return least[notBelow];
  }
}
