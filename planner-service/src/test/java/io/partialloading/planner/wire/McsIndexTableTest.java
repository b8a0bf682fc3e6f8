// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class McsIndexTableTest {
  /** The tables' last column, which is rounded to four places. */
  private static double[] printedEfficiencies(McsIndexTable table) {
    return switch (table) {
      case QAM64 ->
          new double[] {
            0.2344, 0.3066, 0.3770, 0.4902, 0.6016, 0.7402, 0.8770, 1.0273, 1.1758, 1.3262, 1.3281,
            1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5703, 2.5664, 2.7305, 3.0293, 3.3223, 3.6094,
            3.9023, 4.2129, 4.5234, 4.8164, 5.1152, 5.3320, 5.5547
          };
      case QAM256 ->
          new double[] {
            0.2344, 0.3770, 0.6016, 0.8770, 1.1758, 1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5703,
            2.7305, 3.0293, 3.3223, 3.6094, 3.9023, 4.2129, 4.5234, 4.8164, 5.1152, 5.3320, 5.5547,
            5.8906, 6.2266, 6.5703, 6.9141, 7.1602, 7.4063
          };
      case QAM64_LOW_SE ->
          new double[] {
            0.0586, 0.0781, 0.0977, 0.1250, 0.1523, 0.1934, 0.2344, 0.3066, 0.3770, 0.4902, 0.6016,
            0.7402, 0.8770, 1.0273, 1.1758, 1.3281, 1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5664,
            2.7305, 3.0293, 3.3223, 3.6094, 3.9023, 4.2129, 4.5234
          };
    };
  }

  @ParameterizedTest
  @EnumSource
  void efficiency_everyIndex_isThePrintedOne(McsIndexTable table) {
    double[] printed = printedEfficiencies(table);

    assertEquals(printed.length - 1, table.maxIndex());
    for (int index = 0; index < printed.length; index++) {
      assertEquals(printed[index], table.efficiency(index), 0.5001e-4, "index " + index);
    }
  }

  @ParameterizedTest
  @EnumSource
  void efficiency_growsWithTheIndexButForOneStepOfThe64QamTable(McsIndexTable table) {
    for (int index = 1; index <= table.maxIndex(); index++) {
      // 64-QAM at 438/1024 carries a little less than 16-QAM at 658/1024.
      boolean falls = table == McsIndexTable.QAM64 && index == 17;
      assertEquals(falls, table.efficiency(index) < table.efficiency(index - 1), "index " + index);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "QAM64, 16, 2.5703125", // 4 * 658 / 1024
    "QAM64, 17, 2.56640625", // 6 * 438 / 1024
    "QAM256, 20, 5.33203125", // 8 * 682.5 / 1024
    "QAM256, 27, 7.40625", // 8 * 948 / 1024
    "QAM64_LOW_SE, 0, 0.05859375", // 2 * 30 / 1024
  })
  void efficiency_isOrderTimesCodeRateExactly(McsIndexTable table, int index, double expected) {
    assertEquals(expected, table.efficiency(index));
  }
}
