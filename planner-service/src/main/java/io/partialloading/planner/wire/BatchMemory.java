// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BatchTable;

/**
 * The peak GPU memory of a batch of one model, A_i(b) in constraint (10c), as its profile has it;
 * non-decreasing.
 */
sealed interface BatchMemory {
  /** The profile does not limit the batch. */
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
   * Measured memory.
   *
   * @param bytes by size, at least 0; a batch larger than the table is not used
   */
  record Table(BatchTable bytes) implements BatchMemory {
    @Override
    public int largestBatch(long gpuMemory) {
      return bytes.largestSizeWithin(gpuMemory);
    }
  }
}
