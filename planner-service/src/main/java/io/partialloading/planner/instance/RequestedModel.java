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
  private final int[] users;
  private final ServiceCurve serviceCurve;

  RequestedModel(
      int[] blocks, long bytes, ComputeTimes compute, int[] users, ServiceCurve serviceCurve) {
    this.blocks = blocks;
    this.ascendingBlocks = blocks.clone();
    Arrays.sort(ascendingBlocks);
    this.bytes = bytes;
    this.compute = compute;
    this.users = users;
    this.serviceCurve = serviceCurve;
  }

  /** This model with a service curve that no split into batches beats. */
  RequestedModel optimistic() {
    return new RequestedModel(blocks, bytes, compute, users, serviceCurve.optimistic());
  }

  /** Its blocks from bottom to top. */
  public int[] blocks() {
    return blocks;
  }

  /** Its blocks in ascending index. */
  int[] ascendingBlocks() {
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

  /** Its users in reach, cheapest upload first, equal ones in the order of the snapshot. */
  public int[] users() {
    return users;
  }

  /** The least time to serve its cheapest users. */
  public ServiceCurve serviceCurve() {
    return serviceCurve;
  }
}
