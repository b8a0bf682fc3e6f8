// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

/**
 * Least upload times on a PRB grid by trying every number of PRBs for every user. Knows nothing of
 * how a good allocation looks; O(N²) for each set of users of which a time is asked.
 */
final class PrbAllocations {
  private final long[] onePrbTimes;
  private final int prbCount;
  private final long never;

  /**
   * By set of users, then by number n of PRBs: the least time until all have uploaded on at most n,
   * each with something to upload on at least one.
   */
  private final long[][] least;

  /**
   * Allocations to some users.
   *
   * @param onePrbTimes time of each user on one PRB, in ns; 0 if it has nothing to upload
   * @param prbCount PRBs of the grid
   * @param never in place of a time where there are fewer PRBs than users
   */
  PrbAllocations(long[] onePrbTimes, int prbCount, long never) {
    this.onePrbTimes = onePrbTimes;
    this.prbCount = prbCount;
    this.never = never;
    this.least = new long[1 << onePrbTimes.length][];
    this.least[0] = new long[prbCount + 1];
  }

  /** The least time in which a set of users uploads on the whole grid, in ns. */
  long leastTime(int users) {
    return leastTimes(users)[prbCount];
  }

  private long[] leastTimes(int users) {
    if (least[users] == null) {
      int user = Integer.numberOfTrailingZeros(users);
      long[] others = leastTimes(users & (users - 1));
      long[] times = new long[prbCount + 1];
      for (int all = 0; all <= prbCount; all++) {
        times[all] = never;
        boolean uploads = onePrbTimes[user] > 0;
        for (int own = uploads ? 1 : 0; own <= all; own++) {
          long time = uploads ? (onePrbTimes[user] + own - 1) / own : 0;
          times[all] = Math.min(times[all], Math.max(time, others[all - own]));
        }
      }
      least[users] = times;
    }
    return least[users];
  }
}
