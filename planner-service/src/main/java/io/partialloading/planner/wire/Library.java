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
 */
record Library(
    int[] blockIds,
    long[] blockBytes,
    BlockIndex blocks,
    List<LibraryModel> models,
    Map<String, Integer> modelsById) {

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
   * @param memory memory of its batches
   */
  record LibraryModel(
      String id, int[] blocks, long bytes, ComputeTimes compute, BatchMemory memory) {}
}
