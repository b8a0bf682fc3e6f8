// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.ComputeTimes;
import java.util.List;

/**
 * The least time to serve the k cheapest users of a model once it is loaded, for every k that fits
 * in the latency budget. Everything about radio, memory and compute of a model is in its curve;
 * solvers that plan by counts need nothing else of it.
 *
 * <p>By Theorem 2 a model's users are served in consecutive batches, and for any k the cheapest k
 * are as good as any. How they best fall into batches depends on what a batch costs:
 *
 * <ul>
 *   <li>Optimal real shares, affine computing: an upload costs the same in any batch, so only the
 *       number of batches counts; all are full but the last (Theorem 2.2, equation (17)).
 *   <li>Equal sub-channels, affine computing: a batch costs its longest upload; the n-th longest
 *       batch takes no less than the user ((n−1)·b)-th from the top, so the least sum has all
 *       batches full but the <em>first</em>. The paper's algorithms keep (17) as printed.
 *   <li>Otherwise {@link BatchSplits} finds the best split into runs of neighbouring users, which
 *       is the best of all splits unless bandwidth is granted in whole PRBs.
 *   <li>Whole PRBs: neither full batches nor runs of neighbours are best in general. On three PRBs,
 *       users of 1, 1, 2, 2 in batches of two take 1 + 2 as neighbours but 1 + 1 mixed; and one
 *       slow user among many fast ones is better served alone. The curve is exact for a few users,
 *       and comes with bounds beyond.
 *   <li>Users with nothing to upload, in batches that may have more users than can upload together:
 *       {@link FilledBatches}.
 * </ul>
 *
 * Non-decreasing in k.
 */
public final class ServiceCurve {
  private final long[] times;
  private final long[] bounds;
  private final Split split;

  /** How a count of users is split into batches. */
  interface Split {
    /** Of a curve that no batches take the times of. */
    Split NONE =
        count -> {
          throw new UnsupportedOperationException("no batches take these times");
        };

    /**
     * The batches that serve {@code count} users, each as positions in the cheapest-first order.
     */
    List<int[]> batches(int count);
  }

  ServiceCurve(long[] times, long[] bounds, Split split) {
    this.times = times;
    this.bounds = bounds;
    this.split = split;
  }

  /**
   * The best curve of one model that the effort allows.
   *
   * @param budget latency budget in ns; counts that take longer are left out
   */
  static ServiceCurve best(BatchCosts costs, long budget, SplitEffort effort) {
    boolean bandLimitsBatches = costs.mostUsers() > costs.sharing().mostUploads();
    int idle = bandLimitsBatches ? costs.usersWithoutUpload() : 0;
    if (idle > 0) {
      return FilledBatches.curve(costs, idle, budget, effort);
    }
    boolean fullBatchesAreBest =
        costs.compute() instanceof ComputeTimes.Affine && !costs.isOnGrid();
    return fullBatchesAreBest || costs.largestBatch() == 0
        ? FullBatches.curve(costs, costs.sharing().isAdditive(), budget, effort.stop())
        : BatchSplits.curve(costs, budget, effort);
  }

  /** The most users that fit in the budget, loading aside. */
  public int maxCount() {
    return times.length - 1;
  }

  /** Time to serve the {@code count} cheapest users, in ns, at most the budget; 0 for none. */
  public long time(int count) {
    return times[count];
  }

  /** The times by count, from 0 to {@link #maxCount()}; not to be modified. */
  public long[] times() {
    return times;
  }

  /** Whether no split of the users into batches takes less time than this curve's. */
  public boolean isExact() {
    return bounds == times;
  }

  /** A curve that no split of the users into batches beats. It has no batches. */
  ServiceCurve optimistic() {
    return isExact() ? this : new ServiceCurve(bounds, bounds, Split.NONE);
  }

  /**
   * The batches that serve {@code count} users, in their order, each as positions in the model's
   * users. They take the curve's time, or less where that was too expensive to compute.
   */
  List<int[]> batches(int count) {
    return split.batches(count);
  }
}
