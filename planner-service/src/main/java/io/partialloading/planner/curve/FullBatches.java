// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All batches as large as can be but one: the last as (17) prints it, or the first.
 *
 * @param largestBatch users of a full batch
 * @param fullFirst whether the batch that is not full is the last
 */
public record FullBatches(int largestBatch, boolean fullFirst) implements ServiceCurve.Split {
  /** Unit times beyond this exceed any budget with any share, and must not overflow a sum. */
  private static final long MAX_UNIT_TIME = Long.MAX_VALUE / 2;

  /**
   * The curve of this split; O(K), or O(K·b·log(w)) with whole PRBs. It is exact only where {@link
   * ServiceCurve} says so; elsewhere its bounds say nothing.
   *
   * @param budget latency budget in ns; counts that take longer are left out
   */
  public static ServiceCurve curve(
      BatchCosts costs, boolean fullFirst, long budget, StopSignal stop) {
    if (costs.largestBatch() == 0) {
      long[] nobody = {0};
      return new ServiceCurve(nobody, nobody, new FullBatches(1, true));
    }
    int batch = costs.largestBatch();
    boolean additive = costs.sharing().isAdditive();
    long[] unitTimes = costs.unitTimes();
    long[] times = new long[unitTimes.length + 1];
    int count = 1;
    long upload = 0;
    for (; count <= unitTimes.length && unitTimes[count - 1] <= MAX_UNIT_TIME; count++) {
      if (!additive) {
        stop.throwIfCancelled();
      }
      // Extends the curve by one user: the batch that changes ends with it, and the batches before
      // that one are those of a smaller count, which has its time already.
      int size = fullFirst ? (count - 1) % batch + 1 : Math.min(batch, count);
      upload =
          additive && fullFirst
              ? (size == 1 ? 0 : upload) + unitTimes[count - 1]
              : costs.uploadTime(count - size, count);
      long computing = costs.compute().time(size);
      long before = times[count - size];
      if (upload > budget || computing > budget || upload + computing > budget - before) {
        break;
      }
      times[count] = before + upload + computing;
    }
    long[] curve = count == times.length ? times : Arrays.copyOf(times, count);
    boolean isExact =
        costs.compute() instanceof ComputeTimes.Affine
            && !costs.isOnGrid()
            && fullFirst == additive;
    long[] bounds = isExact ? curve : new long[unitTimes.length + 1];
    return new ServiceCurve(curve, bounds, new FullBatches(batch, fullFirst));
  }

  @Override
  public List<int[]> batches(int count) {
    List<int[]> batches = new ArrayList<>();
    int rest = count % largestBatch;
    for (int from = 0; from < count; ) {
      boolean partial = rest > 0 && (fullFirst ? from == count - rest : from == 0);
      int to = from + (partial ? rest : largestBatch);
      int[] batch = new int[to - from];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = from + i;
      }
      batches.add(batch);
      from = to;
    }
    return batches;
  }
}
