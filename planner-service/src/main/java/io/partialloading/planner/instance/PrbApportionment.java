// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The division of a grid of whole physical resource blocks (PRBs) among the users of a batch so
 * that the last of them is done as early as possible: min–max apportionment.
 *
 * <p>A user that takes w on one PRB takes ⌈w/n⌉ on n, so it is done by time t exactly if it has at
 * least ⌈w/t⌉ PRBs. Hence the batch can upload in t if and only if {@code Σ ⌈w/t⌉ ≤ N}, which holds
 * for every larger t as well; the least such t is found by bisection from the continuous optimum
 * Σw/N upwards.
 */
final class PrbApportionment {
  /** In ns, 52 days: with such sums {@link #fitsShort} is exact. */
  private static final double LARGEST_SHORT_SUM = 0x1p52;

  private PrbApportionment() {}

  /**
   * The least time in which a batch uploads; O(b·log(w)) for b users.
   *
   * @param onePrbTimes time of each user on one PRB, in ns, ascending; 0 where nothing is to be
   *     uploaded
   * @param first first user of the batch
   * @param to one past its last
   * @param prbs number N of PRBs, at least the number of users that upload
   */
  static long leastTime(long[] onePrbTimes, int first, int to, int prbs) {
    int from = first;
    while (from < to && onePrbTimes[from] == 0) {
      from++;
    }
    if (from == to) {
      return 0;
    }
    double sum = sum(onePrbTimes, from, to);
    long tooShort = Math.max((long) Math.floor(sum / prbs * (1 - 1e-12)) - 1, 0);
    // With one PRB each the slowest user needs this long.
    long longEnough = onePrbTimes[to - 1];
    int spare = prbs - (to - from);
    if (spare > 0) {
      // As ⌈w/t⌉ < w/t + 1, all fit where the spare PRBs could be divided.
      longEnough = Math.min(longEnough, (long) Math.ceil(sum / spare * (1 + 1e-12)) + 1);
    }
    boolean isShort = sum <= LARGEST_SHORT_SUM;
    while (longEnough - tooShort > 1) {
      long middle = tooShort + (longEnough - tooShort) / 2;
      boolean fits =
          isShort
              ? fitsShort(onePrbTimes, from, to, prbs, middle)
              : fits(onePrbTimes, from, to, prbs, middle);
      if (fits) {
        longEnough = middle;
      } else {
        tooShort = middle;
      }
    }
    return longEnough;
  }

  /**
   * The PRBs of each user so that the batch uploads in its least time. PRBs that are left over then
   * go one by one to the user who is slowest at the time, the first of equals: they do not shorten
   * the batch, but leave a reserve where it is needed most.
   *
   * @param onePrbTimes as for {@link #leastTime}, of all users of the batch
   */
  static int[] allocate(long[] onePrbTimes, int prbs) {
    int users = onePrbTimes.length;
    long time = leastTime(onePrbTimes, 0, users, prbs);
    int[] granted = new int[users];
    if (time == 0) {
      return granted;
    }
    int spare = prbs;
    for (int user = 0; user < users; user++) {
      granted[user] = (int) ceilDiv(onePrbTimes[user], time);
      spare -= granted[user];
    }
    if (spare > 0) {
      PriorityQueue<Integer> slowestFirst =
          new PriorityQueue<>(
              Comparator.comparingDouble(
                      (Integer user) -> -(double) onePrbTimes[user] / granted[user])
                  .thenComparing(Comparator.naturalOrder()));
      for (int user = 0; user < users; user++) {
        if (granted[user] > 0) {
          slowestFirst.add(user);
        }
      }
      for (; spare > 0; spare--) {
        int slowest = slowestFirst.remove();
        granted[slowest]++;
        slowestFirst.add(slowest);
      }
    }
    return granted;
  }

  /**
   * {@link #fits} in doubles, which divide several times as fast. Exact for times of at most 2^52
   * ns together: w/t is a whole number or differs from one by 1/t or more, and is rounded by at
   * most w/t · 2^-53, which is less.
   */
  private static boolean fitsShort(long[] onePrbTimes, int from, int to, int prbs, long time) {
    double divisor = time;
    double needed = 0;
    for (int user = from; user < to; user++) {
      needed += Math.ceil(onePrbTimes[user] / divisor);
    }
    return needed <= prbs;
  }

  private static boolean fits(long[] onePrbTimes, int from, int to, int prbs, long time) {
    long needed = 0;
    for (int user = from; user < to && needed <= prbs; user++) {
      needed += ceilDiv(onePrbTimes[user], time);
    }
    return needed <= prbs;
  }

  private static double sum(long[] times, int from, int to) {
    double sum = 0;
    for (int user = from; user < to; user++) {
      sum += times[user];
    }
    return sum;
  }

  /** The quotient rounded up, of a dividend of at least 0. */
  static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
