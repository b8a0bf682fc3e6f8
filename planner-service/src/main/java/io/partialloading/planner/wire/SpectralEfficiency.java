package io.partialloading.planner.wire;

import io.partialloading.planner.v1.LinkBudget;

/** Spectral efficiencies in bit/s/Hz from what is known of a channel. */
final class SpectralEfficiency {
  private static final double LN_2 = Math.log(2);

  private SpectralEfficiency() {}

  /** Shannon's log2(1 + SINR) for a SINR in dB. */
  static double ofSinrDb(double sinrDb) {
    return ofSinr(Math.pow(10, sinrDb / 10));
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
