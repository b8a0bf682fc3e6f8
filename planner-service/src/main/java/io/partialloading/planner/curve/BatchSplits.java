// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Best splits of a model's cheapest users into batches, where full batches need not be best.
 *
 * <p>Over runs of neighbours: {@code least[k]} is the least time to serve the k cheapest users in
 * batches of users next to each other in the cheapest-first order,
 *
 * <pre>  least[k] = min over s of least[k − s] + upload(k − s .. k) + compute(s)  </pre>
 *
 * With optimal real shares a batch's upload is a sum, so its members do not matter and runs are as
 * good as any; with equal sub-channels it is that of the longest, and exchanging users so that
 * batches become runs makes no batch longer. In both cases the program is exact. With whole PRBs it
 * is not: then the first {@link #MAX_PARTITIONED} users are split by a program over all subsets,
 * which is exact, and for more users {@code bounds[k]} says what no split beats: the upload if PRBs
 * could be divided, and the computing of the cheapest batch sizes.
 *
 * <p>O(K·b) steps for K users and batches of at most b, those with whole PRBs each O(b·log(w))
 * unless a bound on it rules it out first. When the {@link SplitEffort} for this is spent, each
 * further count tries few sizes, and with whole PRBs works out one; when that is spent too, it is
 * only estimated, from above. Then the bounds hold as with whole PRBs.
 */
final class BatchSplits implements ServiceCurve.Split {
  /** 3^8 / 2 = 3,281 steps and 255 apportionments: a fraction of a millisecond. */
  private static final int MAX_PARTITIONED = 8;

  /** Rounds of bisection that an apportionment takes, about. */
  private static final int ROUNDS = 20;

  private static final double PARTITION_STEPS = 1 << 14;

  private final BatchCosts costs;
  private final long budget;
  private final SplitEffort effort;
  private final long[] unitTimes;
  private final int prbs; // of the grid, 0 without
  private final double[] sums; // of the k smallest unit times
  private final long[] exactSums; // the same with additive uploads, at most NEVER
  private final int[] lastSize; // by count: the size of the last run
  private final int[] splitOf; // by count: whose split it has, without the users beyond the count
  private final long[] leastOfSubset; // by subset of the first users; empty where runs are exact
  private final int[] lastBatch; // by subset: the batch that ends it
  private boolean triedAll = true;

  private BatchSplits(BatchCosts costs, long budget, SplitEffort effort) {
    this.costs = costs;
    this.budget = budget;
    this.effort = effort;
    this.unitTimes = costs.unitTimes();
    this.prbs = costs.isOnGrid() ? costs.sharing().mostUploads() : 0;
    this.sums = new double[unitTimes.length + 1];
    this.exactSums = new long[unitTimes.length + 1];
    for (int k = 0; k < unitTimes.length; k++) {
      sums[k + 1] = sums[k] + unitTimes[k];
      exactSums[k + 1] = Instance.sum(exactSums[k], unitTimes[k]);
    }
    this.lastSize = new int[unitTimes.length + 1];
    this.splitOf = new int[unitTimes.length + 1];
    int partitioned =
        costs.isOnGrid() && effort.allows(PARTITION_STEPS)
            ? Math.min(unitTimes.length, MAX_PARTITIONED)
            : 0;
    this.leastOfSubset = new long[1 << partitioned];
    this.lastBatch = new int[1 << partitioned];
    partition();
  }

  static ServiceCurve curve(BatchCosts costs, long budget, SplitEffort effort) {
    BatchSplits splits = new BatchSplits(costs, budget, effort);
    long[] times = splits.times();
    boolean isExact =
        costs.isOnGrid() ? splits.isPartitioned(splits.unitTimes.length) : splits.triedAll;
    return new ServiceCurve(times, isExact ? times : splits.bounds(), splits);
  }

  /** Fills the program over subsets; each batch is found with the subset's last user in it. */
  private void partition() {
    long[] timeOfBatch = new long[leastOfSubset.length];
    for (int subset = 1; subset < leastOfSubset.length; subset++) {
      int size = Integer.bitCount(subset);
      effort.spend(size * ROUNDS);
      timeOfBatch[subset] =
          size <= costs.largestBatch() ? costs.time(positions(subset)) : Instance.NEVER;
    }
    for (int subset = 1; subset < leastOfSubset.length; subset++) {
      int last = Integer.highestOneBit(subset);
      int others = subset ^ last;
      leastOfSubset[subset] = Instance.NEVER;
      for (int mates = others; ; mates = (mates - 1) & others) {
        long time =
            Math.min(timeOfBatch[mates | last] + leastOfSubset[others ^ mates], Instance.NEVER);
        if (time < leastOfSubset[subset]) {
          leastOfSubset[subset] = time;
          lastBatch[subset] = mates | last;
        }
        if (mates == 0) {
          break;
        }
      }
    }
  }

  /** The least times found, by count, as far as the budget reaches. */
  private long[] times() {
    long[] least = new long[unitTimes.length + 1];
    int end = 1;
    for (; end < least.length && leastUpload(0, end) <= budget; end++) {
      least[end] = isPartitioned(end) ? leastOfSubset[(1 << end) - 1] : leastInRuns(end, least);
      if (triedAll && least[end] > budget) {
        break; // and so do all larger counts
      }
    }
    // Where not all sizes were tried, more users may have been found to take less time.
    for (int count = end - 1; count >= 0; count--) {
      boolean isSooner = count + 1 < end && least[count + 1] < least[count];
      splitOf[count] = isSooner ? splitOf[count + 1] : count;
      least[count] = isSooner ? least[count + 1] : least[count];
    }
    while (end > 1 && least[end - 1] > budget) {
      end--;
    }
    return Arrays.copyOf(least, end);
  }

  private boolean isPartitioned(int count) {
    return count < Integer.SIZE - 1 && 1 << count <= leastOfSubset.length;
  }

  /** Tries the most promising size first, so that bounds rule out most of the others. */
  private long leastInRuns(int count, long[] least) {
    int largest = Math.min(count, costs.largestBatch());
    triedAll &= effort.allows(largest);
    int best = 1;
    long bestEstimate = Long.MAX_VALUE;
    for (int size = 1; size > 0; size = next(size, count, largest)) {
      long estimate = timeBefore(count, size, least) + estimatedUpload(count - size, count);
      if (estimate < bestEstimate) {
        bestEstimate = estimate;
        best = size;
      }
    }
    effort.spend(triedAll ? largest : Integer.SIZE);
    long bestTime = timeBefore(count, best, least) + upload(count - best, count);
    for (int size = 1; triedAll && size <= largest; size++) {
      long before = timeBefore(count, size, least);
      // Of sizes that take the same time the smallest is taken.
      long worse = size < best ? bestTime + 1 : bestTime;
      if (size == best || before + leastUpload(count - size, count) >= worse) {
        continue;
      }
      triedAll = effort.allows(prbs == 0 ? 0 : size * ROUNDS);
      long time = before + upload(count - size, count);
      if (time < worse) {
        bestTime = time;
        best = size;
      }
    }
    lastSize[count] = best;
    return Math.min(bestTime, Instance.NEVER);
  }

  /**
   * The next larger size to try, 0 if there is none: every one; or with little effort left some in
   * each octave, the last batch of one user fewer with this user in it, and the largest.
   */
  private int next(int size, int count, int largest) {
    if (size == largest) {
      return 0;
    }
    int next = triedAll ? size + 1 : Math.min(size + Math.max(1, size / 4), largest);
    int longer = lastSize[count - 1] + 1;
    return size < longer && longer < next ? longer : next;
  }

  /** Time to serve all users but the last {@code size}, and to compute these. */
  private long timeBefore(int count, int size, long[] least) {
    return least[count - size] + costs.computeTime(size);
  }

  /**
   * Time to upload the users {@code from} to {@code to - 1} in one batch, or somewhat more where
   * the effort is spent, in ns, at most {@link Instance#NEVER}.
   */
  private long upload(int from, int to) {
    if (costs.sharing().isAdditive()) {
      return exactSums[to] == Instance.NEVER ? Instance.NEVER : exactSums[to] - exactSums[from];
    }
    if (prbs == 0 || !effort.isExhausted()) {
      effort.spend(prbs == 0 ? 1 : (to - from) * ROUNDS);
      return Math.min(costs.uploadTime(from, to), Instance.NEVER);
    }
    // With ⌈w/t⌉ < w/t + 1 PRBs each, users fit in t ≥ Σw / (N − b); or each has one PRB.
    double divided = (sums[to] - sums[from]) / (prbs - (to - from));
    double enough = to - from < prbs ? divided * (1 + 1e-9) + 1 : Double.POSITIVE_INFINITY;
    return Math.min((long) enough, Math.min(unitTimes[to - 1], Instance.NEVER));
  }

  /** About the time to upload the users in one batch: rounding to PRBs costs each half a one. */
  private long estimatedUpload(int from, int to) {
    long least = leastUpload(from, to);
    if (prbs == 0) {
      return least;
    }
    double rounded = (sums[to] - sums[from]) / (prbs - 0.5 * (to - from));
    return Math.max(least, (long) Math.min(Math.min(rounded, unitTimes[to - 1]), Instance.NEVER));
  }

  /**
   * What no batches with the users {@code from} to {@code to - 1} beat, at most {@link
   * Instance#NEVER}.
   */
  private long leastUpload(int from, int to) {
    long time = costs.sharing().leastUploadTime(sums[to] - sums[from], unitTimes[to - 1]);
    // A difference of sums of doubles may be a little too large to be a bound.
    return (long) (Math.min(time, Instance.NEVER) * (1 - 1e-9));
  }

  /** Times that no split beats, as far as the budget reaches; those found where they are exact. */
  private long[] bounds() {
    long[] bounds = new long[unitTimes.length + 1];
    long[] computing = new long[unitTimes.length + 1];
    double leastOfUser = leastComputeTimeOfUser();
    for (int count = 1; count <= unitTimes.length; count++) {
      computing[count] = leastComputeTime(count, computing, leastOfUser);
      bounds[count] =
          isPartitioned(count)
              ? leastOfSubset[(1 << count) - 1]
              : Math.max(bounds[count - 1], computing[count] + leastUpload(0, count));
      if (bounds[count] > budget) {
        return Arrays.copyOf(bounds, count);
      }
    }
    return bounds;
  }

  /** What computing so many users takes at least, in ns, at most {@link Instance#NEVER}. */
  private long leastComputeTime(int count, long[] ofFewer, double ofUser) {
    int largest = Math.min(count, costs.largestBatch());
    if (costs.compute() instanceof ComputeTimes.Affine affine) {
      double batches = Math.ceil((double) count / costs.largestBatch());
      double time = batches * affine.perBatch() + (double) count * affine.perSample();
      return time < 0x1p52 ? (long) time : (long) Math.min(time * (1 - 1e-9), Instance.NEVER);
    }
    if (!effort.allows(largest)) {
      return Math.max(ofFewer[count - 1], (long) Math.min(count * ofUser, Instance.NEVER));
    }
    effort.spend(largest);
    long least = Instance.NEVER;
    for (int size = 1; size <= largest; size++) {
      least = Math.min(least, ofFewer[count - size] + costs.computeTime(size));
    }
    return least;
  }

  /** The least time a user of any batch takes to compute, in ns, rounded down. */
  private double leastComputeTimeOfUser() {
    double least = Double.POSITIVE_INFINITY;
    int largest = Math.min(unitTimes.length, costs.largestBatch());
    for (int size = 1; size <= largest; size++) {
      least = Math.min(least, (double) costs.computeTime(size) / size);
    }
    return least * (1 - 1e-9);
  }

  @Override
  public List<int[]> batches(int count) {
    List<int[]> batches = new ArrayList<>();
    int left = splitOf[count];
    while (!isPartitioned(left)) {
      int from = left - lastSize[left];
      if (from < count) {
        batches.add(IntStream.range(from, Math.min(left, count)).toArray());
      }
      left = from;
    }
    for (int subset = (1 << left) - 1; subset != 0; subset ^= lastBatch[subset]) {
      batches.add(positions(lastBatch[subset]));
    }
    Collections.reverse(batches);
    return batches;
  }

  private static int[] positions(int subset) {
    int[] positions = new int[Integer.bitCount(subset)];
    for (int rest = subset, i = 0; rest != 0; rest &= rest - 1) {
      positions[i++] = Integer.numberOfTrailingZeros(rest);
    }
    return positions;
  }
}
