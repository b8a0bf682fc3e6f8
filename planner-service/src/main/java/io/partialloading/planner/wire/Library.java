// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.ComputeTimes;
import java.util.List;
import java.util.Map;

/**
 * A library as read: blocks and models by their places in it. Immutable, so that it can serve many
 * requests.
 *
 * @param blockIds id by block
 * @param blockBytes size by block
 * @param blocks finds blocks by id
 * @param models the models
 * @param modelsById finds models by id
 * @param smallestBlockBytes size of the smallest block; 0 without blocks, or with one that is wrong
 */
record Library(
    int[] blockIds,
    long[] blockBytes,
    BlockIndex blocks,
    List<LibraryModel> models,
    Map<String, Integer> modelsById,
    long smallestBlockBytes) {

  /** Size of the largest model; 0 without models. */
  long largestModelBytes() {
    long largest = 0;
    for (LibraryModel model : models) {
      largest = Math.max(largest, model.bytes());
    }
    return largest;
  }

  /**
   * A model of the library.
   *
   * @param id its id
   * @param blocks its blocks from bottom to top
   * @param bytes their size together
   * @param compute time to compute its batches
   * @param memory memory of its batches by its profile
   * @param maxBatchSize the largest batch that its runtime takes, at least 1
   */
  record LibraryModel(
      String id,
      int[] blocks,
      long bytes,
      ComputeTimes compute,
      BatchMemory memory,
      int maxBatchSize) {

    /**
     * The largest batch that fits in {@code gpuMemory} bytes, b_max,i, and that its runtime takes;
     * 0 if not even one user fits. Whatever the profile says, a model takes at least the size of
     * its blocks.
     */
    int largestBatch(long gpuMemory) {
      return bytes > gpuMemory ? 0 : Math.min(memory.largestBatch(gpuMemory), maxBatchSize);
    }
  }
}
