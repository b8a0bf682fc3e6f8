// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.RequestedModel;
import io.partialloading.planner.machine.Machine;

/**
 * What batches of one model cost once it is loaded. The arrays are not to be modified.
 *
 * @param unitTimes unit times of the model's users in reach, ascending, in ns
 * @param compute computing time of its batches
 * @param mostUsers most users of a batch by memory and computing, at least 0
 * @param sharing how a batch shares the band
 */
public record BatchCosts(
    long[] unitTimes, ComputeTimes compute, int mostUsers, BandwidthSharing sharing) {
  /** The costs of a model of the machine's instance. */
  static BatchCosts of(Machine machine, int model) {
    RequestedModel requested = machine.instance().model(model);
    return new BatchCosts(
        machine.unitTimes(requested.users()),
        requested.compute(),
        requested.largestBatch(),
        machine.instance().bandwidthSharing());
  }

  /** Most users of a batch if each of them uploads. */
  int largestBatch() {
    return Math.min(mostUsers, sharing.mostUploads());
  }

  /** How many users have nothing to upload; they are the first. */
  int usersWithoutUpload() {
    int count = 0;
    while (count < unitTimes.length && unitTimes[count] == 0) {
      count++;
    }
    return count;
  }

  /** Whether users are granted whole PRBs, as many as each needs. */
  boolean isOnGrid() {
    return sharing instanceof BandwidthSharing.PrbGrid;
  }

  /** Time to upload a batch of the users {@code from} to {@code to - 1}, in ns. */
  long uploadTime(int from, int to) {
    return sharing.uploadTime(unitTimes, from, to);
  }

  /** Time to compute a batch, in ns, at most {@link Instance#NEVER}. */
  long computeTime(int size) {
    return Math.min(compute.time(size), Instance.NEVER);
  }

  /** Time of the batch of some users, by their positions, at most {@link Instance#NEVER}. */
  long time(int[] positions) {
    long[] times = new long[positions.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = unitTimes[positions[i]];
    }
    return Machine.serviceTime(sharing, compute, times);
  }
}
