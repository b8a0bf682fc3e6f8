// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static io.partialloading.planner.fixture.TestRequests.channel;
import static io.partialloading.planner.fixture.TestRequests.nanoseconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.verify.Timing;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static final RequestReader READER = new RequestReader(Limits.DEFAULT);

  private static ReadRequest read(PlanRequest.Builder request) {
    return READER.read(request.build(), StopSignal.NEVER);
  }

  private static ReadRequest readWith(UserChannel.Builder channelOfU0) {
    PlanRequest.Builder request = TestRequests.good();
    request.getChannelStateBuilder().setUserChannels(1, channelOfU0);
    return read(request);
  }

  @Test
  void read_goodRequest_numbersWantedModelsAndTheirBlocksInLibraryOrder() {
    ReadRequest read = read(TestRequests.good());
    Instance instance = read.instance();

    assertEquals("good", read.label());
    assertEquals(Algorithm.ALGORITHM_ADAPTIVE, read.algorithm());
    assertEquals(300_000_000, instance.budget());
    assertArrayEquals(new String[] {"alpha", "beta"}, read.modelIds());
    assertArrayEquals(new int[] {0, 7, 8}, read.blockIds());
    assertArrayEquals(new String[] {"u0", "u1", "u2"}, read.userIds());
    assertEquals(40_000_000, instance.blockBytes(0));
    assertArrayEquals(new int[] {0, 1}, instance.model(0).blocks());
    assertArrayEquals(new int[] {0, 2}, instance.model(1).blocks());
    assertArrayEquals(new int[] {1}, instance.model(0).users());
    assertArrayEquals(new int[] {0, 2}, instance.model(1).users());
    assertFalse(instance.isResident(0));
    assertTrue(instance.isResident(1));
    assertFalse(instance.isResident(2));
    assertEquals(1_000_000 + 25_000_000 + 6_250_000, instance.loadTimes().time(100_000_000));
    assertEquals(2_500_000, instance.model(0).compute().time(1));
    assertEquals(4, instance.model(0).largestBatch());
    assertTrue(instance.parameterSharing());
    assertEquals(BandwidthSharing.optimal(), instance.bandwidthSharing());
    assertEquals(ReadRequest.NO_TIME_LIMIT, read.planningTimeLimit());
  }

  @Test
  void read_everyQuality_givesRateAndUploadTime() {
    ReadRequest read = read(TestRequests.good());

    // 8,000 bits at 2, log2(1 + 1.5e-7 * 0.2 * 1e-4 / 1e-12) and log2(1 + 1) bit/s/Hz of 1 MHz.
    assertEquals(4_000_000, read.instance().unitTime(0));
    assertEquals(4_000_000, read.instance().unitTime(1), 1);
    assertEquals(8_000_000, read.instance().unitTime(2));
    assertArrayEquals(new double[] {2e6, 2e6, 1e6}, read.fullBandRates(), 1e-3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 7, 1e-9, 12.3456, 100})
  void read_uploadTime_isRoundedUp(double efficiency) {
    ReadRequest read = readWith(channel("u0").setSpectralEfficiency(efficiency));

    assertEquals((long) Math.ceil(8e12 / (1e6 * efficiency)), read.instance().unitTime(0));
  }

  @Test
  void read_bandBeyondMeasure_uploadsInOneNanosecond() {
    PlanRequest.Builder request = TestRequests.good();
    request.getChannelStateBuilder().setBandwidthHz(1e300);

    assertEquals(1, read(request).instance().unitTime(0));
  }

  @Test
  void read_noEfficiency_isOutOfReach() {
    for (UserChannel.Builder channel :
        new UserChannel.Builder[] {
          channel("u0").setSpectralEfficiency(0),
          channel("u0").setSpectralEfficiency(-0.0),
          channel("u0").setUplinkSinrDb(Double.NEGATIVE_INFINITY),
          channel("u0").setUplinkSinrDb(-1e300),
        }) {
      ReadRequest read = readWith(channel);

      assertEquals(Instance.OUT_OF_REACH, read.instance().unitTime(0), channel::toString);
      assertEquals(0, read.fullBandRates()[0]);
    }
  }

  @Test
  void read_modelThatOnlyUsersWithoutAChannelWant_isNotRequested() {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().addUsersBuilder().setId("new").setModelId("unwanted");
    request.getUserSnapshotBuilder().getUsersBuilder(3).setUploadBytes(1);

    Instance instance = read(request).instance();

    assertEquals(2, instance.modelCount());
    assertEquals(Instance.NO_CHANNEL, instance.unitTime(3));
  }

  @Test
  void read_loadsWithAMargin_takeJustThatMuchLonger() {
    for (int percent = 1; percent < 100; percent++) {
      PlanRequest.Builder request = TestRequests.good();
      request.getOptionsBuilder().setLoadMargin(percent / 100.0);
      for (double rate : new double[] {1e9, 2e10, 3e9, 1500.5, 0.7e9, 1e9 / 3}) {
        request
            .getEdgeServerBuilder()
            .setHostToGpu(
                TransferProfile.newBuilder()
                    .setAffine(AffineTransfer.newBuilder().setBytesPerSecond(rate)));
        LoadTimes loads = read(request).instance().loadTimes();
        Timing timing = new Timing(request.build());
        for (long bytes : new long[] {1, 999, 1_000_000, 70_000_000, 1_000_000_000, 1L << 40}) {
          String message = percent + " % of " + bytes + " at " + rate;
          assertEquals(timing.load(bytes).longValueExact(), loads.time(bytes), message);
        }
      }
    }
  }

  @Test
  void read_uploadLongerThan64Bits_isOutOfReachAlone() {
    for (UserChannel.Builder channel :
        new UserChannel.Builder[] {
          channel("u0").setSpectralEfficiency(1e-15),
          channel("u0").setSpectralEfficiency(Double.MIN_VALUE),
          channel("u0").setUplinkSinrDb(-160),
          channel("u0").setUplinkSinrDb(-3_200),
          channel("u0").setLinkBudget(weakLink()),
        }) {
      PlanRequest.Builder request = TestRequests.good();
      request.getUserSnapshotBuilder().getUsersBuilder(0).setUploadBytes(1_000_000);
      request.getChannelStateBuilder().setUserChannels(1, channel);

      Instance instance = read(request).instance();

      assertEquals(Instance.OUT_OF_REACH, instance.unitTime(0), channel::toString);
      assertFalse(instance.isInReach(0), channel::toString);
      assertTrue(instance.isInReach(1) && instance.isInReach(2), channel::toString);
    }
  }

  private static LinkBudget weakLink() {
    return LinkBudget.newBuilder()
        .setTransmitPsdWPerHz(1e-20)
        .setDistanceM(1)
        .setNoisePsdWPerHz(1)
        .build();
  }

  @Test
  void read_channelNotThereOrNotMeasured_isNotKnown() {
    PlanRequest.Builder missing = TestRequests.good();
    missing.getChannelStateBuilder().removeUserChannels(1);
    PlanRequest.Builder unmeasured = TestRequests.good();
    unmeasured.getChannelStateBuilder().setUserChannels(1, channel("u0").setUplinkLayers(2));
    for (PlanRequest.Builder request : List.of(missing, unmeasured)) {
      ReadRequest read = read(request);

      assertEquals(Instance.NO_CHANNEL, read.instance().unitTime(0));
      assertFalse(read.instance().isInReach(0));
      assertEquals(0, read.fullBandRates()[0]);
      assertArrayEquals(new int[] {2}, read.instance().model(1).users());
    }
  }

  @Test
  void read_channelsOfUsersWhoLeft_meanNothing() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getChannelStateBuilder()
        .addUserChannels(0, channel("u9").setSpectralEfficiency(Double.NaN).setUplinkLayers(99))
        .addUserChannels(channel("u9").setUplinkMcs(99))
        .addUserChannels(channel("x".repeat(5_000)));

    assertArrayEquals(read(TestRequests.good()).fullBandRates(), read(request).fullBandRates());
  }

  @Test
  void read_nothingToUpload_takesNoTimeWhateverTheChannel() {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().getUsersBuilderList().forEach(u -> u.setUploadBytes(0));
    request.getUserSnapshotBuilder().addUsers(TestRequests.user("u3", "beta").setUploadBytes(0));
    request.getOptionsBuilder().setUploadMargin(0.5);
    request
        .getChannelStateBuilder()
        .setUserChannels(0, channel("u2").setUplinkSinrDb(Double.NEGATIVE_INFINITY));

    ReadRequest read = read(request);

    for (int user = 0; user < 4; user++) {
      assertEquals(0, read.instance().unitTime(user));
      assertTrue(read.instance().isInReach(user));
    }
    assertArrayEquals(new double[] {2e6, 2e6, 0, 0}, read.fullBandRates(), 1e-3);
  }

  @Test
  void read_linkWithoutPower_isOutOfReachHoweverNear() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getChannelStateBuilder()
        .getUserChannelsBuilder(2)
        .getLinkBudgetBuilder()
        .setTransmitPsdWPerHz(0)
        .setDistanceM(1e-300);

    assertEquals(Instance.OUT_OF_REACH, read(request).instance().unitTime(1));
  }

  @Test
  void read_weakSinr_keepsItsEfficiency() {
    PlanRequest.Builder request = TestRequests.good();
    request.getChannelStateBuilder().setBandwidthHz(1e12);
    request.getChannelStateBuilder().getUserChannelsBuilder(1).setUplinkSinrDb(-170);

    // log2(1 + 1e-17) is 1e-17 / ln 2, though 1 + 1e-17 is 1.
    assertEquals(0.5e-5 / Math.log(2), read(request).fullBandRates()[0], 1e-15);
  }

  @Test
  void read_absentFading_isNone() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getChannelStateBuilder()
        .getUserChannelsBuilder(2)
        .getLinkBudgetBuilder()
        .clearFadingPowerGain();

    assertEquals(4e6, read(request).fullBandRates()[1], 1e-3); // log2(1 + 15)
  }

  @Test
  void read_noUsers_isAnEmptyInstance() {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().clear();
    request.getChannelStateBuilder().clearUserChannels();

    assertEquals(0, read(request).instance().modelCount());
    assertEquals(0, read(request).instance().userCount());
  }

  @Test
  void read_absentProfiles_takeNoTimeAndTheMemoryOfTheBlocks() {
    PlanRequest.Builder request =
        TestRequests.good().setEdgeServer(EdgeServer.newBuilder().setGpuMemoryBytes(60_000_000));
    request.getBlockLibraryBuilder().getModelsBuilder(1).clearMemory();

    Instance instance = read(request).instance();

    assertEquals(0, instance.loadTimes().time(instance.model(0).bytes()));
    assertEquals(Integer.MAX_VALUE, instance.model(0).largestBatch());
    assertEquals(0, instance.model(1).largestBatch());
  }

  @Test
  void read_emptyAffineMessages_areTheirDefaults() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getComputeBuilder()
        .getAffineBuilder()
        .clear();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getMemoryBuilder()
        .setAffine(AffineMemory.getDefaultInstance());

    Instance instance = read(request).instance();

    assertEquals(0, instance.model(0).compute().time(1));
    assertEquals(Integer.MAX_VALUE, instance.model(0).largestBatch());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, 2147483647",
    "10, 0, 10, 2147483647",
    "11, 0, 10, 0",
    "0, 11, 10, 0",
    "0, 10, 10, 1",
    "1, 3, 10, 3",
    "2, 3, 10, 2",
    "9223372036854775807, 9223372036854775807, 9223372036854775807, 0",
    "0, 1, 9223372036854775807, 2147483647",
  })
  void largestBatch_isTheMostThatFits(long fixed, long perSample, long gpu, int expected) {
    assertEquals(expected, new BatchMemory.Affine(fixed, perSample).largestBatch(gpu));
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void read_algorithmAndOption_isReadWhereItMeansSomething(Algorithm algorithm) {
    boolean adaptive =
        algorithm == Algorithm.ALGORITHM_UNSPECIFIED || algorithm == Algorithm.ALGORITHM_ADAPTIVE;
    boolean slotted =
        algorithm == Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC
            || algorithm == Algorithm.ALGORITHM_PARTIAL_LOADING_GEN
            || algorithm == Algorithm.ALGORITHM_INDEPENDENT_LOADING;
    boolean overlap = algorithm == Algorithm.ALGORITHM_MAXIMUM_OVERLAP;
    checkOption(algorithm, "options.slot", slotted, o -> o.setSlot(nanoseconds(30_000)));
    checkOption(algorithm, "options.equal_subchannels", true, o -> o.setEqualSubchannels(2));
    checkOption(
        algorithm,
        "options.ignore_parameter_sharing",
        !overlap,
        o -> o.setIgnoreParameterSharing(true));
    checkOption(
        algorithm,
        "options.planning_time_limit",
        adaptive,
        o -> o.setPlanningTimeLimit(nanoseconds(5)));
    checkOption(algorithm, "options.sensitivity", adaptive, o -> o.setSensitivity(true));
    checkOption(algorithm, "options.upload_margin", true, o -> o.setUploadMargin(100));
    checkOption(algorithm, "options.load_margin", true, o -> o.setLoadMargin(0.5));
    checkOption(algorithm, "options.compute_margin", true, o -> o.setComputeMargin(1e-9));
    checkOption(algorithm, "options.answer_reserve", true, o -> o.setAnswerReserve(nanoseconds(5)));
  }

  @Test
  void read_answerReserve_isEmptyUnlessStated() {
    PlanRequest.Builder request = TestRequests.good();
    assertEquals(OptionalLong.empty(), read(request).answerReserve());

    request.getOptionsBuilder().setAnswerReserve(nanoseconds(0));
    assertEquals(OptionalLong.of(0), read(request).answerReserve());

    request.getOptionsBuilder().setAnswerReserve(nanoseconds(3_000_000_007L));
    assertEquals(OptionalLong.of(3_000_000_007L), read(request).answerReserve());
  }

  private static void checkOption(
      Algorithm algorithm, String field, boolean means, Consumer<PlanOptions.Builder> edit) {
    PlanRequest.Builder request = TestRequests.good();
    edit.accept(request.getOptionsBuilder().setAlgorithm(algorithm));
    if (means) {
      assertDoesNotThrow(() -> read(request), field);
      return;
    }
    InvalidRequestException invalid =
        assertThrows(InvalidRequestException.class, () -> read(request), field);
    assertEquals(List.of(field), invalid.faults().stream().map(Fault::field).toList());
  }

  @Test
  void read_options_reachTheInstance() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getOptionsBuilder()
        .setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC)
        .setSlot(nanoseconds(30_000))
        .setEqualSubchannels(3)
        .setIgnoreParameterSharing(true);

    ReadRequest read = read(request);

    assertEquals(30_000, read.options().slot());
    assertEquals(BandwidthSharing.equalSubchannels(3), read.instance().bandwidthSharing());
    assertFalse(read.instance().parameterSharing());
  }

  @Test
  void read_adaptiveWithALongBudget_keepsTheSlotsOfItsStartWithinBounds() {
    PlanRequest.Builder request = TestRequests.good().setLatencyBudget(nanoseconds(1L << 60));

    ReadRequest read = read(request);

    assertTrue(
        read.instance().budget() / read.options().slot() <= 10_000,
        () -> read.options().slot() + " ns");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, 4, 6, user_snapshot.users: 3 users exceed this server's limit of 2",
    "3, 2, 4, 6, block_library.models: 3 models exceed this server's limit of 2",
    "3, 3, 3, 6, block_library.blocks: 4 blocks exceed this server's limit of 3",
    "3, 3, 4, 5, block_library.models: 6 block references exceed this server's limit of 5",
  })
  void read_beyondALimit_saysWhichAndBySize(
      int users, int models, int blocks, int references, String message) {
    RequestReader reader = new RequestReader(new Limits(users, models, blocks, references, 1, 1));
    PlanRequest request = TestRequests.good().clearLatencyBudget().build();

    assertEquals(
        message,
        assertThrows(RequestTooLargeException.class, () -> reader.read(request, StopSignal.NEVER))
            .getMessage());
  }

  @Test
  void read_atTheLimits_isRead() {
    RequestReader reader = new RequestReader(new Limits(3, 3, 4, 6, 1, 1));

    assertDoesNotThrow(() -> reader.read(TestRequests.good().build(), StopSignal.NEVER));
  }

  @Test
  void read_moreChannelsOrResidentBlocksThanLimits_isTooLarge() {
    PlanRequest.Builder channels = TestRequests.good();
    channels.getChannelStateBuilder().addUserChannels(channel("u0"));
    PlanRequest.Builder resident = TestRequests.good();
    resident.getEdgeServerBuilder().addResidentBlockIds(1).addResidentBlockIds(2);
    resident.getEdgeServerBuilder().addResidentBlockIds(3);
    RequestReader reader = new RequestReader(new Limits(3, 3, 4, 6, 1, 1));

    assertThrows(
        RequestTooLargeException.class, () -> reader.read(channels.build(), StopSignal.NEVER));
    assertThrows(
        RequestTooLargeException.class, () -> reader.read(resident.build(), StopSignal.NEVER));
  }
}
