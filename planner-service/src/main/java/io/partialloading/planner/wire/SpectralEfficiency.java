// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.LinkBudget;

/** Spectral efficiencies in bit/s/Hz from what is known of a channel. */
final class SpectralEfficiency {
  /**
   * More than any radio carries: a SINR of 301 dB. What is above is taken for a mistake in units.
   */
  static final double LARGEST = 100;

  /** What the air interface can carry: 8 bits a symbol at a code rate of 948/1024. */
  static final double LARGEST_OF_QAM256 =
      McsIndexTable.QAM256.efficiency(McsIndexTable.QAM256.maxIndex());

  private static final double LN_2 = Math.log(2);

  private SpectralEfficiency() {}

  /** Shannon's log2(1 + SINR) for a SINR in dB, but at most {@link #LARGEST_OF_QAM256}. */
  static double ofSinrDb(double sinrDb) {
    return Math.min(ofSinr(Math.pow(10, sinrDb / 10)), LARGEST_OF_QAM256);
  }

  /**
   * The paper's log2(1 + P · g · d^−α / N0); infinite or not a number where the physical
   * parameters, though each in its range, overflow together.
   */
  static double of(LinkBudget budget) {
    double gain = budget.hasFadingPowerGain() ? budget.getFadingPowerGain() : 1;
    double power = budget.getTransmitPsdWPerHz() * gain;
    if (power == 0) {
      return 0; // whatever the path loss, which may overflow
    }
    return ofSinr(
        power
            * Math.pow(budget.getDistanceM(), -budget.getPathLossExponent())
            / budget.getNoisePsdWPerHz());
  }

  /** Accurate for a SINR near 0 too, where 1 + SINR would lose it. */
  private static double ofSinr(double sinr) {
    return Math.log1p(sinr) / LN_2;
  }
}
