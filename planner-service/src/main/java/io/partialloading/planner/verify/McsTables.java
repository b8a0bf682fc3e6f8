// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.McsTable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The MCS index tables of 3GPP TS 38.214 (Release 16, section 5.1.3.1). Entries are modulation
 * order and 1024 times the code rate, in the order of the index; the reserved indices are left out.
 */
final class McsTables {
  private static final BigDecimal RATE_UNIT = BigDecimal.valueOf(1024);

  /** Table 5.1.3.1-1, up to 64-QAM. */
  private static final double[][] QAM64 = {
    {2, 120}, {2, 157}, {2, 193}, {2, 251}, {2, 308}, {2, 379}, {2, 449}, {2, 526}, {2, 602},
    {2, 679}, {4, 340}, {4, 378}, {4, 434}, {4, 490}, {4, 553}, {4, 616}, {4, 658}, {6, 438},
    {6, 466}, {6, 517}, {6, 567}, {6, 616}, {6, 666}, {6, 719}, {6, 772}, {6, 822}, {6, 873},
    {6, 910}, {6, 948}
  };

  /** Table 5.1.3.1-2, up to 256-QAM. */
  private static final double[][] QAM256 = {
    {2, 120}, {2, 193}, {2, 308}, {2, 449}, {2, 602}, {4, 378}, {4, 434}, {4, 490}, {4, 553},
    {4, 616}, {4, 658}, {6, 466}, {6, 517}, {6, 567}, {6, 616}, {6, 666}, {6, 719}, {6, 772},
    {6, 822}, {6, 873}, {8, 682.5}, {8, 711}, {8, 754}, {8, 797}, {8, 841}, {8, 885}, {8, 916.5},
    {8, 948}
  };

  /** Table 5.1.3.1-3, up to 64-QAM with low spectral efficiencies. */
  private static final double[][] QAM64_LOW_SE = {
    {2, 30}, {2, 40}, {2, 50}, {2, 64}, {2, 78}, {2, 99}, {2, 120}, {2, 157}, {2, 193}, {2, 251},
    {2, 308}, {2, 379}, {2, 449}, {2, 526}, {2, 602}, {4, 340}, {4, 378}, {4, 434}, {4, 490},
    {4, 553}, {4, 616}, {6, 438}, {6, 466}, {6, 517}, {6, 567}, {6, 616}, {6, 666}, {6, 719},
    {6, 772}
  };

  private McsTables() {}

  private static double[][] entries(McsTable table) {
    return switch (table) {
      case MCS_TABLE_QAM64 -> QAM64;
      case MCS_TABLE_UNSPECIFIED, MCS_TABLE_QAM256 -> QAM256;
      case MCS_TABLE_QAM64_LOW_SE -> QAM64_LOW_SE;
      case UNRECOGNIZED -> new double[0][];
    };
  }

  /**
   * Bits per resource element of an index, modulation order times code rate.
   *
   * @throws IllegalArgumentException if the table has no such index
   */
  static BigDecimal bits(McsTable table, int index) {
    double[][] entries = entries(table);
    if (index < 0 || index >= entries.length) {
      throw new IllegalArgumentException("%s has no index %d".formatted(table, index));
    }
    // The quotient has an end, since the divisor is a power of two.
    return new BigDecimal(entries[index][0])
        .multiply(new BigDecimal(entries[index][1]))
        .divide(RATE_UNIT);
  }

  /** The bits of a mean of indices: each neighbour's, weighted by how near it is. */
  static BigDecimal bits(McsTable table, double meanIndex) {
    BigDecimal mean = new BigDecimal(meanIndex);
    BigDecimal below = mean.setScale(0, RoundingMode.FLOOR);
    BigDecimal above = mean.setScale(0, RoundingMode.CEILING);
    BigDecimal bits = bits(table, below.intValueExact());
    return below.equals(above)
        ? bits
        : bits.multiply(above.subtract(mean))
            .add(bits(table, above.intValueExact()).multiply(mean.subtract(below)));
  }

  /** The bits of the last index that is not reserved, which are the most. */
  static BigDecimal bitsOfLastIndex(McsTable table) {
    return bits(table, entries(table).length - 1);
  }
}
