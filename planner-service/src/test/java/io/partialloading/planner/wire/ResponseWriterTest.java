// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static io.partialloading.planner.fixture.TestRequests.nanoseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.Timestamp;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.BandwidthSharing.Shares;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Steps;
import io.partialloading.planner.plan.Plan;
import io.partialloading.planner.plan.Schedule;
import io.partialloading.planner.plan.ScheduledBatch;
import io.partialloading.planner.plan.UnservedUser;
import io.partialloading.planner.plan.UnservedUser.Reason;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.UnservedReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResponseWriterTest {
  private static final ReadRequest REQUEST =
      new RequestReader(Limits.DEFAULT).read(TestRequests.good().build(), StopSignal.NEVER);
  private static final Schedule EMPTY = new Schedule(List.of(), 300_000_000);

  private static PlanResponse write(Solution solution, Schedule schedule, UnservedUser... users) {
    return ResponseWriter.write(
        REQUEST, new Plan(solution, schedule, List.of(users)), 1_234_567_890L);
  }

  private static Solution solution(int bound, Batch... batches) {
    return new Solution(List.of(batches), bound, SharingStructure.NESTED, false);
  }

  @Test
  void write_batch_inTheCallersWords() {
    Batch batch = new Batch(1, new int[] {0, 2});
    ScheduledBatch scheduled =
        new ScheduledBatch(
            batch,
            new Shares(new double[] {0.25, 0.75}, new int[0]),
            new Steps(
                1_500_000_000L,
                1_512_000_000L,
                1_512_000_000L,
                1_532_000_000L,
                1_532_000_000L,
                1_535_000_000L,
                new int[] {0, 2},
                60_000_000,
                7),
            265_000_000);

    PlanResponse response =
        write(solution(3, batch), new Schedule(List.of(scheduled), 265_000_000));

    assertEquals(
        io.partialloading.planner.v1.Schedule.newBuilder()
            .addBatches(
                io.partialloading.planner.v1.Batch.newBuilder()
                    .setModelId("beta")
                    .addGrants(grant("u0", 0.25, 0.5e6))
                    .addGrants(grant("u2", 0.75, 0.75e6))
                    .addLoadBlockIds(0)
                    .addLoadBlockIds(8)
                    .setLoadBytes(60_000_000)
                    .setReusedBytes(7)
                    .setStart(nanoseconds(1_500_000_000L))
                    .setUpload(nanoseconds(12_000_000))
                    .setLoad(nanoseconds(20_000_000))
                    .setCompute(nanoseconds(3_000_000))
                    .setLatestStart(nanoseconds(1_765_000_000L)))
            .setCompletion(nanoseconds(1_535_000_000L))
            .build(),
        response.getSchedule());
    assertEquals("good", response.getLabel());
    assertEquals(2, response.getServedUserCount());
    assertEquals(3, response.getServedUserUpperBound());
    assertEquals(Optimality.OPTIMALITY_NOT_PROVEN, response.getOptimality());
    assertEquals(Algorithm.ALGORITHM_ADAPTIVE, response.getAlgorithm());
    assertEquals(nanoseconds(1_234_567_890L), response.getPlanningTime());
  }

  @Test
  void write_grid_grantsPrbs() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getChannelStateBuilder()
        .clearBandwidthHz()
        .setUplinkSlotRatio(0.5)
        .setPrbGrid(PrbGrid.newBuilder().setPrbCount(50).setSubcarrierSpacingKhz(15));
    ScheduledBatch batch =
        new ScheduledBatch(
            new Batch(1, new int[] {0, 2}),
            new Shares(new double[] {0.4, 0.6}, new int[] {20, 30}),
            new Steps(0, 1, 1, 1, 1, 1, new int[0], 0, 0),
            0);

    List<BandwidthGrant> grants =
        write(request, new Schedule(List.of(batch), 0)).getSchedule().getBatches(0).getGrantsList();

    assertEquals(20, grants.get(0).getPrbCount());
    assertEquals(30, grants.get(1).getPrbCount());
    assertEquals(20 * 180e3 * 2 * 0.5, grants.get(0).getUploadRateBps(), 1e-6);
    assertEquals(30 * 180e3 * 0.5, grants.get(1).getUploadRateBps(), 1e-6);
  }

  private static PlanResponse write(PlanRequest.Builder request, Schedule schedule) {
    ReadRequest read = new RequestReader(Limits.DEFAULT).read(request.build(), StopSignal.NEVER);
    return ResponseWriter.write(read, new Plan(solution(0), schedule, List.of()), 0);
  }

  @Test
  void write_margins_areThoseRequested() {
    PlanRequest.Builder request = TestRequests.good();
    request.getOptionsBuilder().setUploadMargin(0.1).setLoadMargin(0.2).setComputeMargin(0.3);

    io.partialloading.planner.v1.Schedule schedule = write(request, EMPTY).getSchedule();

    assertEquals(0.1, schedule.getUploadMargin());
    assertEquals(0.2, schedule.getLoadMargin());
    assertEquals(0.3, schedule.getComputeMargin());
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 500000000, 1250000000, 1001, 750000000",
    "1000, 500000000, 500000000, 1001, 0",
    "-1, 999999999, 1, 0, 0",
    "0, 0, 0, 0, 0",
    "253402300798, 1, 1999999998, 253402300799, 999999999",
    "253402300798, 1, 1999999999, 253402300799, 999999999",
    "253402300799, 5, 1152921504606846976, 253402300799, 999999999",
  })
  void write_capturedAt_isValidForTheSlackOfThePlan(
      long seconds, int nanos, long slack, long validSeconds, int validNanos) {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().getCapturedAtBuilder().setSeconds(seconds).setNanos(nanos);

    PlanResponse response = write(request, new Schedule(List.of(), slack));

    assertEquals(
        Timestamp.newBuilder().setSeconds(validSeconds).setNanos(validNanos).build(),
        response.getValidUntil());
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 2000000000, 990, 12000000000, 1002, 0",
    "1000, 2000000000, 990, 11999999999, 1001, 999999999",
    "1000, 2000000000, 999, 500000000, 999, 500000000",
    "1000, 2000000000, 1001, 1000000001, 1002, 0",
    "-5, 9, 253402300799, 9223372036854775807, -5, 9",
  })
  void write_channelThatHoldsForATime_isValidUntilTheEarlier(
      long captured, long slack, long measured, long validFor, long seconds, int nanos) {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().getCapturedAtBuilder().setSeconds(captured);
    request.getChannelStateBuilder().setValidFor(nanoseconds(validFor));
    request.getChannelStateBuilder().getMeasuredAtBuilder().setSeconds(measured);

    PlanResponse response = write(request, new Schedule(List.of(), slack));

    assertEquals(
        Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build(),
        response.getValidUntil());
  }

  @Test
  void write_channelThatHoldsForATime_isEnoughToBeValid() {
    PlanRequest.Builder request = TestRequests.good();
    request.getChannelStateBuilder().getMeasuredAtBuilder().setSeconds(50);
    assertFalse(write(request, EMPTY).hasValidUntil());

    request.getChannelStateBuilder().setValidFor(nanoseconds(20));

    assertEquals(
        Timestamp.newBuilder().setSeconds(50).setNanos(20).build(),
        write(request, EMPTY).getValidUntil());
  }

  @Test
  void write_noCapturedAt_isNotSaidToBeValid() {
    assertFalse(write(solution(0), EMPTY).hasValidUntil());
  }

  private static BandwidthGrant grant(String user, double fraction, double rate) {
    return BandwidthGrant.newBuilder()
        .setUserId(user)
        .setBandwidthFraction(fraction)
        .setUploadRateBps(rate)
        .build();
  }

  @Test
  void write_boundReached_isProven() {
    PlanResponse response = write(solution(0), EMPTY);

    assertEquals(Optimality.OPTIMALITY_PROVEN, response.getOptimality());
    assertEquals(nanoseconds(0), response.getSchedule().getCompletion());
  }

  @Test
  void write_unservedUsers_haveAShortfallOnlyWhereALongerBudgetHelps() {
    PlanResponse response =
        write(
            solution(3),
            EMPTY,
            new UnservedUser(0, Reason.OUT_OF_REACH, 0),
            new UnservedUser(1, Reason.MODEL_EXCEEDS_GPU_MEMORY, 0),
            new UnservedUser(2, Reason.EXCEEDS_BUDGET_ALONE, 5),
            new UnservedUser(2, Reason.DISPLACED, 0),
            new UnservedUser(1, Reason.NO_CHANNEL, 0));

    assertEquals("u0", response.getUnservedUsers(0).getUserId());
    assertEquals(
        UnservedReason.UNSERVED_REASON_OUT_OF_REACH, response.getUnservedUsers(0).getReason());
    assertFalse(response.getUnservedUsers(0).hasShortfall());
    assertEquals(
        UnservedReason.UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY,
        response.getUnservedUsers(1).getReason());
    assertFalse(response.getUnservedUsers(1).hasShortfall());
    assertEquals(
        UnservedReason.UNSERVED_REASON_EXCEEDS_BUDGET_ALONE,
        response.getUnservedUsers(2).getReason());
    assertEquals(nanoseconds(5), response.getUnservedUsers(2).getShortfall());
    assertEquals(
        UnservedReason.UNSERVED_REASON_DISPLACED, response.getUnservedUsers(3).getReason());
    assertEquals(nanoseconds(0), response.getUnservedUsers(3).getShortfall());
    assertEquals(
        UnservedReason.UNSERVED_REASON_NO_CHANNEL, response.getUnservedUsers(4).getReason());
    assertFalse(response.getUnservedUsers(4).hasShortfall());
  }

  @ParameterizedTest
  @EnumSource
  void write_sharingStructure_byItsName(SharingStructure structure) {
    PlanResponse response = write(new Solution(List.of(), 0, structure, false), EMPTY);

    assertEquals("SHARING_STRUCTURE_" + structure, response.getSharingStructure().name());
  }
}
