// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

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
    return new Scaling(1 + upload, 1 + load, 1 + compute, 1);
  }
}
