// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits of users of whom some have nothing to upload, where a batch may have more users than can
 * upload together: those who upload are split by themselves, and the others fill the batches up or
 * get batches of their own, whichever takes less time.
 *
 * <p>With equal sub-channels and affine computing this is exact: the uploads take the least time in
 * as few batches as can be, and so do the users. Otherwise no split beats the uploaders' alone.
 */
final class FilledBatches implements ServiceCurve.Split {
  /** What building the two splits of a count takes, a user. */
  private static final double STEPS = 30;

  private final BatchCosts costs;
  private final int idle; // users who have nothing to upload
  private final ServiceCurve ofUploads;
  private final ServiceCurve ofIdle;
  private final int[] splitOf; // by count: whose split it has, without the users beyond the count

  private FilledBatches(BatchCosts costs, int idle, long budget, SplitEffort effort) {
    this.costs = costs;
    this.idle = idle;
    long[] times = costs.unitTimes();
    this.ofUploads =
        ServiceCurve.best(
            new BatchCosts(
                Arrays.copyOfRange(times, idle, times.length),
                costs.compute(),
                costs.largestBatch(),
                costs.sharing()),
            budget,
            effort);
    this.ofIdle =
        ServiceCurve.best(
            new BatchCosts(
                new long[idle], costs.compute(), costs.mostUsers(), BandwidthSharing.optimal()),
            budget,
            effort);
    boolean allIdleFit = ofIdle.maxCount() == idle;
    this.splitOf = new int[(allIdleFit ? idle + ofUploads.maxCount() : ofIdle.maxCount()) + 1];
  }

  static ServiceCurve curve(BatchCosts costs, int idle, long budget, SplitEffort effort) {
    FilledBatches splits = new FilledBatches(costs, idle, budget, effort);
    long[] times = splits.times(budget, effort);
    return new ServiceCurve(times, splits.isExact() ? times : splits.bounds(), splits);
  }

  private boolean isExact() {
    return !costs.isOnGrid() && costs.compute() instanceof ComputeTimes.Affine;
  }

  /** The least times found, by count, as far as the budget reaches. */
  private long[] times(long budget, SplitEffort effort) {
    long[] least = new long[splitOf.length];
    Arrays.fill(least, 1, least.length, Instance.NEVER);
    int last = least.length - 1;
    for (int count = 1, step = 1;
        count <= last;
        count += Math.min(step, Math.max(last - count, 1))) {
      splitOf[count] = count;
      if (isExact()) {
        least[count] = filledTime(count, (ComputeTimes.Affine) costs.compute());
        effort.spend(1);
        continue;
      }
      least[count] = time(split(count));
      effort.spend(STEPS * count);
      step = effort.allows(STEPS * count) ? 1 : 1 + count / 16;
    }
    // One user more may take less time by a table of computing times, or where not all was tried.
    for (int count = last - 1; count > 0; count--) {
      if (least[count + 1] < least[count]) {
        least[count] = least[count + 1];
        splitOf[count] = splitOf[count + 1];
      }
    }
    int end = least.length;
    while (end > 1 && least[end - 1] > budget) {
      end--;
    }
    return Arrays.copyOf(least, end);
  }

  /** Time of the filled batches where only their number counts, beside the uploads. */
  private long filledTime(int count, ComputeTimes.Affine compute) {
    int uploading = Math.max(0, count - idle);
    long ofUploads = batches(uploading, costs.largestBatch());
    long more = Math.max(0, batches(count, costs.mostUsers()) - ofUploads);
    double computing =
        (double) more * compute.perBatch() + (double) (count - uploading) * compute.perSample();
    return computing < Instance.NEVER
        ? Instance.sum(
            this.ofUploads.time(uploading),
            more * compute.perBatch() + (count - uploading) * compute.perSample())
        : Instance.NEVER;
  }

  private static long batches(long users, int largest) {
    return (users + largest - 1) / largest;
  }

  private long[] bounds() {
    long[] bounds = new long[costs.unitTimes().length + 1];
    long[] uploads = ofUploads.optimistic().times();
    long[] others = ofIdle.optimistic().times();
    for (int count = 1; count < bounds.length; count++) {
      int uploading = Math.max(0, count - idle);
      if (uploading >= uploads.length || count - uploading >= others.length) {
        return Arrays.copyOf(bounds, count);
      }
      bounds[count] = Math.max(uploads[uploading], others[count - uploading]);
    }
    return bounds;
  }

  private long time(List<int[]> split) {
    long time = 0;
    for (int[] batch : split) {
      time = Instance.sum(time, costs.time(batch));
    }
    return time;
  }

  private List<int[]> split(int count) {
    int uploading = Math.max(0, count - idle);
    int waiting = Math.min(count, idle);
    List<int[]> uploads = new ArrayList<>();
    for (int[] batch : ofUploads.batches(uploading)) {
      uploads.add(Arrays.stream(batch).map(position -> position + idle).toArray());
    }
    List<int[]> apart = new ArrayList<>(uploads);
    List<int[]> filled = new ArrayList<>();
    int next = waiting; // idle users from here on are placed; those of the last batches come first
    for (int[] batch : uploads) {
      int more = Math.min(next, costs.mostUsers() - batch.length);
      next -= more;
      int[] full = new int[more + batch.length];
      for (int i = 0; i < full.length; i++) {
        full[i] = i < more ? next + i : batch[i - more];
      }
      filled.add(full);
    }
    apart.addAll(0, ofIdle.batches(waiting));
    filled.addAll(0, ofIdle.batches(next));
    return time(apart) < time(filled) ? apart : filled;
  }

  @Override
  public List<int[]> batches(int count) {
    List<int[]> batches = new ArrayList<>();
    for (int[] batch : split(splitOf[count])) {
      int[] kept = Arrays.stream(batch).filter(position -> position < count).toArray();
      if (kept.length > 0) {
        batches.add(kept);
      }
    }
    return batches;
  }
}
