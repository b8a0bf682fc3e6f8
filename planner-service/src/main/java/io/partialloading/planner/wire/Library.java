package io.partialloading.planner.wire;

import io.partialloading.planner.instance.ComputeTimes;
import java.util.List;
import java.util.Map;

/**
 * A library as read: blocks and models by their places in it.
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
