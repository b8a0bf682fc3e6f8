// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

/** The peak GPU memory of a batch of one model, A_i(b) in constraint (10c); non-decreasing. */
sealed interface BatchMemory {
  /** Memory does not limit the batch. */
  BatchMemory NONE = new Affine(0, 0);

  /**
   * The largest batch that fits in {@code gpuMemory} bytes, b_max,i; 0 if not even one user does.
   */
  int largestBatch(long gpuMemory);

  /**
   * Memory linear in the batch's size.
   *
   * @param fixedBytes what the model takes whatever the batch, at least 0
   * @param bytesPerSample what each sample adds, at least 0
   */
  record Affine(long fixedBytes, long bytesPerSample) implements BatchMemory {
    @Override
    public int largestBatch(long gpuMemory) {
      if (fixedBytes > gpuMemory) {
        return 0;
      }
      return bytesPerSample == 0
          ? Integer.MAX_VALUE
          : (int) Math.min((gpuMemory - fixedBytes) / bytesPerSample, Integer.MAX_VALUE);
    }
  }

  /**
   * Measured memory. Takes O(log n) for n sizes.
   *
   * @param bytes entry b − 1 is the memory of a batch of b, at least 0, non-decreasing; a larger
   *     batch is not used
   */
  record Table(long[] bytes) implements BatchMemory {
    @Override
    public int largestBatch(long gpuMemory) {
      int fits = 0;
      int tooLarge = bytes.length + 1;
      while (tooLarge - fits > 1) {
        int size = (fits + tooLarge) >>> 1;
        if (bytes[size - 1] <= gpuMemory) {
          fits = size;
        } else {
          tooLarge = size;
        }
      }
      return fits;
    }
  }
}
