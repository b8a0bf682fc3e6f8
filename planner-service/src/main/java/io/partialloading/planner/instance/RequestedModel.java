// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

/**
 * A model that at least one user wants. The arrays are not to be modified.
 *
 * @param blocks its blocks from bottom to top
 * @param bytes size of all its blocks
 * @param compute time to compute its batches
 * @param largestBatch the largest batch that memory and computing allow; 0 where not even one user
 *     fits
 * @param users its users in reach, cheapest upload first, equal ones in the order of the snapshot
 */
public record RequestedModel(
    int[] blocks, long bytes, ComputeTimes compute, int largestBatch, int[] users) {}
