// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import java.math.BigDecimal;

/**
 * By how much a plan takes everything to last longer, for a plant that jitters: 0.1 is 10 %.
 *
 * @param upload of uploads, 0 to {@link #LARGEST}
 * @param load of loads, likewise
 * @param compute of computing, likewise
 */
record Margins(double upload, double load, double compute) {
  static final double LARGEST = 100;

  Scaling scaling() {
    return new Scaling(factor(upload), factor(load), factor(compute), 1);
  }

  /** As a decimal number: 1 + 0.57 is 1.57, which it is not in doubles. */
  private static double factor(double margin) {
    return BigDecimal.ONE.add(BigDecimal.valueOf(margin)).doubleValue();
  }
}
