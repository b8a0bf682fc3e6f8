// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.ScheduleViolation;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.ViolationKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A schedule on a PRB grid with measured profiles, worked out by hand, and ways of damaging it.
 *
 * <pre>
 * grid     5 PRBs of 12 · 960 kHz, half of the slots uplink; low-efficiency QAM64 index 3 on half
 *          of 180 elements and on 2 layers: 2 · 64/1024 bit/s/Hz, which is 90 bytes a ms on one PRB
 * model    one block of 3 MB; batches of 1, 2, 3 take 2, 2, 7 ms; 4, 6, 9 MB of 10 MB
 * loads    1 MB in 1 ms, 2 MB in 1.5 ms, onwards 0.5 ms/MB: 3 MB take 2 ms
 * users    a, b, c: 6, 9, 12 ms on one PRB
 *
 * start ms  batch            upload  load  compute
 *  0        a 2, b 3         3       2     2
 *  7        c 4, 1 left      3       -     2
 * 12        end; the budget is 20
 * </pre>
 */
class MeasuredProfilesTest {
  private static final double PRB_RATE = 90 * 8_000;

  private final PlanRequest request = request();
  private final Schedule schedule = schedule();

  @Test
  void correctSchedule_isFeasibleAndTimedAsItIs() {
    assertFound(request, schedule);
    assertEquals(schedule, ScheduleVerifier.verify(request, schedule, () -> {}).getTimedSchedule());
  }

  @Test
  void userWithoutAPrb_isFound() {
    assertDamage(s -> grant(s, 1, 0).setPrbCount(0).setBandwidthFraction(0), "NO_PRB 1 c 1.0");
  }

  @Test
  void fractionWithoutPrbs_isFound() {
    assertDamage(
        s -> grant(s, 1, 0).setPrbCount(0), "NO_PRB 1 c 1.0", "FRACTION_NOT_OF_PRBS 1 c 0.8");
  }

  @Test
  void morePrbsThanTheGrid_areFound() {
    assertDamage(
        s -> grant(s, 0, 0).setPrbCount(4).setBandwidthFraction(0.8).setUploadRateBps(4 * PRB_RATE),
        "PRBS_EXCEED_GRID 0  2.0");
  }

  @Test
  void prbsBeyondSigned32Bits_areFound() {
    assertDamage(
        s -> {
          grant(s, 1, 0).setPrbCount(-1).setBandwidthFraction(0xFFFF_FFFFL / 5.0);
          grant(s, 1, 0).setUploadRateBps(0xFFFF_FFFFL * PRB_RATE);
          s.getBatchesBuilder(1).setUpload(Durations.fromNanos(1));
          s.setCompletion(Durations.fromNanos(9_000_001));
        },
        "PRBS_EXCEED_GRID 1  " + (0xFFFF_FFFFL - 5.0));
  }

  @Test
  void moreUsersThanPrbs_areFound() {
    PlanRequest.Builder narrow = request.toBuilder();
    narrow.getChannelStateBuilder().getPrbGridBuilder().setPrbCount(1);
    Schedule.Builder shared = schedule.toBuilder();
    grant(shared, 0, 0).setPrbCount(1).setBandwidthFraction(1).setUploadRateBps(PRB_RATE);
    grant(shared, 0, 1).setPrbCount(1).setBandwidthFraction(1).setUploadRateBps(PRB_RATE);
    shared.getBatchesBuilder(0).setUpload(Durations.fromMillis(9)).clearLatestStart();
    shared.removeBatches(1).setCompletion(Durations.fromMillis(13));

    assertFound(
        narrow.build(), shared.build(), "MORE_USERS_THAN_PRBS 0  1.0", "PRBS_EXCEED_GRID 0  1.0");
  }

  @Test
  void fractionThatIsNotThatOfThePrbs_isFound() {
    assertDamage(
        s -> grant(s, 1, 0).setBandwidthFraction(1), "FRACTION_NOT_OF_PRBS 1 c " + (1 - 0.8));
  }

  @Test
  void fractionThatIsNotANumber_isFound() {
    assertDamage(
        s -> grant(s, 1, 0).setBandwidthFraction(Double.NaN), "FRACTION_NOT_OF_PRBS 1 c 0.0");
  }

  @Test
  void fractionRounded_isFeasible() {
    assertDamage(s -> grant(s, 1, 0).setBandwidthFraction(0.8 + 9e-10));
  }

  @Test
  void rateOfTheWholeCarrierInsteadOfItsUplinkSlots_isFound() {
    assertDamage(
        s -> grant(s, 1, 0).setUploadRateBps(8 * PRB_RATE),
        "WRONG_UPLOAD_RATE 1 c " + 4 * PRB_RATE);
  }

  @Test
  void uploadAsIfPrbsCouldBeDivided_isFound() {
    // 6 + 9 ms on the whole band; whole PRBs take 3 ms just so, c alone would take 12/5.
    assertDamage(
        s -> {
          s.getBatchesBuilder(1).setUpload(Durations.fromNanos(2_400_000));
          s.setCompletion(Durations.fromNanos(11_400_000));
        },
        "WRONG_TIME 1  -600000.0");
  }

  @Test
  void morePrbsThanASubchannel_areFound() {
    PlanRequest.Builder equal = request.toBuilder();
    equal.getOptionsBuilder().setEqualSubchannels(2); // of two PRBs each; one PRB stays unused

    assertFound(
        equal.build(), schedule, "SUBCHANNELS_EXCEEDED 0 b 1.0", "SUBCHANNELS_EXCEEDED 1 c 2.0");
  }

  @Test
  void lessThanASubchannel_isLawful() {
    // The second user of the first batch is one too many for one sub-channel; c may leave a PRB.
    PlanRequest.Builder equal = request.toBuilder();
    equal.getOptionsBuilder().setEqualSubchannels(1);

    assertFound(equal.build(), schedule, "SUBCHANNELS_EXCEEDED 0  1.0");
  }

  @Test
  void batchBeyondTheLatencyTable_isFound() {
    PlanRequest.Builder shorter = request.toBuilder();
    Model.Builder model = shorter.getBlockLibraryBuilder().getModelsBuilder(0);
    model.getComputeBuilder().getTableBuilder().removeLatency(2).removeLatency(1);

    assertFound(shorter.build(), schedule, "BATCH_EXCEEDS_GPU_MEMORY 0  1.0");
  }

  @Test
  void batchBeyondTheMemoryTable_isFound() {
    PlanRequest.Builder shorter = request.toBuilder();
    Model.Builder model = shorter.getBlockLibraryBuilder().getModelsBuilder(0);
    model.getMemoryBuilder().getTableBuilder().clear().addBytes(0);

    assertFound(shorter.build(), schedule, "BATCH_EXCEEDS_GPU_MEMORY 0  1.0");
  }

  @Test
  void batchWhoseTabledMemoryIsTooMuch_isFound() {
    PlanRequest.Builder smaller = request.toBuilder();
    smaller.getEdgeServerBuilder().setGpuMemoryBytes(5_500_000);

    assertFound(smaller.build(), schedule, "BATCH_EXCEEDS_GPU_MEMORY 0  500000.0");
  }

  @Test
  void batchBeyondTheMaxBatchSize_isFound() {
    PlanRequest.Builder limited = request.toBuilder();
    limited.getBlockLibraryBuilder().getModelsBuilder(0).setMaxBatchSize(1);
    assertFound(limited.build(), schedule, "BATCH_EXCEEDS_GPU_MEMORY 0  1.0");

    for (int ample : new int[] {2, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      limited.getBlockLibraryBuilder().getModelsBuilder(0).setMaxBatchSize(ample);
      assertFound(limited.build(), schedule);
    }
  }

  @Test
  void blocksLargerThanTheGpu_areFoundWhateverTheProfileSays() {
    PlanRequest.Builder smaller = request.toBuilder();
    smaller.getEdgeServerBuilder().setGpuMemoryBytes(2_999_999);
    smaller
        .getBlockLibraryBuilder()
        .getModelsBuilder(0)
        .getMemoryBuilder()
        .getAffineBuilder()
        .setBytesPerSample(1);
    String[] both = {"BATCH_EXCEEDS_GPU_MEMORY 0  1.0", "BATCH_EXCEEDS_GPU_MEMORY 1  1.0"};
    assertFound(smaller.build(), schedule, both);

    smaller.getBlockLibraryBuilder().getModelsBuilder(0).clearMemory();
    assertFound(smaller.build(), schedule, both);
    smaller.getEdgeServerBuilder().setGpuMemoryBytes(3_000_000);
    assertFound(smaller.build(), schedule);
  }

  @Test
  void tablesThatDip_areTheLeastOfAllLargerSizes() {
    PlanRequest.Builder dips = request.toBuilder();
    Model.Builder model = dips.getBlockLibraryBuilder().getModelsBuilder(0);
    // 2 ms for 1 and 2, as before: what one of 3 takes.
    BatchLatencyTable.Builder times = model.getComputeBuilder().getTableBuilder().clear();
    for (long millis : new long[] {5, 4, 2}) {
      times.addLatency(Durations.fromMillis(millis));
    }
    // One of 2 takes 10 MB at most, since one of 3 does.
    model
        .getMemoryBuilder()
        .setTable(
            MemoryTable.newBuilder().addAllBytes(List.of(12_000_000L, 11_000_000L, 10_000_000L)));
    assertFound(dips.build(), schedule);

    times.setLatency(2, Durations.fromMillis(3));
    assertFound(
        dips.build(),
        schedule,
        "WRONG_TIME 0  -1000000.0",
        "WRONG_LATEST_START 0  2000000.0",
        "WRONG_TIME 1  -1000000.0",
        "WRONG_LATEST_START 1  1000000.0");
    times.setLatency(2, Durations.fromMillis(2));
    dips.getEdgeServerBuilder().setGpuMemoryBytes(9_999_999);
    assertFound(
        dips.build(),
        schedule,
        "BATCH_EXCEEDS_GPU_MEMORY 0  1.0",
        "BATCH_EXCEEDS_GPU_MEMORY 1  1.0");
  }

  @Test
  void points_areOfTheNextMeasuredSize() {
    PlanRequest.Builder sparse = request.toBuilder();
    Model.Builder model = sparse.getBlockLibraryBuilder().getModelsBuilder(0);
    model
        .getComputeBuilder()
        .getTableBuilder()
        .clear()
        .addPoints(TestRequests.latencyPoint(3, 2_500_000))
        .addPoints(TestRequests.latencyPoint(Integer.MAX_VALUE, 2_000_000));
    MemoryTable.Builder memory = model.getMemoryBuilder().getTableBuilder().clear();
    memory.addPointsBuilder().setBatchSize(1).setBytes(4_000_000);
    memory.addPointsBuilder().setBatchSize(4).setBytes(10_000_001);
    assertFound(sparse.build(), schedule, "BATCH_EXCEEDS_GPU_MEMORY 0  1.0");

    memory.getPointsBuilder(1).setBytes(10_000_000);
    assertFound(sparse.build(), schedule);
    memory.removePoints(1);
    assertFound(sparse.build(), schedule, "BATCH_EXCEEDS_GPU_MEMORY 0  1.0");
  }

  @Test
  void computingOfASmallerBatch_isFound() {
    PlanRequest.Builder slower = request.toBuilder();
    Model.Builder model = slower.getBlockLibraryBuilder().getModelsBuilder(0);
    model.getComputeBuilder().getTableBuilder().setLatency(1, Durations.fromMillis(3));

    assertFound(
        slower.build(), schedule, "WRONG_TIME 0  -1000000.0", "WRONG_LATEST_START 0  1000000.0");
  }

  @Test
  void loadByTheFirstSlopeOnly_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(0).setLoad(Durations.fromMillis(3));
          s.getBatchesBuilder(1).setStart(Durations.fromMillis(8));
          s.setCompletion(Durations.fromMillis(13));
        },
        "WRONG_TIME 0  1000000.0");
  }

  @Test
  void piecewiseLinearLoad_isInterpolatedAndRoundedUp() {
    Timing timing = new Timing(request);
    long[][] expected = {
      {0, 0},
      {1, 1},
      {500_001, 500_001},
      {1_000_000, 1_000_000},
      {1_000_001, 1_000_001},
      {1_000_002, 1_000_001},
      {2_000_000, 1_500_000},
      {2_000_003, 1_500_002},
      {10_000_000, 5_500_000}
    };
    for (long[] load : expected) {
      assertEquals(load[1], timing.load(load[0]).longValueExact(), load[0] + " bytes");
    }
  }

  private void assertDamage(Consumer<Schedule.Builder> damage, String... expected) {
    Schedule.Builder damaged = schedule.toBuilder();
    damage.accept(damaged);
    damaged.getBatchesBuilderList().forEach(batch -> batch.setLatestStart(batch.getStart()));
    assertFound(request, damaged.build(), expected);
  }

  /** Exactly these violations, each as kind, batch, user and excess. */
  private static void assertFound(PlanRequest request, Schedule schedule, String... expected) {
    assertEquals(
        List.of(expected),
        ScheduleVerifier.verify(request, schedule, () -> {}).getViolationsList().stream()
            .map(MeasuredProfilesTest::inShort)
            .toList());
  }

  private static String inShort(ScheduleViolation violation) {
    String prefix = ViolationKind.VIOLATION_KIND_UNSPECIFIED.name().replace("UNSPECIFIED", "");
    assertTrue(violation.hasBatchIndex() && !violation.getDescription().isEmpty());
    return "%s %d %s %s"
        .formatted(
            violation.getKind().name().substring(prefix.length()),
            violation.getBatchIndex(),
            violation.getUserId(),
            violation.getExcess());
  }

  private static BandwidthGrant.Builder grant(Schedule.Builder schedule, int n, int k) {
    return schedule.getBatchesBuilder(n).getGrantsBuilder(k);
  }

  private static Schedule schedule() {
    Schedule.Builder schedule = Schedule.newBuilder();
    schedule
        .addBatches(
            Batch.newBuilder()
                .setModelId("m")
                .addGrants(grant("a", 2))
                .addGrants(grant("b", 3))
                .addLoadBlockIds(7)
                .setLoadBytes(3_000_000)
                .setStart(Durations.fromMillis(0))
                .setUpload(Durations.fromMillis(3))
                .setLoad(Durations.fromMillis(2))
                .setCompute(Durations.fromMillis(2))
                .setLatestStart(Durations.fromMillis(8)))
        .addBatches(
            Batch.newBuilder()
                .setModelId("m")
                .addGrants(grant("c", 4))
                .setReusedBytes(3_000_000)
                .setStart(Durations.fromMillis(7))
                .setUpload(Durations.fromMillis(3))
                .setLoad(Durations.fromMillis(0))
                .setCompute(Durations.fromMillis(2))
                .setLatestStart(Durations.fromMillis(15)));
    return schedule.setCompletion(Durations.fromMillis(12)).build();
  }

  private static BandwidthGrant grant(String user, int prbs) {
    return BandwidthGrant.newBuilder()
        .setUserId(user)
        .setPrbCount(prbs)
        .setBandwidthFraction(prbs / 5.0)
        .setUploadRateBps(prbs * PRB_RATE)
        .build();
  }

  private static PlanRequest request() {
    PlanRequest.Builder request = PlanRequest.newBuilder();
    Model.Builder model = request.getBlockLibraryBuilder().addModelsBuilder().setId("m");
    request.getBlockLibraryBuilder().addBlocksBuilder().setId(7).setSizeBytes(3_000_000);
    model.addBlockIds(7);
    BatchLatencyTable.Builder table = model.getComputeBuilder().getTableBuilder();
    for (long millis : new long[] {2, 2, 7}) {
      table.addLatency(Durations.fromMillis(millis));
    }
    model
        .getMemoryBuilder()
        .setTable(
            MemoryTable.newBuilder().addAllBytes(List.of(4_000_000L, 6_000_000L, 9_000_000L)));
    request.setChannelState(
        ChannelState.newBuilder()
            .setPrbGrid(PrbGrid.newBuilder().setPrbCount(5).setSubcarrierSpacingKhz(960))
            .setUplinkSlotRatio(0.5)
            .setDataElementsPerPrb(90)
            .setMcsTable(McsTable.MCS_TABLE_QAM64_LOW_SE));
    addUser(request, "a", 6 * 90);
    addUser(request, "b", 9 * 90);
    addUser(request, "c", 12 * 90);
    return request
        .setEdgeServer(
            EdgeServer.newBuilder()
                .setGpuMemoryBytes(10_000_000)
                .setHostToGpu(
                    TransferProfile.newBuilder()
                        .setPiecewiseLinear(
                            PiecewiseLinearTransfer.newBuilder()
                                .addPoints(point(1_000_000, 1_000_000))
                                .addPoints(point(2_000_000, 1_500_000)))))
        .setLatencyBudget(Durations.fromMillis(20))
        .build();
  }

  private static TransferPoint point(long bytes, long nanoseconds) {
    return TransferPoint.newBuilder()
        .setBytes(bytes)
        .setDuration(Durations.fromNanos(nanoseconds))
        .build();
  }

  private static void addUser(PlanRequest.Builder request, String id, long bytes) {
    request
        .getUserSnapshotBuilder()
        .addUsers(User.newBuilder().setId(id).setModelId("m").setUploadBytes(bytes));
    request
        .getChannelStateBuilder()
        .addUserChannels(UserChannel.newBuilder().setUserId(id).setUplinkMcs(3).setUplinkLayers(2));
  }
}
