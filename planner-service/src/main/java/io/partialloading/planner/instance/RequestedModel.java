// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.Arrays;

/**
 * A model that at least one user wants. The arrays are not to be modified.
 *
 * <p>Users out of reach are not among its users.
 */
public final class RequestedModel {
  private final int[] blocks;
  private final int[] ascendingBlocks;
  private final long bytes;
  private final ComputeTimes compute;
  private final int largestBatch;
  private final int[] users;

  RequestedModel(int[] blocks, long bytes, ComputeTimes compute, int largestBatch, int[] users) {
    this.blocks = blocks;
    this.ascendingBlocks = blocks.clone();
    Arrays.sort(ascendingBlocks);
    this.bytes = bytes;
    this.compute = compute;
    this.largestBatch = largestBatch;
    this.users = users;
  }

  /** Its blocks from bottom to top. */
  public int[] blocks() {
    return blocks;
  }

  /** Its blocks in ascending index. */
  public int[] ascendingBlocks() {
    return ascendingBlocks;
  }

  /** Size of all its blocks. */
  public long bytes() {
    return bytes;
  }

  /** Time to compute its batches. */
  public ComputeTimes compute() {
    return compute;
  }

  /**
   * The largest batch that memory, computing and bandwidth allow; 0 where not even one user fits.
   */
  public int largestBatch() {
    return largestBatch;
  }

  /** Its users in reach, cheapest upload first, equal ones in the order of the snapshot. */
  public int[] users() {
    return users;
  }
}
