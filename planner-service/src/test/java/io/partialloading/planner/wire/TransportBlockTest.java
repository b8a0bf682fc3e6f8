// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.PlanRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rates by MCS index against sizes of transport blocks, which are worked out here by the whole
 * procedure of 3GPP TS 38.214, 5.1.3.2.
 */
class TransportBlockTest {
  /** 30 kHz: slots of half a millisecond. */
  private static final int SPACING_KHZ = 30;

  private static final double SLOTS_PER_SECOND = 2_000;
  private static final int DATA_ELEMENTS = 156;
  private static final int[] LAYERS = {1, 2, 3, 4, 8};

  /** Up to here sizes are those of table 5.1.3.2-1. */
  private static final int LARGEST_TABLED = 3_824;

  /** Table 5.1.3.2-1. */
  private static final int[] SIZES = {
    24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152, 160, 168, 176, 184,
    192, 208, 224, 240, 256, 272, 288, 304, 320, 336, 352, 368, 384, 408, 432, 456, 480, 504, 528,
    552, 576, 608, 640, 672, 704, 736, 768, 808, 848, 888, 928, 984, 1032, 1064, 1128, 1160, 1192,
    1224, 1256, 1288, 1320, 1352, 1416, 1480, 1544, 1608, 1672, 1736, 1800, 1864, 1928, 2024, 2088,
    2152, 2216, 2280, 2408, 2472, 2536, 2600, 2664, 2728, 2792, 2856, 2976, 3104, 3240, 3368, 3496,
    3624, 3752, 3824
  };

  /** The MCS index tables: for each modulation its order, and 1024 times the code rates. */
  private static final double[][] QAM64 = {
    {2, 120, 157, 193, 251, 308, 379, 449, 526, 602, 679},
    {4, 340, 378, 434, 490, 553, 616, 658},
    {6, 438, 466, 517, 567, 616, 666, 719, 772, 822, 873, 910, 948}
  };

  private static final double[][] QAM256 = {
    {2, 120, 193, 308, 449, 602},
    {4, 378, 434, 490, 553, 616, 658},
    {6, 466, 517, 567, 616, 666, 719, 772, 822, 873},
    {8, 682.5, 711, 754, 797, 841, 885, 916.5, 948}
  };

  private static final double[][] QAM64_LOW_SE = {
    {2, 30, 40, 50, 64, 78, 99, 120, 157, 193, 251, 308, 379, 449, 526, 602},
    {4, 340, 378, 434, 490, 553, 616},
    {6, 438, 466, 517, 567, 616, 666, 719, 772}
  };

  /** The order and the code rate of an index. */
  private record Scheme(double order, double rate) {
    static List<Scheme> of(McsTable table) {
      double[][] modulations =
          switch (table) {
            case MCS_TABLE_QAM64 -> QAM64;
            case MCS_TABLE_QAM64_LOW_SE -> QAM64_LOW_SE;
            default -> QAM256;
          };
      return Arrays.stream(modulations)
          .flatMap(
              modulation ->
                  Arrays.stream(modulation)
                      .skip(1)
                      .mapToObj(rate -> new Scheme(modulation[0], rate / 1024)))
          .toList();
    }

    /** The unquantised number of information bits N_info. */
    double information(int prbs, int layers) {
      return DATA_ELEMENTS * prbs * rate * order * layers;
    }

    /** The size of the transport block in bits. */
    int blockSize(int prbs, int layers) {
      double information = information(prbs, layers);
      if (information <= LARGEST_TABLED) {
        int step = 1 << Math.max(3, log2(information) - 6);
        double quantised = Math.max(24, step * Math.floor(information / step));
        return Arrays.stream(SIZES).filter(size -> size >= quantised).findFirst().orElseThrow();
      }
      double step = 1 << (log2(information - 24) - 5);
      // Ties are rounded to the larger multiple.
      double quantised = Math.max(3_840, step * Math.floor((information - 24) / step + 0.5));
      double segments = 1;
      if (rate <= 0.25) {
        segments = Math.ceil((quantised + 24) / 3_816);
      } else if (quantised > 8_424) {
        segments = Math.ceil((quantised + 24) / 8_424);
      }
      return (int) (8 * segments * Math.ceil((quantised + 24) / (8 * segments)) - 24);
    }

    private static int log2(double value) {
      return Math.getExponent(value);
    }
  }

  /** The planned bits of a slot, by MCS index. */
  private static double[] plannedBits(int prbs, McsTable table, int layers) {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().clearUsers();
    request.getChannelStateBuilder().clear().setMcsTable(table);
    request
        .getChannelStateBuilder()
        .getPrbGridBuilder()
        .setPrbCount(prbs)
        .setSubcarrierSpacingKhz(SPACING_KHZ);
    for (int index = 0; index < Scheme.of(table).size(); index++) {
      request.getUserSnapshotBuilder().addUsers(TestRequests.user("u" + index, "beta"));
      request
          .getChannelStateBuilder()
          .addUserChannels(
              TestRequests.channel("u" + index).setUplinkMcs(index).setUplinkLayers(layers));
    }
    return Arrays.stream(
            new RequestReader(Limits.DEFAULT)
                .read(request.build(), StopSignal.NEVER)
                .fullBandRates())
        .map(rate -> rate / SLOTS_PER_SECOND)
        .toArray();
  }

  /** How far planned bits are above those of a transport block, by MCS index. */
  private static double[] excess(int prbs, McsTable table, int layers) {
    double[] planned = plannedBits(prbs, table, layers);
    List<Scheme> schemes = Scheme.of(table);
    return IntStream.range(0, planned.length)
        .mapToDouble(index -> planned[index] / schemes.get(index).blockSize(prbs, layers) - 1)
        .toArray();
  }

  /**
   * Sizes that calculators of NR throughput and captures of real carriers show; the last two by
   * hand: 36.6 and 365.6 information bits are quantised to 32 and 360.
   */
  @ParameterizedTest
  @CsvSource({
    "MCS_TABLE_QAM256, 27, 273, 1, 319784",
    "MCS_TABLE_QAM256, 27, 273, 4, 1277992",
    "MCS_TABLE_QAM64, 28, 51, 1, 44040",
    "MCS_TABLE_QAM64, 26, 51, 1, 40976",
    "MCS_TABLE_QAM64, 0, 1, 1, 32",
    "MCS_TABLE_QAM64, 0, 10, 1, 368",
  })
  void blockSize_isAsKnown(McsTable table, int index, int prbs, int layers, int size) {
    assertEquals(size, Scheme.of(table).get(index).blockSize(prbs, layers));
  }

  @ParameterizedTest
  @EnumSource(
      value = McsTable.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MCS_TABLE_UNSPECIFIED", "UNRECOGNIZED"})
  void rate_onMoreThan20Prbs_isThatOfATransportBlock(McsTable table) {
    for (int prbs = 21; prbs <= 273; prbs += prbs < 60 ? 1 : 3) {
      for (int layers : LAYERS) {
        double[] excess = excess(prbs, table, layers);
        for (int index = 0; index < excess.length; index++) {
          boolean isLarge = Scheme.of(table).get(index).information(prbs, layers) > LARGEST_TABLED;
          boolean isLeast = table == McsTable.MCS_TABLE_QAM64_LOW_SE && index == 0;
          double above = isLeast && !isLarge ? 0.044 : 0.02;
          double below = isLarge ? 0.02 : 0.05;
          assertTrue(
              excess[index] <= above && excess[index] >= -below,
              "%s %d, %d PRBs, %d layers: %s".formatted(table, index, prbs, layers, excess[index]));
        }
      }
    }
  }

  /** What the contract says of few PRBs: the most of any index and number of layers. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.196, 0.143, 0.270",
    "2, 0.087, 0.050, 0.270",
    "5, 0.039, 0.039, 0.143",
    "10, 0.015, 0.015, 0.039",
    "20, 0.015, 0.015, 0.039",
  })
  void rate_onFewPrbs_isAboveByAsMuchAsStated(int prbs, double qam64, double qam256, double low) {
    assertEquals(qam64, mostAbove(prbs, McsTable.MCS_TABLE_QAM64), 0.0005);
    assertEquals(qam256, mostAbove(prbs, McsTable.MCS_TABLE_QAM256), 0.0005);
    assertEquals(low, mostAbove(prbs, McsTable.MCS_TABLE_QAM64_LOW_SE), 0.0005);
  }

  private static double mostAbove(int prbs, McsTable table) {
    return IntStream.of(LAYERS)
        .mapToDouble(layers -> Arrays.stream(excess(prbs, table, layers)).max().orElseThrow())
        .max()
        .orElseThrow();
  }

  /** As in traces of a commercial uplink: 156/180 of what hertz would carry. */
  @Test
  void blockSize_overHertzAndEfficiency_isInTheMedian867Thousandths() {
    double[] shares =
        IntStream.rangeClosed(1, 273)
            .boxed()
            .flatMapToDouble(
                prbs ->
                    Scheme.of(McsTable.MCS_TABLE_QAM256).stream()
                        .mapToDouble(
                            scheme ->
                                scheme.blockSize(prbs, 1)
                                    / (180 * prbs * scheme.order() * scheme.rate())))
            .sorted()
            .toArray();

    assertEquals(0.867, shares[shares.length / 2], 0.0005);
  }
}
