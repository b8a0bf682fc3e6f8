// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.Arrays;

/**
 * How the users of a batch share the band. A user's <em>unit time</em> is the time it uploads on
 * the whole band, or with a grid on one PRB; {@link Instance#unitTime} has them.
 */
public sealed interface BandwidthSharing {
  /** The most users that can upload together; those with nothing to upload are not counted. */
  int mostUploads();

  /** Whether a batch uploads in the sum of its users' unit times. */
  default boolean isAdditive() {
    return false;
  }

  /**
   * Time until all users of a batch have uploaded, in ns; {@link Long#MAX_VALUE} where it
   * overflows.
   *
   * @param unitTimes unit times, ascending, in ns
   * @param from first user of the batch
   * @param to one past its last
   */
  long uploadTime(long[] unitTimes, int from, int to);

  /**
   * A time that no batches which upload these users together beat, in ns; for each user alone it is
   * exact.
   *
   * @param sum the sum of their unit times
   * @param longest the longest of their unit times
   */
  long leastUploadTime(double sum, long longest);

  /** The shares of a batch's users, in their order; none for a user with nothing to upload. */
  Shares shares(long[] unitTimes);

  /**
   * Shares of the band.
   *
   * @param fractions fraction of the band by user
   * @param prbCounts whole PRBs by user; empty without a grid
   */
  record Shares(double[] fractions, int[] prbCounts) {}

  /** The optimal real shares of equation (12): in proportion to the unit times. */
  static BandwidthSharing optimal() {
    return Optimal.OPTIMAL;
  }

  /** {@code count} equal sub-channels, one user each. */
  static BandwidthSharing equalSubchannels(int count) {
    return new EqualSubchannels(count, 0, 0);
  }

  /** The optimal shares of a grid of {@code count} PRBs. */
  static BandwidthSharing prbGrid(int count) {
    return new PrbGrid(count);
  }

  /**
   * {@code count} equal sub-channels of whole PRBs, one user each; PRBs that do not divide lie
   * idle.
   */
  static BandwidthSharing equalSubchannelsOfGrid(int count, int prbCount) {
    return new EqualSubchannels(count, prbCount / count, prbCount);
  }

  /** The optimal real shares: a batch uploads in the sum of its full-band times (11). */
  final class Optimal implements BandwidthSharing {
    private static final Optimal OPTIMAL = new Optimal();
    private static final int[] NO_PRBS = {};

    private Optimal() {}

    @Override
    public boolean isAdditive() {
      return true;
    }

    @Override
    public int mostUploads() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long uploadTime(long[] unitTimes, int from, int to) {
      long sum = 0;
      for (int user = from; user < to; user++) {
        if (unitTimes[user] > Long.MAX_VALUE - sum) {
          return Long.MAX_VALUE;
        }
        sum += unitTimes[user];
      }
      return sum;
    }

    @Override
    public long leastUploadTime(double sum, long longest) {
      return (long) sum;
    }

    @Override
    public Shares shares(long[] unitTimes) {
      double[] fractions = new double[unitTimes.length];
      double upload = uploadTime(unitTimes, 0, unitTimes.length);
      for (int user = 0; user < fractions.length; user++) {
        fractions[user] = unitTimes[user] == 0 ? 0 : unitTimes[user] / upload;
      }
      return new Shares(fractions, NO_PRBS);
    }
  }

  /** Whole PRBs, at least one for each upload, in the best apportionment. */
  record PrbGrid(int prbCount) implements BandwidthSharing {
    public PrbGrid {
      if (prbCount < 1) {
        throw new IllegalArgumentException("prbCount = " + prbCount);
      }
    }

    @Override
    public int mostUploads() {
      return prbCount;
    }

    @Override
    public long uploadTime(long[] unitTimes, int from, int to) {
      return PrbApportionment.leastTime(unitTimes, from, to, prbCount);
    }

    @Override
    public long leastUploadTime(double sum, long longest) {
      // Batches that upload in t1, t2, … move at most N·(t1 + t2 + …) in all, and each user's batch
      // takes at least the time it would take alone.
      return Math.max(
          (long) (sum / prbCount * (1 - 1e-12)), PrbApportionment.ceilDiv(longest, prbCount));
    }

    @Override
    public Shares shares(long[] unitTimes) {
      int[] prbs = PrbApportionment.allocate(unitTimes, prbCount);
      double[] fractions = new double[prbs.length];
      Arrays.setAll(fractions, user -> (double) prbs[user] / prbCount);
      return new Shares(fractions, prbs);
    }
  }

  /**
   * Equal sub-channels: a batch uploads in its longest user's time.
   *
   * @param count number of sub-channels
   * @param prbsEach PRBs of each; 0 without a grid
   * @param prbCount PRBs of the grid; 0 without one
   */
  record EqualSubchannels(int count, int prbsEach, int prbCount) implements BandwidthSharing {
    public EqualSubchannels {
      if (count < 1 || (prbCount > 0 && prbsEach < 1)) {
        throw new IllegalArgumentException("%d sub-channels of %d PRBs".formatted(count, prbCount));
      }
    }

    @Override
    public int mostUploads() {
      return count;
    }

    @Override
    public long uploadTime(long[] unitTimes, int from, int to) {
      return time(unitTimes[to - 1]);
    }

    @Override
    public long leastUploadTime(double sum, long longest) {
      return time(longest);
    }

    private long time(long unitTime) {
      if (prbCount > 0) {
        return PrbApportionment.ceilDiv(unitTime, prbsEach);
      }
      return unitTime > Long.MAX_VALUE / count ? Long.MAX_VALUE : count * unitTime;
    }

    @Override
    public Shares shares(long[] unitTimes) {
      double fraction = prbCount > 0 ? (double) prbsEach / prbCount : 1.0 / count;
      double[] fractions = new double[unitTimes.length];
      Arrays.setAll(fractions, user -> unitTimes[user] == 0 ? 0 : fraction);
      int[] prbs = new int[prbCount > 0 ? unitTimes.length : 0];
      Arrays.setAll(prbs, user -> unitTimes[user] == 0 ? 0 : prbsEach);
      return new Shares(fractions, prbs);
    }
  }
}
