// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
 * unless a bound on it rules it out first.
 */
final class BatchSplits implements ServiceCurve.Split {
  /** 3^8 / 2 = 3,281 steps and 255 apportionments: a fraction of a millisecond. */
  private static final int MAX_PARTITIONED = 8;

  private final BatchCosts costs;
  private final long budget;
  private final long[] unitTimes;
  private final double[] sums; // of the k smallest unit times
  private final int[] lastSize; // by count: the size of the last run
  private final long[] leastOfSubset; // by subset of the first users; empty where runs are exact
  private final int[] lastBatch; // by subset: the batch that ends it

  private BatchSplits(BatchCosts costs, long budget) {
    this.costs = costs;
    this.budget = budget;
    this.unitTimes = costs.unitTimes();
    this.sums = new double[unitTimes.length + 1];
    for (int k = 0; k < unitTimes.length; k++) {
      sums[k + 1] = sums[k] + unitTimes[k];
    }
    this.lastSize = new int[unitTimes.length + 1];
    int partitioned =
        costs.sharing() instanceof BandwidthSharing.PrbGrid
            ? Math.min(unitTimes.length, MAX_PARTITIONED)
            : 0;
    this.leastOfSubset = new long[1 << partitioned];
    this.lastBatch = new int[1 << partitioned];
    partition();
  }

  static ServiceCurve curve(BatchCosts costs, long budget) {
    BatchSplits splits = new BatchSplits(costs, budget);
    long[] times = splits.times();
    boolean exact =
        !(costs.sharing() instanceof BandwidthSharing.PrbGrid)
            || splits.unitTimes.length <= MAX_PARTITIONED;
    return new ServiceCurve(times, exact ? times : splits.bounds(), costs, splits);
  }

  /** Fills the program over subsets; each batch is found with the subset's last user in it. */
  private void partition() {
    long[] timeOfBatch = new long[leastOfSubset.length];
    for (int subset = 1; subset < leastOfSubset.length; subset++) {
      timeOfBatch[subset] =
          Integer.bitCount(subset) <= costs.largestBatch()
              ? costs.time(costs.unitTimes(positions(subset)))
              : Instance.NEVER;
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
    for (int count = 1; count <= unitTimes.length; count++) {
      least[count] =
          isPartitioned(count) ? leastOfSubset[(1 << count) - 1] : leastInRuns(count, least);
      if (least[count] > budget) {
        return Arrays.copyOf(least, count);
      }
    }
    return least;
  }

  private boolean isPartitioned(int count) {
    return count < Integer.SIZE - 1 && 1 << count <= leastOfSubset.length;
  }

  private long leastInRuns(int count, long[] least) {
    long best = Instance.NEVER;
    for (int size = 1; size <= Math.min(count, costs.largestBatch()); size++) {
      int from = count - size;
      long others = least[from] + Math.min(costs.compute().time(size), Instance.NEVER);
      if (others + leastUploadTime(from, count) >= best) {
        continue;
      }
      long time = others + Math.min(costs.uploadTime(from, count), Instance.NEVER);
      if (time < best) {
        best = time;
        lastSize[count] = size;
      }
    }
    return best;
  }

  /**
   * What no batches with the users {@code from} to {@code to - 1} beat, at most {@link
   * Instance#NEVER}.
   */
  private long leastUploadTime(int from, int to) {
    long time = costs.sharing().leastUploadTime(sums[to] - sums[from], unitTimes[to - 1]);
    // A difference of sums of doubles may be a little too large to be a bound.
    return (long) (Math.min(time, Instance.NEVER) * (1 - 1e-9));
  }

  /** Times that no split beats, as far as the budget reaches; those found where they are exact. */
  private long[] bounds() {
    long[] bounds = new long[unitTimes.length + 1];
    long[] computing = new long[unitTimes.length + 1];
    for (int count = 1; count <= unitTimes.length; count++) {
      computing[count] = Instance.NEVER;
      for (int size = 1; size <= Math.min(count, costs.largestBatch()); size++) {
        long time = Math.min(costs.compute().time(size), Instance.NEVER);
        computing[count] = Math.min(computing[count], computing[count - size] + time);
      }
      bounds[count] =
          isPartitioned(count)
              ? leastOfSubset[(1 << count) - 1]
              : Math.max(bounds[count - 1], computing[count] + leastUploadTime(0, count));
      if (bounds[count] > budget) {
        return Arrays.copyOf(bounds, count);
      }
    }
    return bounds;
  }

  @Override
  public List<int[]> batches(int count) {
    List<int[]> batches = new ArrayList<>();
    int left = count;
    while (!isPartitioned(left)) {
      int[] run = new int[lastSize[left]];
      for (int i = 0; i < run.length; i++) {
        run[i] = left - run.length + i;
      }
      batches.add(run);
      left -= run.length;
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
