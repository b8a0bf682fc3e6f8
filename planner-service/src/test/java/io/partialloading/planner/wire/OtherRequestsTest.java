// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What comes before a schedule is judged or a library is analysed. */
class OtherRequestsTest {
  private static final RequestReader READER = new RequestReader(Limits.DEFAULT);

  private static VerifyScheduleRequest verify(PlanRequest.Builder request) {
    return VerifyScheduleRequest.newBuilder()
        .setRequest(request)
        .setSchedule(Schedule.getDefaultInstance())
        .build();
  }

  private static AnalyzeLibraryRequest analyze(BlockLibrary.Builder library) {
    return AnalyzeLibraryRequest.newBuilder().setBlockLibrary(library).build();
  }

  private static List<String> faultPaths(Executable read) {
    return assertThrows(InvalidRequestException.class, read).faults().stream()
        .map(Fault::field)
        .toList();
  }

  @Test
  void check_goodRequest_passes() {
    assertDoesNotThrow(() -> READER.check(verify(TestRequests.good()), StopSignal.NEVER));
  }

  @Test
  void check_nothing_missesBothFields() {
    assertEquals(
        List.of("request", "schedule"),
        faultPaths(
            () -> READER.check(VerifyScheduleRequest.getDefaultInstance(), StopSignal.NEVER)));
  }

  @Test
  void check_noSchedule_isAFaultBesideOthers() {
    VerifyScheduleRequest.Builder message = VerifyScheduleRequest.newBuilder();
    assertEquals(
        List.of("schedule"),
        faultPaths(
            () -> READER.check(message.setRequest(TestRequests.good()).build(), StopSignal.NEVER)));
    message.getRequestBuilder().clearLatencyBudget();
    assertEquals(
        List.of("request.latency_budget", "schedule"),
        faultPaths(() -> READER.check(message.build(), StopSignal.NEVER)));
  }

  @Test
  void check_scheduleBeyondTheLimits_isTooLarge() {
    RequestReader small = new RequestReader(new Limits(3, 3, 4, 6, 1, 1));
    VerifyScheduleRequest good = verify(TestRequests.good());
    VerifyScheduleRequest.Builder batches = good.toBuilder();
    VerifyScheduleRequest.Builder grants = good.toBuilder();
    VerifyScheduleRequest.Builder references = good.toBuilder();
    for (int i = 0; i < 4; i++) {
      batches.getScheduleBuilder().addBatchesBuilder();
    }
    for (int i = 0; i < 2; i++) {
      Batch.Builder batch = grants.getScheduleBuilder().addBatchesBuilder();
      batch.addGrantsBuilder();
      batch.addGrantsBuilder();
      references.getScheduleBuilder().addBatchesBuilder().addAllLoadBlockIds(List.of(1, 2, 3, 4));
    }

    assertDoesNotThrow(() -> small.check(good, StopSignal.NEVER));
    assertEquals(
        List.of(
            "schedule.batches: 4 batches exceed this server's limit of 3",
            "schedule.batches: 4 grants exceed this server's limit of 3",
            "schedule.batches: 8 block references exceed this server's limit of 6"),
        Stream.of(batches, grants, references)
            .map(VerifyScheduleRequest.Builder::build)
            .map(
                message ->
                    assertThrows(
                            RequestTooLargeException.class,
                            () -> small.check(message, StopSignal.NEVER))
                        .getMessage())
            .toList());
  }

  @Test
  void check_faults_haveThePathWithinTheMessage() {
    PlanRequest.Builder wrong = TestRequests.good().clearLatencyBudget();
    wrong.getBlockLibraryBuilder().getModelsBuilder(2).addBlockIds(77);
    wrong
        .getUserSnapshotBuilder()
        .addUsers(TestRequests.user("u3", "beta"))
        .addUsers(TestRequests.user("u4", "?"));
    wrong.getChannelStateBuilder().addUserChannels(TestRequests.channel("u4").setUplinkLayers(9));
    wrong.getEdgeServerBuilder().addResidentBlockIds(77);
    wrong.getOptionsBuilder().setUploadMargin(-1);

    assertEquals(
        List.of(
            "request.block_library.models[2].block_ids[2]",
            "request.user_snapshot.users[4].model_id",
            "request.channel_state.user_channels[3].uplink_layers",
            "request.edge_server.resident_block_ids[2]",
            "request.latency_budget",
            "request.options.upload_margin"),
        faultPaths(() -> READER.check(verify(wrong), StopSignal.NEVER)));
    assertEquals(
        List.of(
            "request.block_library",
            "request.user_snapshot",
            "request.channel_state",
            "request.edge_server",
            "request.latency_budget"),
        faultPaths(() -> READER.check(verify(PlanRequest.newBuilder()), StopSignal.NEVER)));
  }

  @Test
  void check_tooLarge_namesTheFieldWithinTheMessage() {
    RequestReader small = new RequestReader(new Limits(2, 3, 4, 6, 1, 1));

    assertEquals(
        "request.user_snapshot.users: 3 users exceed this server's limit of 2",
        assertThrows(
                RequestTooLargeException.class,
                () -> small.check(verify(TestRequests.good()), StopSignal.NEVER))
            .getMessage());
  }

  @Test
  void read_library_isInItsOwnOrder() {
    ReadLibrary read =
        READER.read(analyze(TestRequests.good().getBlockLibraryBuilder()), StopSignal.NEVER);

    assertArrayEquals(new int[] {9, 0, 7, 8}, read.blockIds());
    assertArrayEquals(
        new long[] {5_000_000, 40_000_000, 10_000_000, 20_000_000}, read.blockBytes());
    assertArrayEquals(new String[] {"unwanted", "alpha", "beta"}, read.modelIds());
    assertArrayEquals(new int[][] {{1, 0}, {1, 2}, {1, 3}}, read.modelBlocks());
  }

  @Test
  void read_emptyLibrary_isEmpty() {
    assertEquals(
        0, READER.read(analyze(BlockLibrary.newBuilder()), StopSignal.NEVER).modelIds().length);
  }

  @Test
  void read_wrongLibrary_isReportedAsInAPlan() {
    BlockLibrary.Builder wrong = TestRequests.good().getBlockLibraryBuilder();
    wrong.getModelsBuilder(1).clearCompute();

    assertEquals(
        List.of("block_library.models[1].compute"),
        faultPaths(() -> READER.read(analyze(wrong), StopSignal.NEVER)));
    assertEquals(
        List.of("block_library"),
        faultPaths(
            () -> READER.read(AnalyzeLibraryRequest.getDefaultInstance(), StopSignal.NEVER)));
  }

  @Test
  void read_libraryBeyondTheLimits_isTooLarge() {
    RequestReader small = new RequestReader(new Limits(1, 2, 4, 6, 1, 1));

    assertThrows(
        RequestTooLargeException.class,
        () -> small.read(analyze(TestRequests.good().getBlockLibraryBuilder()), StopSignal.NEVER));
  }
}
