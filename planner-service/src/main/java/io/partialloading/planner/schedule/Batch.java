// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.schedule;

/**
 * Users of one model that are served together. The arrays are not to be modified.
 *
 * @param model the model
 * @param users the users, cheapest upload first
 * @param fractions their shares of the band, in the same order; they add to 1 with optimal shares
 * @param prbCounts their whole PRBs, in the same order; empty without a grid
 * @param loadBlocks blocks to load, in the model's order from bottom to top
 * @param loadBytes their size together
 * @param reusedBytes size of the model's other blocks, which are on the GPU already
 * @param start when the upload begins, in ns from the start of the plan
 * @param upload duration of the upload, in ns
 * @param load duration of the load, in ns
 * @param compute duration of the inference, in ns
 */
public record Batch(
    int model,
    int[] users,
    double[] fractions,
    int[] prbCounts,
    int[] loadBlocks,
    long loadBytes,
    long reusedBytes,
    long start,
    long upload,
    long load,
    long compute) {
  /** When the batch is done, in ns from the start of the plan. */
  public long completion() {
    return start + upload + load + compute;
  }
}
