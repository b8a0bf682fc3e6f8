// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.UserChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelQualityTest {
  /** The column "spectral efficiency" of the tables, as printed with four decimals. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QAM64 | 0.2344 0.3066 0.3770 0.4902 0.6016 0.7402 0.8770 1.0273 1.1758 1.3262 1.3281 1.4766"
            + " 1.6953 1.9141 2.1602 2.4063 2.5703 2.5664 2.7305 3.0293 3.3223 3.6094 3.9023 4.2129"
            + " 4.5234 4.8164 5.1152 5.3320 5.5547",
        "QAM256 | 0.2344 0.3770 0.6016 0.8770 1.1758 1.4766 1.6953 1.9141 2.1602 2.4063 2.5703 2.7305"
            + " 3.0293 3.3223 3.6094 3.9023 4.2129 4.5234 4.8164 5.1152 5.3320 5.5547 5.8906 6.2266"
            + " 6.5703 6.9141 7.1602 7.4063",
        "QAM64_LOW_SE | 0.0586 0.0781 0.0977 0.1250 0.1523 0.1934 0.2344 0.3066 0.3770 0.4902 0.6016"
            + " 0.7402 0.8770 1.0273 1.1758 1.3281 1.4766 1.6953 1.9141 2.1602 2.4063 2.5664 2.7305"
            + " 3.0293 3.3223 3.6094 3.9023 4.2129 4.5234",
      })
  void mcs_hasThePrintedEfficiency(String name, String efficiencies) {
    McsTable table = McsTable.valueOf("MCS_TABLE_" + name);
    String[] printed = efficiencies.trim().split(" ");
    for (int index = 0; index < printed.length; index++) {
      // The tables print four decimals, some of them rounded down from a half.
      assertEquals(
          Double.parseDouble(printed[index]),
          efficiency(table, index),
          0.5001e-4,
          name + " " + index);
    }
    assertThrows(IllegalArgumentException.class, () -> efficiency(table, printed.length));
    assertThrows(IllegalArgumentException.class, () -> efficiency(table, -1));
  }

  @Test
  void mcsTableUnspecified_is256Qam() {
    assertEquals(7.40625, efficiency(McsTable.MCS_TABLE_UNSPECIFIED, 27));
  }

  @ParameterizedTest
  @EnumSource(names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
  void sinrOfTheStrongestSignal_isWorthTheHighestIndexOfTheTable(McsTable table) {
    int highest =
        table == McsTable.MCS_TABLE_QAM64 || table == McsTable.MCS_TABLE_QAM64_LOW_SE ? 28 : 27;

    for (int index = 0; index <= highest; index++) {
      assertTrue(efficiency(table, index) <= ofSinr(table, 1000), table + " " + index);
    }
    assertEquals(efficiency(table, highest), ofSinr(table, 1000));
  }

  @Test
  void meanMcs_isBetweenItsNeighboursInEfficiency() {
    ChannelQuality quality = quality(McsTable.MCS_TABLE_QAM64);

    // Indices 16 and 17: 4 · 658/1024 and 6 · 438/1024, the larger first.
    assertEquals("2.5703125", quality.bitsOfSlot(meanMcs(16)).toPlainString());
    assertEquals("2.5693359375", quality.bitsOfSlot(meanMcs(16.25)).toPlainString());
    assertEquals("2.56640625", quality.bitsOfSlot(meanMcs(17)).toPlainString());
    assertEquals("5.5546875", quality.bitsOfSlot(meanMcs(28)).toPlainString());
    assertEquals("0.234375", quality.bitsOfSlot(meanMcs(0)).toPlainString());
  }

  private static UserChannel meanMcs(double mean) {
    return UserChannel.newBuilder().setMeanUplinkMcs(mean).build();
  }

  @Test
  void elementsAndLayers_countWhereTheEfficiencyIsOneOfElements() {
    ChannelQuality quality =
        new ChannelQuality(ChannelState.newBuilder().setDataElementsPerPrb(144).build());
    UserChannel.Builder mcs = UserChannel.newBuilder().setUplinkMcs(27);

    assertEquals(144 * 7.40625, quality.bitsOfSlot(mcs.build()).doubleValue());
    assertEquals(288 * 7.40625, quality.bitsOfSlot(mcs.setUplinkLayers(2).build()).doubleValue());
    assertEquals(
        180 * 7.40625,
        quality
            .bitsOfSlot(UserChannel.newBuilder().setSpectralEfficiency(7.40625).build())
            .doubleValue());
    assertEquals(
        156 * 7.40625,
        new ChannelQuality(ChannelState.getDefaultInstance())
            .bitsOfSlot(mcs.clearUplinkLayers().build())
            .doubleValue());
  }

  @Test
  void sinr_withoutAGapStated_isLoweredByThreeDecibels() {
    ChannelQuality quality =
        new ChannelQuality(ChannelState.newBuilder().setDataElementsPerPrb(1).build());

    assertEquals(
        1, quality.bitsOfSlot(UserChannel.newBuilder().setUplinkSinrDb(3).build()).doubleValue());
  }

  @Test
  void channelWithoutQuality_carriesNothing() {
    assertEquals(
        0, quality(McsTable.MCS_TABLE_QAM64).bitsOfSlot(UserChannel.getDefaultInstance()).signum());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4.771212547196624, 2", "22.2, 7.3830", "22.3, 7.40625", "1000, 7.40625"})
  void sinr_isShannonUpToTheCap(double sinr, double efficiency) {
    assertEquals(efficiency, ofSinr(sinr), 1e-3);
    assertTrue(ofSinr(sinr) <= 7.40625);
  }

  @Test
  void sinrOfNothing_isOutOfReach() {
    assertEquals(0, ofSinr(Double.NEGATIVE_INFINITY));
  }

  @Test
  void linkBudget_isNotCapped() {
    UserChannel channel =
        UserChannel.newBuilder()
            .setLinkBudget(
                LinkBudget.newBuilder()
                    .setTransmitPsdWPerHz(1023)
                    .setDistanceM(1)
                    .setNoisePsdWPerHz(1))
            .build();

    assertEquals(
        1800, quality(McsTable.MCS_TABLE_UNSPECIFIED).bitsOfSlot(channel).doubleValue(), 1e-9);
  }

  private static double efficiency(McsTable table, int index) {
    return quality(table)
        .bitsOfSlot(UserChannel.newBuilder().setUplinkMcs(index).build())
        .doubleValue();
  }

  private static double ofSinr(double decibel) {
    return ofSinr(McsTable.MCS_TABLE_UNSPECIFIED, decibel);
  }

  private static double ofSinr(McsTable table, double decibel) {
    return quality(table)
        .bitsOfSlot(UserChannel.newBuilder().setUplinkSinrDb(decibel).build())
        .doubleValue();
  }

  /** Of one resource element, and a receiver that loses nothing against Shannon. */
  private static ChannelQuality quality(McsTable table) {
    return new ChannelQuality(
        ChannelState.newBuilder()
            .setMcsTable(table)
            .setDataElementsPerPrb(1)
            .setSinrGapDb(0)
            .build());
  }
}
