// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static io.partialloading.planner.fixture.TestRequests.channel;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Timestamp;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.UserChannel;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids, channel qualities, TDD and instants; u0 uploads 8,000 bits. */
class UplinkTest {
  private static final String MCS = "channel_state.user_channels[1].uplink_mcs";
  private static final String LAYERS = "channel_state.user_channels[1].uplink_layers";

  private static ReadRequest read(PlanRequest.Builder request) {
    return new RequestReader(Limits.DEFAULT).read(request.build(), StopSignal.NEVER);
  }

  private static ReadRequest read(Consumer<ChannelState.Builder> edit) {
    PlanRequest.Builder request = TestRequests.good();
    edit.accept(request.getChannelStateBuilder());
    return read(request);
  }

  /** Sets the channel of u0; of 180 units of the band 90 are elements with data. */
  private static Consumer<ChannelState.Builder> quality(UserChannel.Builder channelOfU0) {
    return channel -> channel.setUserChannels(1, channelOfU0);
  }

  private static Consumer<ChannelState.Builder> grid(int prbCount, int spacing) {
    return channel ->
        channel
            .clearBandwidthHz()
            .setPrbGrid(
                PrbGrid.newBuilder().setPrbCount(prbCount).setSubcarrierSpacingKhz(spacing));
  }

  private static List<Fault> faults(PlanRequest.Builder request) {
    return assertThrows(InvalidRequestException.class, () -> read(request)).faults();
  }

  private static List<Fault> faults(Consumer<ChannelState.Builder> edit) {
    PlanRequest.Builder request = TestRequests.good();
    edit.accept(request.getChannelStateBuilder());
    return faults(request);
  }

  private static List<String> paths(Consumer<ChannelState.Builder> edit) {
    return faults(edit).stream().map(Fault::field).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 30, 60, 120, 240, 480, 960})
  void grid_uploadTimesAreOfOnePrbAndRatesOfAll(int spacing) {
    ReadRequest read = read(grid(273, spacing));

    double prb = 12_000.0 * spacing;
    assertEquals((long) Math.ceil(8e12 / (prb * 2)), read.instance().unitTime(0));
    assertEquals(273 * prb * 2, read.fullBandRates()[0]);
    assertEquals(BandwidthSharing.prbGrid(273), read.instance().bandwidthSharing());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 14, 16, 45, 75, 90, 480_000, 1920, -15, 15 << 28})
  void grid_otherSpacing_isAFault(int spacing) {
    assertEquals(
        List.of("channel_state.prb_grid.subcarrier_spacing_khz"), paths(grid(11, spacing)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "65537, 65537", "-1, 4294967295"})
  void grid_otherCount_isAFault(int count, String stated) {
    assertEquals(
        List.of(new Fault("channel_state.prb_grid.prb_count", stated + " is not 1 to 65536")),
        faults(grid(count, 15)));
  }

  @Test
  void grid_beyondAllBounds_faultsOnceEach() {
    assertEquals(
        List.of(
            "channel_state.prb_grid.prb_count", "channel_state.prb_grid.subcarrier_spacing_khz"),
        paths(grid(0, 0)));
    assertEquals(
        List.of("channel_state.bandwidth_hz", "channel_state.prb_grid.prb_count"),
        paths(grid(0, 15).andThen(channel -> channel.setBandwidthHz(Double.NaN))));
    assertEquals(
        List.of("channel_state.bandwidth_hz"), paths(ChannelState.Builder::clearBandwidthHz));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_536})
  void grid_leastAndMostPrbs_areRead(int count) {
    assertEquals(
        BandwidthSharing.prbGrid(count), read(grid(count, 15)).instance().bandwidthSharing());
  }

  @Test
  void grid_uploadOnOnePrbOver64Bits_isOutOfReach() {
    double least = 8e12 / 180e3 / 0x1p63;

    assertEquals(
        Instance.OUT_OF_REACH,
        read(grid(273, 15).andThen(quality(channel("u0").setSpectralEfficiency(0.999 * least))))
            .instance()
            .unitTime(0));
    assertEquals(
        0x1p63 / 1.001,
        read(grid(273, 15).andThen(quality(channel("u0").setSpectralEfficiency(1.001 * least))))
            .instance()
            .unitTime(0),
        0x1p20);
  }

  @Test
  void grid_equalSubchannels_areWholePrbs() {
    PlanRequest.Builder request = TestRequests.good();
    grid(11, 15).accept(request.getChannelStateBuilder());
    request.getOptionsBuilder().setEqualSubchannels(11);
    assertEquals(
        BandwidthSharing.equalSubchannelsOfGrid(11, 11),
        read(request).instance().bandwidthSharing());

    request.getOptionsBuilder().setEqualSubchannels(12);

    assertEquals(
        List.of(
            new Fault(
                "options.equal_subchannels",
                "12 sub-channels are more than the 11 PRBs of the grid")),
        faults(request));
  }

  @Test
  void slotRatio_uploadsTakeOneOverItAsLong() {
    ReadRequest read = read(channel -> channel.setUplinkSlotRatio(0.25));

    assertEquals(16_000_000, read.instance().unitTime(0));
    assertEquals(32_000_000, read.instance().unitTime(2));
    assertEquals(0.5e6, read.fullBandRates()[0]);
    assertEquals(4_000_000, read(channel -> channel.setUplinkSlotRatio(1)).instance().unitTime(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void slotRatio_outOfRange_isAFault(double ratio) {
    assertEquals(
        List.of("channel_state.uplink_slot_ratio"),
        paths(channel -> channel.setUplinkSlotRatio(ratio)));
  }

  @ParameterizedTest
  @CsvSource({
    "MCS_TABLE_UNSPECIFIED, 27, 7.40625",
    "MCS_TABLE_QAM256, 0, 0.234375",
    "MCS_TABLE_QAM64, 28, 5.5546875",
    "MCS_TABLE_QAM64_LOW_SE, 28, 4.5234375",
  })
  void mcs_efficiencyIsThatOfTheTableOverDataElements(McsTable table, int index, double ofElement) {
    ReadRequest read =
        read(
            quality(channel("u0").setUplinkMcs(index))
                .andThen(c -> c.setMcsTable(table).clearDataElementsPerPrb()));

    double efficiency = ofElement * 156 / 180;
    assertEquals(1e6 * efficiency, read.fullBandRates()[0]);
    assertEquals((long) Math.ceil(8e12 / (1e6 * efficiency)), read.instance().unitTime(0));
  }

  @ParameterizedTest
  @CsvSource({
    "MCS_TABLE_UNSPECIFIED, 28, 28 is not an index of MCS_TABLE_QAM256; 0 to 27",
    "MCS_TABLE_QAM64, 29, 29 is not an index of MCS_TABLE_QAM64; 0 to 28",
    "MCS_TABLE_QAM64_LOW_SE, -1, 4294967295 is not an index of MCS_TABLE_QAM64_LOW_SE; 0 to 28",
  })
  void mcs_reservedIndex_isAFaultWithTheTablesRange(McsTable table, int index, String text) {
    assertEquals(
        List.of(new Fault(MCS, text.replace(';', ','))),
        faults(quality(channel("u0").setUplinkMcs(index)).andThen(c -> c.setMcsTable(table))));
  }

  @Test
  void mcs_unknownTable_isTheOnlyFault() {
    assertEquals(
        List.of("channel_state.mcs_table"),
        paths(quality(channel("u0").setUplinkMcs(99)).andThen(c -> c.setMcsTableValue(9))));
    assertEquals(
        List.of("channel_state.mcs_table"),
        paths(quality(channel("u0").setMeanUplinkMcs(99)).andThen(c -> c.setMcsTableValue(9))));
  }

  @ParameterizedTest
  @CsvSource({
    "MCS_TABLE_UNSPECIFIED, 22.2, 7.3833",
    "MCS_TABLE_UNSPECIFIED, 22.3, 7.40625",
    "MCS_TABLE_QAM256, 1000, 7.40625",
    "MCS_TABLE_QAM64, 16.6, 5.5456",
    "MCS_TABLE_QAM64, 16.7, 5.5546875",
    "MCS_TABLE_QAM64, 30, 5.5546875",
    "MCS_TABLE_QAM64_LOW_SE, 13.4, 4.5159",
    "MCS_TABLE_QAM64_LOW_SE, 13.5, 4.5234375",
    "MCS_TABLE_QAM64_LOW_SE, 0, 1",
  })
  void sinr_efficiencyIsShannonsUpToTheHighestOfTheTable(
      McsTable table, double sinr, double ofElement) {
    ReadRequest read =
        read(quality(channel("u0").setUplinkSinrDb(sinr)).andThen(c -> c.setMcsTable(table)));

    assertEquals(0.5e6 * ofElement, read.fullBandRates()[0], 50);
  }

  @Test
  void sinr_above_isExactlyTheCap() {
    assertEquals(
        7.40625e6 / 2, read(quality(channel("u0").setUplinkSinrDb(40))).fullBandRates()[0]);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "2.5, 12.5", "20, 30"})
  void sinrGap_isTakenOffTheSinr(double gap, double sinr) {
    ReadRequest read =
        read(quality(channel("u0").setUplinkSinrDb(sinr)).andThen(c -> c.setSinrGapDb(gap)));

    assertEquals(0.5e6 * Math.log(11) / Math.log(2), read.fullBandRates()[0], 1e-6);
  }

  @Test
  void sinrGap_absent_isThreeDecibels() {
    ReadRequest read =
        read(
            quality(channel("u0").setUplinkSinrDb(13))
                .andThen(ChannelState.Builder::clearSinrGapDb));

    assertEquals(0.5e6 * Math.log(11) / Math.log(2), read.fullBandRates()[0], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 20.0001, Double.NaN, Double.POSITIVE_INFINITY})
  void sinrGap_outOfRange_isTheOnlyFault(double gap) {
    assertEquals(
        List.of(new Fault("channel_state.sinr_gap_db", gap + " is not 0 to 20 dB")),
        faults(quality(channel("u0").setUplinkSinrDb(13)).andThen(c -> c.setSinrGapDb(gap))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 90, 168})
  void dataElements_scaleWhatElementsCarry(int elements) {
    ReadRequest read =
        read(
            quality(channel("u0").setUplinkMcs(27))
                .andThen(c -> c.setDataElementsPerPrb(elements)));

    assertEquals(1e6 * 7.40625 * elements / 180, read.fullBandRates()[0], 1e-6);
    assertEquals(2e6, read(c -> c.setDataElementsPerPrb(elements)).fullBandRates()[0]);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "169, 169", "-1, 4294967295"})
  void dataElements_outOfRange_areTheOnlyFault(int elements, String stated) {
    assertEquals(
        List.of(new Fault("channel_state.data_elements_per_prb", stated + " is not 1 to 168")),
        faults(c -> c.setDataElementsPerPrb(elements)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void layers_eachCarryAsMuch(int layers) {
    assertEquals(
        layers * 7.40625e6 / 2,
        read(quality(channel("u0").setUplinkMcs(27).setUplinkLayers(layers))).fullBandRates()[0]);
    assertEquals(
        layers * 7.40625e6 / 2,
        read(quality(channel("u0").setUplinkSinrDb(99).setUplinkLayers(layers)))
            .fullBandRates()[0]);
    assertEquals(
        layers * 7.40625e6 / 2,
        read(quality(channel("u0").setMeanUplinkMcs(27).setUplinkLayers(layers)))
            .fullBandRates()[0]);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9, 9", "-1, 4294967295"})
  void layers_outOfRange_areAFault(int layers, String stated) {
    assertEquals(
        List.of(new Fault(LAYERS, stated + " is not 1 to 8")),
        faults(quality(channel("u0").setUplinkMcs(27).setUplinkLayers(layers))));
  }

  @Test
  void layers_besideAnEfficiencyOfAllLayers_areAFault() {
    assertEquals(
        List.of(
            new Fault(LAYERS, "is set beside spectral_efficiency, which is that of all layers")),
        faults(quality(channel("u0").setSpectralEfficiency(2).setUplinkLayers(1))));
    assertEquals(
        List.of("channel_state.user_channels[2].uplink_layers"),
        paths(c -> c.getUserChannelsBuilder(2).setUplinkLayers(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "MCS_TABLE_UNSPECIFIED, 27, 7.40625",
    "MCS_TABLE_UNSPECIFIED, 18.6, 4.995703125",
    "MCS_TABLE_QAM64, 16.25, 2.5693359375",
    "MCS_TABLE_QAM64, 28, 5.5546875",
    "MCS_TABLE_QAM64_LOW_SE, 0, 0.05859375",
    "MCS_TABLE_QAM64_LOW_SE, 27.5, 4.3681640625",
  })
  void meanMcs_isInterpolatedInEfficiency(McsTable table, double mean, double ofElement) {
    ReadRequest read =
        read(quality(channel("u0").setMeanUplinkMcs(mean)).andThen(c -> c.setMcsTable(table)));

    assertEquals(0.5e6 * ofElement, read.fullBandRates()[0], 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "MCS_TABLE_UNSPECIFIED, 27.001, 27.001 is not a mean of indices of MCS_TABLE_QAM256; 0 to 27",
    "MCS_TABLE_QAM64, 28.5, 28.5 is not a mean of indices of MCS_TABLE_QAM64; 0 to 28",
    "MCS_TABLE_QAM64, -1e-9, -1.0E-9 is not a mean of indices of MCS_TABLE_QAM64; 0 to 28",
    "MCS_TABLE_QAM64, NaN, NaN is not a mean of indices of MCS_TABLE_QAM64; 0 to 28",
    "MCS_TABLE_QAM64, Infinity, Infinity is not a mean of indices of MCS_TABLE_QAM64; 0 to 28",
  })
  void meanMcs_outOfRange_isAFaultWithTheTablesRange(McsTable table, double mean, String text) {
    assertEquals(
        List.of(
            new Fault("channel_state.user_channels[1].mean_uplink_mcs", text.replace(';', ','))),
        faults(quality(channel("u0").setMeanUplinkMcs(mean)).andThen(c -> c.setMcsTable(table))));
  }

  @Test
  void efficiency_upToOneHundred_isNotCapped() {
    assertEquals(100e6, read(quality(channel("u0").setSpectralEfficiency(100))).fullBandRates()[0]);
    assertEquals(
        List.of(
            new Fault(
                "channel_state.user_channels[1].spectral_efficiency",
                "100.5 bit/s/Hz is more than 100")),
        faults(quality(channel("u0").setSpectralEfficiency(100.5))));
  }

  @Test
  void linkBudget_nextToTheAntenna_isNotCapped() {
    ReadRequest near = read(c -> link(c, 1e-8)); // 0.2 W on 20 MHz, thermal noise, 1 m

    assertEquals(Math.log(1e-8 / 4e-21) / Math.log(2) * 1e6, near.fullBandRates()[1], 1);
    assertEquals(List.of("channel_state.user_channels[2].link_budget"), paths(c -> link(c, 1e12)));
  }

  private static void link(ChannelState.Builder channel, double psd) {
    channel
        .getUserChannelsBuilder(2)
        .getLinkBudgetBuilder()
        .setTransmitPsdWPerHz(psd)
        .setDistanceM(1)
        .setNoisePsdWPerHz(4e-21)
        .clearFadingPowerGain();
  }

  @Test
  void margins_scaleEveryDurationAndNoRate() {
    PlanRequest.Builder request = TestRequests.good();
    request.getOptionsBuilder().setUploadMargin(0.5).setLoadMargin(1).setComputeMargin(0.25);

    ReadRequest read = read(request);
    Instance instance = read.instance();

    assertEquals(6_000_000, instance.unitTime(0));
    assertEquals(2 * (1_000_000 + 10_000_000 + 2_500_000), instance.loadTimes().time(40_000_000));
    assertEquals(2_500_000 + 2 * 625_000, instance.model(0).compute().time(2));
    assertEquals(300_000_000, instance.budget());
    assertEquals(2e6, read.fullBandRates()[0]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 100.0001, Double.NaN, Double.POSITIVE_INFINITY})
  void margins_outOfRange_areFaults(double margin) {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getOptionsBuilder()
        .setUploadMargin(margin)
        .setLoadMargin(margin)
        .setComputeMargin(margin);

    assertEquals(
        List.of("options.upload_margin", "options.load_margin", "options.compute_margin"),
        faults(request).stream().map(Fault::field).toList());
  }

  @Test
  void instance_scaled_isTheSameButForItsTimes() {
    PlanRequest.Builder request = TestRequests.good();
    request.getOptionsBuilder().setUploadMargin(0.5);
    ReadRequest read = read(request);

    Instance scaled = read.instance(new Scaling(2, 0.5, 4, 1.1));

    assertEquals(12_000_000, scaled.unitTime(0));
    assertEquals(6_750_000, scaled.loadTimes().time(40_000_000));
    assertEquals(10_000_000, scaled.model(0).compute().time(1));
    assertEquals(330_000_000, scaled.budget());
    assertArrayEquals(read.instance().model(1).users(), scaled.model(1).users());
    assertArrayEquals(read.instance().model(1).blocks(), scaled.model(1).blocks());
    assertEquals(6_000_000, read.instance(Scaling.NONE).unitTime(0));
    assertEquals(6_000_000, read.instance().unitTime(0));
  }

  @ParameterizedTest
  @CsvSource({"253402300800, 0", "-62135596801, 0", "0, -1", "0, 1000000000"})
  void timestamps_outOfRange_areFaults(long seconds, int nanos) {
    Timestamp wrong = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().setCapturedAt(wrong);
    request.getChannelStateBuilder().setMeasuredAt(wrong);

    assertEquals(
        List.of("user_snapshot.captured_at", "channel_state.measured_at"),
        faults(request).stream().map(Fault::field).toList());
  }

  @ParameterizedTest
  @CsvSource({"253402300799, 999999999", "-62135596800, 0"})
  void timestamps_firstAndLast_areRead(long seconds, int nanos) {
    Timestamp instant = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().setCapturedAt(instant);
    request.getChannelStateBuilder().setMeasuredAt(instant);

    assertEquals(instant, read(request).capturedAt());
  }
}
