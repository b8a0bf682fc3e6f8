// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The outcomes of a curve at a setting, added up. Whole numbers, so that the order does not matter.
 *
 * @param realisations number of outcomes, at least 1
 * @param users sum of users waiting
 * @param served sum of users served
 * @param usersSquared sum of squares of users waiting
 * @param servedSquared sum of squares of users served
 * @param servedTimesUsers sum of products of both
 * @param bound sum of bounds
 * @param proven number of proven plans
 * @param planningNanos sum of planning times, in ns
 * @param medianPlanningNanos median planning time, in ns
 */
record Tally(
    int realisations,
    long users,
    long served,
    long usersSquared,
    long servedSquared,
    long servedTimesUsers,
    long bound,
    int proven,
    long planningNanos,
    long medianPlanningNanos) {
  private static final double NANOS_PER_MICRO = 1000;

  /** 97.5 % quantiles of Student's t for one degree of freedom, two, and so on. */
  private static final double[] SMALL_T = {12.7062047, 4.30265273, 3.18244631, 2.77644511};

  Tally {
    if (realisations < 1 || users < 0 || served < 0 || bound < 0 || proven < 0) {
      throw new IllegalArgumentException("not a tally");
    }
  }

  static Tally of(List<Outcome> outcomes) {
    long users = 0;
    long served = 0;
    long usersSquared = 0;
    long servedSquared = 0;
    long servedTimesUsers = 0;
    long bound = 0;
    int proven = 0;
    for (Outcome outcome : outcomes) {
      users += outcome.users();
      served += outcome.served();
      usersSquared += (long) outcome.users() * outcome.users();
      servedSquared += (long) outcome.served() * outcome.served();
      servedTimesUsers += (long) outcome.served() * outcome.users();
      bound += outcome.bound();
      proven += outcome.proven() ? 1 : 0;
    }
    long[] nanos = outcomes.stream().mapToLong(Outcome::planningNanos).sorted().toArray();
    return new Tally(
        outcomes.size(),
        users,
        served,
        usersSquared,
        servedSquared,
        servedTimesUsers,
        bound,
        proven,
        LongStream.of(nanos).sum(),
        median(nanos));
  }

  private static long median(long[] sorted) {
    int upper = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
  }

  Sample sample() {
    return new Sample(
        realisations,
        users,
        served,
        shareOfUsers(served),
        halfWidth(),
        shareOfUsers(bound),
        proven,
        planningNanos / NANOS_PER_MICRO / realisations,
        medianPlanningNanos / NANOS_PER_MICRO);
  }

  private double shareOfUsers(long part) {
    return users == 0 ? 0 : (double) part / users;
  }

  /**
   * Half the 95 % confidence interval of served over users as a ratio of means, by Student's t.
   *
   * <p>With n realisations, S = Σs, U = Σu and R = S / U, the variance of R is n / ((n - 1) U²) · Σ
   * (s - R u)² (Cochran, Sampling Techniques, 3rd edition, section 2.11): where all realisations
   * have as many users, that of the mean of s / u. U² Σ (s - R u)² is U² Σs² - 2 S U Σsu + S² Σu²,
   * which is added exactly, for its parts nearly cancel.
   */
  private double halfWidth() {
    if (realisations == 1 || users == 0) {
      return 0;
    }
    BigInteger u = BigInteger.valueOf(users);
    BigInteger s = BigInteger.valueOf(served);
    double residuals =
        u.multiply(u)
            .multiply(BigInteger.valueOf(servedSquared))
            .subtract(s.multiply(u).shiftLeft(1).multiply(BigInteger.valueOf(servedTimesUsers)))
            .add(s.multiply(s).multiply(BigInteger.valueOf(usersSquared)))
            .doubleValue();
    double freedom = realisations - 1.0;
    double deviation = Math.sqrt(residuals * realisations / freedom) / users / users;
    return quantile975(realisations - 1) * deviation;
  }

  /**
   * The value that Student's t stays below with probability 97.5 %: to within 0.0003 by the series
   * of Abramowitz and Stegun, 26.7.5, and from their table where that is worse.
   *
   * @param freedom degrees of freedom, at least 1
   */
  static double quantile975(int freedom) {
    if (freedom <= SMALL_T.length) {
      return SMALL_T[freedom - 1];
    }
    double v = 1.0 / freedom;
    return 1.9599640 + v * (2.3722712 + v * (2.8224986 + v * (2.5558497 + v * 1.5895341)));
  }
}
