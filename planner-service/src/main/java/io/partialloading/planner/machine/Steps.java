// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.machine;

/**
 * When the steps of a batch begin and end, in ns from the start of the plan, and what it loads. The
 * array is not to be modified.
 *
 * @param uploadStart when the upload begins
 * @param uploadEnd when the last user has uploaded
 * @param loadStart when the load begins
 * @param loadEnd when all blocks of the model are on the GPU
 * @param computeStart when computing begins
 * @param completion when the batch is done
 * @param loadBlocks blocks to load, in the model's order from bottom to top
 * @param loadBytes their size together
 * @param reusedBytes size of the model's other blocks, which are on the GPU already
 */
public record Steps(
    long uploadStart,
    long uploadEnd,
    long loadStart,
    long loadEnd,
    long computeStart,
    long completion,
    int[] loadBlocks,
    long loadBytes,
    long reusedBytes) {
  /** Duration of the upload, in ns. */
  public long upload() {
    return uploadEnd - uploadStart;
  }

  /** Duration of the load, in ns. */
  public long load() {
    return loadEnd - loadStart;
  }

  /** Duration of the inference, in ns. */
  public long compute() {
    return completion - computeStart;
  }
}
