// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.LinkBudget;

/**
 * Spectral efficiencies in bit/s/Hz of the band from what is known of a channel. An MCS and a SINR
 * tell the efficiency of a resource element; {@link #perHertz} turns it into one of hertz.
 */
final class SpectralEfficiency {
  /**
   * More than any radio carries: a SINR of 301 dB. What is above is taken for a mistake in units.
   */
  static final double LARGEST = 100;

  /** Resource elements of a PRB and slot: 12 sub-carriers of 14 symbols. */
  static final int ELEMENTS_OF_PRB = 12 * 14;

  /** The most of them that a transport block uses: 3GPP TS 38.214, 6.1.4.2. */
  static final int MOST_DATA_ELEMENTS = 156;

  /**
   * What a PRB and slot takes of the band, in hertz times seconds, with any sub-carrier spacing: 12
   * sub-carriers of 15 kHz for 1 ms, or of 30 kHz for 0.5 ms.
   */
  private static final int HERTZ_SECONDS_OF_PRB = 180;

  private static final double LN_2 = Math.log(2);

  private SpectralEfficiency() {}

  /**
   * The efficiency per hertz of resource elements. In this order the product of a tabled efficiency
   * and two whole numbers is exact and only the division rounds.
   *
   * @param ofElement bits per resource element and layer, or not a number, as the result then is
   * @param layers number of layers
   * @param dataElements resource elements of a PRB and slot that carry data, or not a number
   */
  static double perHertz(double ofElement, int layers, double dataElements) {
    return ofElement * (layers * dataElements) / HERTZ_SECONDS_OF_PRB;
  }

  /**
   * Bits per resource element for a SINR: Shannon's log2(1 + SINR), but at most what a table of MCS
   * has.
   *
   * @param sinrDb SINR in dB, already lowered by what a receiver loses
   */
  static double ofElement(double sinrDb, McsIndexTable mcsTable) {
    return Math.min(ofSinr(Math.pow(10, sinrDb / 10)), mcsTable.highestEfficiency());
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
