// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

/**
 * What the uplink can do for each user.
 *
 * @param prbCount PRBs of the grid, or {@link #NO_GRID}
 * @param fullBandRates rate B·R in bit/s of a user that has the whole band, averaged over uplink
 *     and downlink slots, by user; 0 out of reach
 * @param unitTimes time in ns, not yet rounded, in which a user uploads on the whole band, or with
 *     a grid on one PRB; positive infinity out of reach
 */
record Uplink(int prbCount, double[] fullBandRates, double[] unitTimes) {
  /** In place of a number of PRBs: the band can be shared in any fractions. */
  static final int NO_GRID = 0;
}
