// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static io.partialloading.planner.fixture.TestRequests.channel;
import static io.partialloading.planner.fixture.TestRequests.nanoseconds;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.UserSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One change to a good request each, and the faults that it must make. */
class RequestReaderFaultsTest {
  private static final RequestReader READER = new RequestReader(Limits.DEFAULT);

  private static final String BLOCK = "block_library.blocks[1]";
  private static final String MODEL = "block_library.models[1]";
  private static final String USER = "user_snapshot.users[1]";
  private static final String USER_CHANNEL = "channel_state.user_channels[1]";
  private static final String LINK = "channel_state.user_channels[2].link_budget";
  private static final String TRANSFER = "edge_server.storage_to_host";

  private static final Duration NEGATIVE = Duration.newBuilder().setNanos(-1).build();
  private static final Duration MIXED_SIGNS =
      Duration.newBuilder().setSeconds(1).setNanos(-1).build();
  private static final Duration LONGEST = nanoseconds(Long.MAX_VALUE);
  private static final Duration TOO_LONG =
      Duration.newBuilder().setSeconds(9_223_372_036L).setNanos(854_775_808).build();

  record Change(String name, Consumer<PlanRequest.Builder> edit, List<String> paths) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Change change(String name, Consumer<PlanRequest.Builder> edit, String... paths) {
    return new Change(name, edit, List.of(paths));
  }

  static Stream<Change> changes() {
    return Stream.of(
            request(), blocks(), models(), computeAndMemory(), users(), channels(), links())
        .flatMap(changes -> changes);
  }

  static Stream<Change> moreChanges() {
    return Stream.of(server(), transfers(), options()).flatMap(changes -> changes);
  }

  private static Stream<Change> request() {
    return Stream.of(
        change("no library", PlanRequest.Builder::clearBlockLibrary, "block_library"),
        change("no snapshot", PlanRequest.Builder::clearUserSnapshot, "user_snapshot"),
        change("no channel state", PlanRequest.Builder::clearChannelState, "channel_state"),
        change("no server", PlanRequest.Builder::clearEdgeServer, "edge_server"),
        change("no budget", PlanRequest.Builder::clearLatencyBudget, "latency_budget"),
        budget("zero", nanoseconds(0)),
        budget("negative", NEGATIVE),
        budget("seconds negative", Duration.newBuilder().setSeconds(-1).build()),
        budget("mixed signs", MIXED_SIGNS),
        budget("a whole second of nanos", Duration.newBuilder().setNanos(1_000_000_000).build()),
        budget("least nanos", Duration.newBuilder().setNanos(Integer.MIN_VALUE).build()),
        budget("beyond protobuf", Duration.newBuilder().setSeconds(315_576_000_001L).build()),
        budget("least seconds", Duration.newBuilder().setSeconds(Long.MIN_VALUE).build()),
        budget("over 64 bits", TOO_LONG),
        budget("over 2^60 ns", nanoseconds((1L << 60) + 1)));
  }

  private static Change budget(String name, Duration value) {
    return change("budget: " + name, r -> r.setLatencyBudget(value), "latency_budget");
  }

  private static Stream<Change> blocks() {
    return Stream.of(
        change(
            "block without id",
            r -> block(r).clearId(),
            BLOCK + ".id",
            "block_library.models[0].block_ids[0]",
            "block_library.models[1].block_ids[0]",
            "block_library.models[2].block_ids[0]"),
        change(
            "block id twice",
            r -> library(r).addBlocks(TestRequests.block(0, 1)),
            "block_library.blocks[4].id"),
        change(
            "large block id twice",
            r ->
                library(r)
                    .addBlocks(TestRequests.block(-1, 1))
                    .addBlocks(TestRequests.block(-1, 1)),
            "block_library.blocks[5].id"),
        change("block of no bytes", r -> block(r).setSizeBytes(0), BLOCK + ".size_bytes"),
        change("block of 2^63 bytes", r -> block(r).setSizeBytes(1L << 63), BLOCK + ".size_bytes"),
        change("block of 2^64-1 bytes", r -> block(r).setSizeBytes(-1), BLOCK + ".size_bytes"));
  }

  private static Stream<Change> models() {
    return Stream.of(
        change(
            "model without id",
            r -> model(r).clearId(),
            MODEL + ".id",
            "user_snapshot.users[1].model_id"),
        change(
            "model id twice",
            r -> library(r).addModels(TestRequests.model("alpha", 0)),
            "block_library.models[3].id"),
        change("model without blocks", r -> model(r).clearBlockIds(), MODEL + ".block_ids"),
        change(
            "unwanted model without blocks",
            r -> library(r).getModelsBuilder(0).clearBlockIds(),
            "block_library.models[0].block_ids"),
        change("unknown block", r -> model(r).addBlockIds(77), MODEL + ".block_ids[2]"),
        change("unknown large block", r -> model(r).addBlockIds(-1), MODEL + ".block_ids[2]"),
        change("block twice in a model", r -> model(r).addBlockIds(0), MODEL + ".block_ids[2]"),
        change(
            "model of 2^63 bytes",
            r -> {
              library(r).getBlocksBuilder(2).setSizeBytes(Long.MAX_VALUE);
              server(r).clearResidentBlockIds();
            },
            MODEL + ".block_ids"),
        change(
            "model id of 1,025 characters",
            r -> library(r).getModelsBuilder(0).setId("x".repeat(1_025)),
            "block_library.models[0].id"));
  }

  private static Stream<Change> computeAndMemory() {
    String compute = MODEL + ".compute.affine";
    String memory = MODEL + ".memory.affine";
    return Stream.of(
        change("no compute", r -> model(r).clearCompute(), MODEL + ".compute"),
        change(
            "empty compute",
            r -> model(r).setCompute(ComputeProfile.getDefaultInstance()),
            MODEL + ".compute.profile"),
        change("per batch negative", r -> compute(r).setPerBatch(NEGATIVE), compute + ".per_batch"),
        change(
            "per batch over 64 bits",
            r -> compute(r).setPerBatch(TOO_LONG),
            compute + ".per_batch"),
        change(
            "per sample mixed signs",
            r -> compute(r).setPerSample(MIXED_SIGNS),
            compute + ".per_sample"),
        change("batch of one over 64 bits", r -> compute(r).setPerBatch(LONGEST), compute),
        change(
            "empty memory",
            r -> model(r).setMemory(MemoryProfile.getDefaultInstance()),
            MODEL + ".memory.profile"),
        change("fixed 2^63", r -> memory(r).setFixedBytes(1L << 63), memory + ".fixed_bytes"),
        change(
            "per sample 2^64-1",
            r -> memory(r).setBytesPerSample(-1),
            memory + ".bytes_per_sample"));
  }

  private static Stream<Change> users() {
    return Stream.of(
        change("user without id", r -> user(r).clearId(), USER + ".id"),
        change(
            "user id twice",
            r -> snapshot(r).addUsers(TestRequests.user("u1", "beta")),
            "user_snapshot.users[3].id"),
        change("user without model", r -> user(r).clearModelId(), USER + ".model_id"),
        change("unknown model", r -> user(r).setModelId("ALPHA"), USER + ".model_id"),
        change("upload of 2^63", r -> user(r).setUploadBytes(1L << 63), USER + ".upload_bytes"));
  }

  private static String userOfChannel(int channel) {
    return "channel_state.user_channels[" + channel + "].user_id";
  }

  private static Stream<Change> channels() {
    String efficiency = USER_CHANNEL + ".spectral_efficiency";
    String sinr = USER_CHANNEL + ".uplink_sinr_db";
    return Stream.of(
        bandwidth(0),
        bandwidth(-1),
        bandwidth(20),
        bandwidth(Math.nextDown(15_000)),
        bandwidth(Double.NaN),
        bandwidth(Double.POSITIVE_INFINITY),
        change(
            "bandwidth beside a grid",
            r ->
                uplink(r)
                    .setPrbGrid(PrbGrid.newBuilder().setPrbCount(11).setSubcarrierSpacingKhz(15)),
            "channel_state.bandwidth_hz"),
        change("unknown MCS table", r -> uplink(r).setMcsTableValue(9), "channel_state.mcs_table"),
        change("channel without user", r -> userChannel(r).clearUserId(), userOfChannel(1)),
        change(
            "channel without user or sense",
            r -> uplink(r).addUserChannels(channel("").setSpectralEfficiency(-1)),
            userOfChannel(3),
            "channel_state.user_channels[3].spectral_efficiency"),
        change(
            "second channel of a user",
            r -> uplink(r).addUserChannels(channel("u0").setSpectralEfficiency(1)),
            userOfChannel(3)),
        change("efficiency < 0", r -> userChannel(r).setSpectralEfficiency(-1), efficiency),
        change("efficiency NaN", r -> userChannel(r).setSpectralEfficiency(Double.NaN), efficiency),
        change(
            "efficiency infinite",
            r -> userChannel(r).setSpectralEfficiency(Double.POSITIVE_INFINITY),
            efficiency),
        change(
            "rate overflows",
            r -> uplink(r).setBandwidthHz(Double.MAX_VALUE),
            USER_CHANNEL + ".spectral_efficiency",
            LINK),
        change(
            "efficiency beyond any radio",
            r -> userChannel(r).setSpectralEfficiency(Double.MAX_VALUE),
            efficiency),
        change("SINR NaN", r -> userChannel(r).setUplinkSinrDb(Double.NaN), sinr),
        change(
            "SINR infinite", r -> userChannel(r).setUplinkSinrDb(Double.POSITIVE_INFINITY), sinr),
        change("SINR over 1000 dB", r -> userChannel(r).setUplinkSinrDb(1000.5), sinr),
        change(
            "time of a channel not measured",
            r -> uplink(r).setValidFor(nanoseconds(5)),
            "channel_state.measured_at"),
        change(
            "channel that never holds",
            r -> measured(r).setValidFor(nanoseconds(0)),
            "channel_state.valid_for"),
        change(
            "channel that holds less than never",
            r -> measured(r).setValidFor(NEGATIVE),
            "channel_state.valid_for"));
  }

  private static ChannelState.Builder measured(PlanRequest.Builder request) {
    return uplink(request).setMeasuredAt(Timestamp.getDefaultInstance());
  }

  private static Change bandwidth(double hertz) {
    return change(
        "bandwidth " + hertz, r -> uplink(r).setBandwidthHz(hertz), "channel_state.bandwidth_hz");
  }

  private static Stream<Change> links() {
    return Stream.of(
        change("PSD < 0", r -> link(r).setTransmitPsdWPerHz(-1), LINK + ".transmit_psd_w_per_hz"),
        change(
            "PSD NaN",
            r -> link(r).setTransmitPsdWPerHz(Double.NaN),
            LINK + ".transmit_psd_w_per_hz"),
        change("no distance", r -> link(r).clearDistanceM(), LINK + ".distance_m"),
        change("exponent < 0", r -> link(r).setPathLossExponent(-1), LINK + ".path_loss_exponent"),
        change("no noise", r -> link(r).clearNoisePsdWPerHz(), LINK + ".noise_psd_w_per_hz"),
        change(
            "noise infinite",
            r -> link(r).setNoisePsdWPerHz(Double.POSITIVE_INFINITY),
            LINK + ".noise_psd_w_per_hz"),
        change("gain < 0", r -> link(r).setFadingPowerGain(-0.1), LINK + ".fading_power_gain"),
        change("link overflows", r -> link(r).setDistanceM(1e-300), LINK),
        change(
            "power overflows to no number",
            r -> link(r).setTransmitPsdWPerHz(1e300).setFadingPowerGain(1e300).setDistanceM(1e300),
            LINK),
        change(
            "empty link budget",
            r -> r.getChannelStateBuilder().getUserChannelsBuilder(2).setLinkBudget(noLink()),
            LINK + ".distance_m",
            LINK + ".noise_psd_w_per_hz"));
  }

  private static LinkBudget noLink() {
    return LinkBudget.getDefaultInstance();
  }

  private static Stream<Change> server() {
    return Stream.of(
        change("no memory", r -> server(r).clearGpuMemoryBytes(), "edge_server.gpu_memory_bytes"),
        change(
            "memory of 2^63",
            r -> server(r).setGpuMemoryBytes(1L << 63),
            "edge_server.gpu_memory_bytes"),
        change(
            "unknown resident block",
            r -> server(r).addResidentBlockIds(77),
            "edge_server.resident_block_ids[2]"),
        change(
            "resident block twice",
            r -> server(r).addResidentBlockIds(9),
            "edge_server.resident_block_ids[2]"));
  }

  private static Stream<Change> transfers() {
    return Stream.of(
        change(
            "empty transfer",
            r -> server(r).setStorageToHost(TransferProfile.getDefaultInstance()),
            TRANSFER + ".profile"),
        change(
            "latency negative",
            r -> transfer(r).setLatency(NEGATIVE),
            TRANSFER + ".affine.latency"),
        change(
            "no rate",
            r -> transfer(r).clearBytesPerSecond(),
            TRANSFER + ".affine.bytes_per_second"),
        change(
            "rate NaN",
            r -> transfer(r).setBytesPerSecond(Double.NaN),
            TRANSFER + ".affine.bytes_per_second"),
        change(
            "rate infinite",
            r ->
                server(r)
                    .getHostToGpuBuilder()
                    .getAffineBuilder()
                    .setBytesPerSecond(Double.POSITIVE_INFINITY),
            "edge_server.host_to_gpu.affine.bytes_per_second"),
        change("load over 64 bits", r -> transfer(r).setBytesPerSecond(1e-3), TRANSFER),
        change(
            "both loads over 64 bits",
            r -> {
              transfer(r).setLatency(nanoseconds(5L << 60));
              server(r).getHostToGpuBuilder().getAffineBuilder().setLatency(nanoseconds(5L << 60));
            },
            "edge_server"));
  }

  private static Stream<Change> options() {
    PlanOptions.Builder gen =
        PlanOptions.newBuilder().setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_GEN);
    return Stream.of(
        change("unknown algorithm", r -> options(r).setAlgorithmValue(99), "options.algorithm"),
        change("slot of 0", r -> r.setOptions(gen.clone().setSlot(nanoseconds(0))), "options.slot"),
        change("slot negative", r -> r.setOptions(gen.clone().setSlot(NEGATIVE)), "options.slot"),
        change(
            "10,001 slots",
            r -> r.setOptions(gen.clone().setSlot(nanoseconds(29_997))),
            "options.slot"),
        change(
            "10,001 slots of the default",
            r -> r.setOptions(gen).setLatencyBudget(nanoseconds(100_010_000_000L)),
            "options.slot"),
        change(
            "sub-channels over 2^31-1",
            r -> options(r).setEqualSubchannels(1 << 31),
            "options.equal_subchannels"),
        change(
            "time limit of 0",
            r -> options(r).setPlanningTimeLimit(nanoseconds(0)),
            "options.planning_time_limit"),
        change(
            "time limit negative",
            r -> options(r).setPlanningTimeLimit(NEGATIVE),
            "options.planning_time_limit"),
        change(
            "answer reserve negative",
            r -> options(r).setAnswerReserve(NEGATIVE),
            "options.answer_reserve"),
        change("search effort of 0", r -> options(r).setSearchEffort(0), "options.search_effort"),
        change(
            "search effort not a number",
            r -> options(r).setSearchEffort(Double.NaN),
            "options.search_effort"),
        change(
            "search effort too large",
            r -> options(r).setSearchEffort(1001),
            "options.search_effort"),
        change(
            "search effort for Gen",
            r ->
                options(r).setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_GEN).setSearchEffort(2),
            "options.search_effort"));
  }

  private static PlanOptions.Builder options(PlanRequest.Builder request) {
    return request.getOptionsBuilder();
  }

  private static BlockLibrary.Builder library(PlanRequest.Builder request) {
    return request.getBlockLibraryBuilder();
  }

  private static ParameterBlock.Builder block(PlanRequest.Builder request) {
    return library(request).getBlocksBuilder(1);
  }

  private static io.partialloading.planner.v1.Model.Builder model(PlanRequest.Builder request) {
    return library(request).getModelsBuilder(1);
  }

  private static AffineCompute.Builder compute(PlanRequest.Builder request) {
    return model(request).getComputeBuilder().getAffineBuilder();
  }

  private static AffineMemory.Builder memory(PlanRequest.Builder request) {
    return model(request).getMemoryBuilder().getAffineBuilder();
  }

  private static UserSnapshot.Builder snapshot(PlanRequest.Builder request) {
    return request.getUserSnapshotBuilder();
  }

  private static io.partialloading.planner.v1.User.Builder user(PlanRequest.Builder request) {
    return snapshot(request).getUsersBuilder(1);
  }

  private static ChannelState.Builder uplink(PlanRequest.Builder request) {
    return request.getChannelStateBuilder();
  }

  private static io.partialloading.planner.v1.UserChannel.Builder userChannel(
      PlanRequest.Builder request) {
    return uplink(request).getUserChannelsBuilder(1);
  }

  private static LinkBudget.Builder link(PlanRequest.Builder request) {
    return uplink(request).getUserChannelsBuilder(2).getLinkBudgetBuilder();
  }

  private static EdgeServer.Builder server(PlanRequest.Builder request) {
    return request.getEdgeServerBuilder();
  }

  private static AffineTransfer.Builder transfer(PlanRequest.Builder request) {
    return server(request).getStorageToHostBuilder().getAffineBuilder();
  }

  private static List<Fault> faults(PlanRequest.Builder request) {
    return assertThrows(
            InvalidRequestException.class, () -> READER.read(request.build(), StopSignal.NEVER))
        .faults();
  }

  private static List<String> paths(List<Fault> faults) {
    return faults.stream().map(Fault::field).toList();
  }

  @ParameterizedTest
  @MethodSource({"changes", "moreChanges"})
  void read_oneFieldWrong_reportsItsPath(Change change) {
    PlanRequest.Builder request = TestRequests.good();
    change.edit().accept(request);

    List<Fault> faults = faults(request);

    assertEquals(change.paths(), paths(faults), faults::toString);
    faults.forEach(fault -> assertTrue(!fault.description().isBlank(), faults::toString));
  }

  @Test
  void read_everythingWrongAtOnce_reportsAllOfIt() {
    PlanRequest.Builder request = TestRequests.good();
    List<Change> all =
        Stream.concat(
                Stream.of(
                    budget("negative", NEGATIVE),
                    bandwidth(Double.NaN),
                    change("", r -> block(r).setSizeBytes(0), BLOCK + ".size_bytes"),
                    change("", r -> model(r).addBlockIds(77), MODEL + ".block_ids[2]"),
                    change("", r -> model(r).clearCompute(), MODEL + ".compute"),
                    change("", r -> user(r).setModelId("?"), USER + ".model_id"),
                    change("", r -> user(r).setUploadBytes(-1), USER + ".upload_bytes"),
                    change(
                        "",
                        r -> uplink(r).addUserChannels(channel("u0").setSpectralEfficiency(-1)),
                        userOfChannel(3),
                        "channel_state.user_channels[3].spectral_efficiency"),
                    change("", r -> options(r).setAlgorithmValue(99), "options.algorithm")),
                Stream.concat(links().limit(1), server()))
            .filter(change -> !change.name().startsWith("memory of"))
            .toList();
    List<String> expected = new ArrayList<>();
    for (Change change : all) {
      change.edit().accept(request);
      expected.addAll(change.paths());
    }
    // Two changes add a resident block: the second comes after the first.
    expected.remove("edge_server.resident_block_ids[2]");
    expected.add("edge_server.resident_block_ids[3]");

    List<String> found = paths(faults(request));

    assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
  }

  @Test
  void read_offendingValue_isInTheDescription() {
    PlanRequest.Builder request = TestRequests.good();
    model(request).addBlockIds(-1);
    block(request).setSizeBytes(-1);
    user(request).setModelId("a\n\"b\"" + "x".repeat(100));
    request.setLatencyBudget(MIXED_SIGNS);

    assertEquals(
        List.of(
            new Fault(BLOCK + ".size_bytes", "18446744073709551615 exceeds 2^63 - 1"),
            new Fault(MODEL + ".block_ids[2]", "4294967295 is not a block"),
            new Fault(USER + ".model_id", "\"a?'b'" + "x".repeat(43) + "...\" is not a model"),
            new Fault("latency_budget", "1 s and -1 ns is not a valid duration")),
        faults(request));
  }

  @Test
  void read_longId_saysHowLongItIs() {
    PlanRequest.Builder request = TestRequests.good();
    library(request).getModelsBuilder(0).setId("m".repeat(1_024));
    assertDoesNotThrow(() -> READER.read(request.build(), StopSignal.NEVER));

    String long4096 = "\ud83d\udca9".repeat(2_048);
    snapshot(request).addUsers(TestRequests.user(long4096, "alpha"));

    Fault fault = faults(request).get(0);
    assertEquals("user_snapshot.users[3].id", fault.field());
    assertEquals("has 4096 characters, more than 1024", fault.description());
  }

  @Test
  void read_residentBlocksThatDoNotFit_saysBothAmounts() {
    PlanRequest.Builder request = TestRequests.good();
    server(request).setGpuMemoryBytes(15_000_000);
    assertDoesNotThrow(() -> READER.read(request.build(), StopSignal.NEVER));

    server(request).setGpuMemoryBytes(14_999_999);
    assertEquals(
        List.of(
            new Fault(
                "edge_server.resident_block_ids",
                "15000000 bytes together, more than the 14999999 of gpu_memory_bytes")),
        faults(request));

    library(request).getBlocksBuilder(2).setSizeBytes(Long.MAX_VALUE);
    assertTrue(
        faults(request)
            .contains(
                new Fault(
                    "edge_server.resident_block_ids",
                    "more than 2^63 - 1 bytes together, more than the 14999999 of"
                        + " gpu_memory_bytes")));
  }

  @Test
  void read_gpuSmallerThanEveryBlock_saysThatTheUnitIsBytes() {
    PlanRequest.Builder request = TestRequests.good();
    server(request).clearResidentBlockIds().setGpuMemoryBytes(5_000_000);
    assertDoesNotThrow(() -> READER.read(request.build(), StopSignal.NEVER));

    server(request).setGpuMemoryBytes(24);
    assertEquals(
        List.of(
            new Fault(
                "edge_server.gpu_memory_bytes",
                "24 bytes are less than the smallest block of the library, 5000000; the unit is"
                    + " bytes")),
        faults(request));

    library(request).clearBlocks().clearModels();
    snapshot(request).clearUsers();
    uplink(request).clearUserChannels();
    assertDoesNotThrow(() -> READER.read(request.build(), StopSignal.NEVER));
  }

  @Test
  void read_moreFaultsThanAreKept_countsThemAll() {
    PlanRequest.Builder request = TestRequests.good();
    for (int i = 0; i < 5_000; i++) {
      snapshot(request).addUsers(TestRequests.user("", "alpha"));
    }

    InvalidRequestException invalid =
        assertThrows(
            InvalidRequestException.class, () -> READER.read(request.build(), StopSignal.NEVER));

    assertEquals(5_000, invalid.faultCount());
    assertEquals(Faults.MAX_LISTED, invalid.faults().size());
  }
}
