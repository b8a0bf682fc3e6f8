// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

/**
 * What batches of one model cost. The arrays are not to be modified.
 *
 * @param unitTimes unit times of the model's users in reach, ascending, in ns
 * @param compute computing time of its batches
 * @param largestBatch most users of a batch by memory, computing and bandwidth, at least 0
 * @param sharing how a batch shares the band
 */
record BatchCosts(
    long[] unitTimes, ComputeTimes compute, int largestBatch, BandwidthSharing sharing) {
  /** Costs where memory allows batches of up to {@code fitting} users. */
  static BatchCosts of(
      long[] unitTimes, ComputeTimes compute, int fitting, BandwidthSharing sharing) {
    int largest = Math.min(fitting, Math.min(compute.largestBatch(), sharing.largestBatch()));
    return new BatchCosts(unitTimes, compute, largest, sharing);
  }

  /** Time to upload a batch of the users {@code from} to {@code to - 1}, in ns. */
  long uploadTime(int from, int to) {
    return sharing.uploadTime(unitTimes, from, to);
  }

  /** Time of a batch, at most {@link Instance#NEVER}. */
  long time(long[] unitTimes) {
    long upload = Math.min(sharing.uploadTime(unitTimes, 0, unitTimes.length), Instance.NEVER);
    long computing = Math.min(compute.time(unitTimes.length), Instance.NEVER);
    return Math.min(upload + computing, Instance.NEVER);
  }

  /** Unit times of some users, by their positions. */
  long[] unitTimes(int[] positions) {
    long[] times = new long[positions.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = unitTimes[positions[i]];
    }
    return times;
  }
}
