// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/** Student's t distribution. */
final class StudentT {
  private static final double[] SMALL = {12.7062047, 4.30265273, 3.18244631, 2.77644511};

  private StudentT() {}

  /**
   * The value that t stays below with probability 97.5 %: to within 0.0003 by the series of
   * Abramowitz and Stegun, 26.7.5, and from their table where that is worse.
   *
   * @param freedom degrees of freedom, at least 1
   */
  static double quantile975(int freedom) {
    if (freedom <= SMALL.length) {
      return SMALL[freedom - 1];
    }
    double v = 1.0 / freedom;
    return 1.9599640 + v * (2.3722712 + v * (2.8224986 + v * (2.5558497 + v * 1.5895341)));
  }
}
