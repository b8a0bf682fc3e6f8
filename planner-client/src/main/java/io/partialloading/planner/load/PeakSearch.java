// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

/**
 * Finds the highest rate that a server bears, by trials: doubling the rate, or halving it, until it
 * is known to lie between two rates, and then halving what is between them.
 *
 * @param trial one load on a server
 * @param precision how far apart the rate that is borne and one that is not may be in the end, as a
 *     share of the former, above 0
 */
public record PeakSearch(Trial trial, double precision) {
  private static final double LOWEST_RATE = 1;

  /** One load on a server. */
  public interface Trial {
    /**
     * Whether the server bears a rate, in calls a second.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    boolean bears(double ratePerSecond) throws InterruptedException;
  }

  /**
   * Searches, in about log2(peak / first rate) + log2(1 / precision) trials, or twice the first
   * part if the first rate is not borne.
   *
   * @param firstRate the first rate tried, from 1 to {@link Load#MAX_RATE}
   * @return the highest rate that was tried and borne; 0 if not even one call a second is
   * @throws InterruptedException if the thread is interrupted
   */
  public double peak(double firstRate) throws InterruptedException {
    double borne = 0;
    double tooHigh = Double.POSITIVE_INFINITY;
    double rate = firstRate;
    while (tooHigh - borne > precision * borne) {
      if (trial.bears(rate)) {
        borne = rate;
      } else {
        tooHigh = rate;
      }
      if (borne == Load.MAX_RATE || tooHigh <= LOWEST_RATE) {
        return borne;
      }
      rate = next(borne, tooHigh);
    }
    return borne;
  }

  private static double next(double borne, double tooHigh) {
    if (borne == 0) {
      return Math.max(LOWEST_RATE, tooHigh / 2);
    }
    return tooHigh == Double.POSITIVE_INFINITY
        ? Math.min(Load.MAX_RATE, borne * 2)
        : (borne + tooHigh) / 2;
  }
}
