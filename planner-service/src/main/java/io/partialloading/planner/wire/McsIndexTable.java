// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import java.util.Arrays;

/**
 * The MCS index tables of 3GPP TS 38.214 for a channel without transform precoding: tables
 * 5.1.3.1-1 to 5.1.3.1-3. An index stands for a modulation and a code rate; their product is the
 * efficiency of a resource element. Reserved indices are left out.
 */
enum McsIndexTable {
  /** Table 5.1.3.1-1, up to 64-QAM. */
  QAM64(
      schemes(2, 120, 157, 193, 251, 308, 379, 449, 526, 602, 679),
      schemes(4, 340, 378, 434, 490, 553, 616, 658),
      schemes(6, 438, 466, 517, 567, 616, 666, 719, 772, 822, 873, 910, 948)),

  /** Table 5.1.3.1-2, up to 256-QAM. */
  QAM256(
      schemes(2, 120, 193, 308, 449, 602),
      schemes(4, 378, 434, 490, 553, 616, 658),
      schemes(6, 466, 517, 567, 616, 666, 719, 772, 822, 873),
      schemes(8, 682.5, 711, 754, 797, 841, 885, 916.5, 948)),

  /** Table 5.1.3.1-3, up to 64-QAM with low spectral efficiencies. */
  QAM64_LOW_SE(
      schemes(2, 30, 40, 50, 64, 78, 99, 120, 157, 193, 251, 308, 379, 449, 526, 602),
      schemes(4, 340, 378, 434, 490, 553, 616),
      schemes(6, 438, 466, 517, 567, 616, 666, 719, 772));

  /** Code rates are printed times this. */
  private static final double RATE_UNIT = 1_024;

  private final double[] efficiencies;

  McsIndexTable(double[]... modulations) {
    this.efficiencies = Arrays.stream(modulations).flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * The efficiencies of consecutive indices.
   *
   * @param order bits of a modulated symbol, Q_m
   * @param rates target code rates R times 1024
   */
  private static double[] schemes(int order, double... rates) {
    return Arrays.stream(rates).map(rate -> order * rate / RATE_UNIT).toArray();
  }

  /** The largest index that is not reserved. */
  int maxIndex() {
    return efficiencies.length - 1;
  }

  /**
   * Efficiency of an index from 0 to {@link #maxIndex}, in bits per resource element, exact; of a
   * mean of indices that which is interpolated between its neighbours.
   */
  double efficiency(double index) {
    int below = Math.min((int) index, maxIndex() - 1);
    return Math.fma(
        efficiencies[below + 1] - efficiencies[below], index - below, efficiencies[below]);
  }

  /** The efficiency of the largest index, which is the highest. */
  double highestEfficiency() {
    return efficiencies[maxIndex()];
  }
}
