// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The least time to serve the k cheapest users of a model once it is loaded, for every k that fits
 * in the latency budget. Everything about radio, memory and compute of a model is in its curve;
 * solvers need nothing else of it.
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
 * </ul>
 *
 * Non-decreasing in k.
 */
public final class ServiceCurve {
  private final long[] times;
  private final long[] bounds;
  private final BatchCosts costs;
  private final Split split;

  /** How a count of users is split into batches. */
  sealed interface Split permits FullBatches, BatchSplits {
    /**
     * The batches that serve {@code count} users, each as positions in the cheapest-first order.
     */
    List<int[]> batches(int count);
  }

  ServiceCurve(long[] times, long[] bounds, BatchCosts costs, Split split) {
    this.times = times;
    this.bounds = bounds;
    this.costs = costs;
    this.split = split;
  }

  /**
   * The curve of one model.
   *
   * @param costs what its batches cost
   * @param asPrinted whether to split by (17) even where another split takes less time
   * @param budget latency budget in ns; counts that take longer are left out
   */
  static ServiceCurve of(BatchCosts costs, boolean asPrinted, long budget) {
    if (costs.largestBatch() == 0) {
      long[] nobody = {0};
      return new ServiceCurve(nobody, nobody, costs, new FullBatches(1, true));
    }
    boolean fullBatchesAreBest =
        costs.compute() instanceof ComputeTimes.Affine
            && !(costs.sharing() instanceof BandwidthSharing.PrbGrid);
    return fullBatchesAreBest || asPrinted
        ? FullBatches.curve(costs, asPrinted, budget)
        : BatchSplits.curve(costs, budget);
  }

  /** All batches as large as can be but one. */
  record FullBatches(int largestBatch, boolean fullFirst) implements Split {
    /** O(K), or O(K·b·log(w)) as printed with whole PRBs. */
    static ServiceCurve curve(BatchCosts costs, boolean asPrinted, long budget) {
      int batch = costs.largestBatch();
      boolean additive = costs.sharing() instanceof BandwidthSharing.Optimal;
      boolean fullFirst = additive || asPrinted;
      long[] unitTimes = costs.unitTimes();
      long[] times = new long[unitTimes.length + 1];
      int count = 1;
      long upload = 0;
      for (; count <= unitTimes.length && unitTimes[count - 1] <= MAX_UNIT_TIME; count++) {
        // Extends the curve by one user: the batch that changes ends with it, and the batches
        // before
        // that one are those of a smaller count, which has its time already.
        int size = fullFirst ? (count - 1) % batch + 1 : Math.min(batch, count);
        upload =
            additive
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
      boolean printedIsBest = additive && costs.compute() instanceof ComputeTimes.Affine;
      long[] bounds = asPrinted && !printedIsBest ? new long[unitTimes.length + 1] : curve;
      return new ServiceCurve(curve, bounds, costs, new FullBatches(batch, fullFirst));
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

  /** Unit times beyond this exceed any budget with any share, and must not overflow a sum. */
  static final long MAX_UNIT_TIME = Long.MAX_VALUE / 2;

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

  /**
   * A curve that no split of the users into batches beats; its own batches do not take its times.
   */
  ServiceCurve optimistic() {
    return isExact() ? this : new ServiceCurve(bounds, bounds, costs, split);
  }

  /**
   * The batches that serve {@code count} users, in their order, each as positions in the model's
   * users.
   */
  public List<int[]> batches(int count) {
    return split.batches(count);
  }

  /**
   * By how much longer it takes to serve the {@code count} cheapest users and one more, who joins
   * one of their batches or has one of its own, in ns; {@link Instance#NEVER} at most.
   *
   * @param unitTime the user's unit time, no shorter than theirs
   */
  public long timeOfOneMore(int count, long unitTime) {
    long least = costs.time(new long[] {unitTime});
    if (costs.sharing() instanceof BandwidthSharing.Optimal && split instanceof FullBatches) {
      int size = count % costs.largestBatch();
      return size == 0
          ? least
          : Math.min(
              least,
              Math.min(unitTime, Instance.NEVER)
                  + Math.min(costs.compute().time(size + 1), Instance.NEVER)
                  - costs.compute().time(size));
    }
    for (int[] batch : batches(count)) {
      if (batch.length < costs.largestBatch()) {
        long[] joined = Arrays.copyOf(costs.unitTimes(batch), batch.length + 1);
        joined[batch.length] = unitTime;
        least = Math.min(least, costs.time(joined) - costs.time(costs.unitTimes(batch)));
      }
    }
    return least;
  }

  /** What the model's batches cost. */
  BatchCosts costs() {
    return costs;
  }

  /**
   * The largest batch that memory, computing and bandwidth allow; 0 where not even one user fits.
   */
  public int largestBatch() {
    return costs.largestBatch();
  }
}
