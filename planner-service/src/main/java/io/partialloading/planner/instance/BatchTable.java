// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * What was measured of batches of one model, by their size: a batch has the value of the next
 * measured size. Values are non-decreasing. Takes memory by the number of measured sizes, however
 * far apart they are.
 */
public final class BatchTable {
  private final long[] values;

  /** How many values from the first on are those of sizes 1, 2, 3 and so on. */
  private final int dense;

  /** The sizes of the values after those. */
  private final int[] sizes;

  private BatchTable(long[] values, int dense, int[] sizes) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1]) {
        throw new IllegalArgumentException(
            "value %d is %d, the next %d".formatted(i, values[i - 1], values[i]));
      }
    }
    this.values = values;
    this.dense = dense;
    this.sizes = sizes;
  }

  /**
   * The table of every size up to the largest.
   *
   * @param values entry b − 1 is the value of a batch of b; at least one, non-decreasing; taken
   *     over
   */
  public static BatchTable ofEach(long[] values) {
    return new BatchTable(values, values.length, new int[0]);
  }

  /**
   * The table of some sizes.
   *
   * @param sizes the measured sizes, at least 1, strictly increasing
   * @param values their values; at least one, non-decreasing; taken over
   */
  public static BatchTable of(int[] sizes, long[] values) {
    if (sizes.length != values.length) {
      throw new IllegalArgumentException(sizes.length + " sizes, " + values.length + " values");
    }
    int dense = 0;
    while (dense < sizes.length && sizes[dense] == dense + 1) {
      dense++;
    }
    for (int i = dense; i < sizes.length; i++) {
      int before = i == 0 ? 0 : sizes[i - 1];
      if (sizes[i] <= before) {
        throw new IllegalArgumentException("a size of %d after %d".formatted(sizes[i], before));
      }
    }
    return new BatchTable(values, dense, Arrays.copyOfRange(sizes, dense, sizes.length));
  }

  /** The value of a batch of {@code size}, 1 to {@link #largestSize}. O(log n) for n sizes. */
  public long value(int size) {
    return values[size <= dense ? size - 1 : placeAfter(size)];
  }

  private int placeAfter(int size) {
    int at = Arrays.binarySearch(sizes, size);
    return dense + (at < 0 ? -at - 1 : at);
  }

  /** The largest measured size. */
  public int largestSize() {
    return sizes.length == 0 ? dense : sizes[sizes.length - 1];
  }

  /** The largest measured size whose value is at most {@code limit}; 0 if there is none. */
  public int largestSizeWithin(long limit) {
    int within = 0; // so many values are
    int beyond = values.length;
    while (within < beyond) {
      int middle = (within + beyond) >>> 1;
      if (values[middle] <= limit) {
        within = middle + 1;
      } else {
        beyond = middle;
      }
    }
    return within <= dense ? within : sizes[within - dense - 1];
  }

  /** The table with other values. */
  public BatchTable with(LongUnaryOperator nonDecreasing) {
    return new BatchTable(Arrays.stream(values).map(nonDecreasing).toArray(), dense, sizes);
  }
}
