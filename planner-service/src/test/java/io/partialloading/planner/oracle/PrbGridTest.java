// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.verify.Timing;
import io.partialloading.planner.wire.Limits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans on PRB grids of real carriers, with more users than can be enumerated. */
class PrbGridTest {
  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

  @ParameterizedTest
  @CsvSource({"24, 16", "11, 11", "273, 32", "51, 50", "1, 1"})
  void asManyPrbsAsUsers_leaveNobodyWithout(int prbs, int users) {
    for (int seed = 0; seed < 200; seed++) {
      // Computing is so dear that one batch of all is best.
      PlanRequest request = request(prbs, users, 10_000_000, seed);

      Batch batch = plan(request, users, seed).getSchedule().getBatches(0);

      int granted = 0;
      for (BandwidthGrant grant : batch.getGrantsList()) {
        assertTrue(grant.getPrbCount() >= 1, "seed " + seed + ": " + grant.getUserId());
        granted += grant.getPrbCount();
      }
      assertEquals(users, batch.getGrantsCount(), "seed " + seed);
      assertEquals(prbs, granted, "seed " + seed);
    }
  }

  @Test
  void moreUsersThanPrbs_neverShareABatch() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int prbs = 1 + random.nextInt(12);
      int users = prbs + 1 + random.nextInt(30);
      PlanRequest request = request(prbs, users, 1 << random.nextInt(14), seed);

      PlanResponse response = plan(request, users, seed);

      for (Batch batch : response.getSchedule().getBatchesList()) {
        assertTrue(batch.getGrantsCount() <= prbs, "seed " + seed);
      }
    }
  }

  /**
   * Whole PRBs cost each user less than one PRB, on average about half: of 273 the 32 users lose
   * about 16, or 6 %. Apportionment equals enumeration, so that no other allocation loses less.
   */
  @Test
  void upload32UsersOn273Prbs_isNearTheContinuousOptimum() {
    int seeds = 1_000;
    double sum = 0;
    int within = 0;
    for (int seed = 0; seed < seeds; seed++) {
      PlanRequest request = request(273, 32, 10_000_000, seed);
      Timing timing = new Timing(request);
      double continuous = 0;
      for (int user = 0; user < 32; user++) {
        continuous +=
            timing
                    .unitUpload(
                        request.getChannelState().getUserChannels(user),
                        request.getUserSnapshot().getUsers(user).getUploadBytes())
                    .doubleValue()
                / 273;
      }

      Batch batch = plan(request, 32, seed).getSchedule().getBatches(0);

      assertEquals(32, batch.getGrantsCount(), "seed " + seed);
      double ratio = Durations.toNanos(batch.getUpload()) / continuous;
      assertTrue(ratio >= 1 && ratio <= 273.0 / (273 - 32), "seed " + seed + ": " + ratio);
      sum += ratio;
      within += ratio <= 1.07 ? 1 : 0;
    }
    assertTrue(sum / seeds <= 1.07, "on average " + sum / seeds);
    assertTrue(within >= 0.9 * seeds, "within 7 % in " + within);
  }

  private PlanResponse plan(PlanRequest request, int users, int seed) {
    PlanResponse response = planner.plan(request, StopSignal.NEVER);
    assertEquals(users, response.getServedUserCount(), "seed " + seed);
    assertEquals(
        List.of(),
        ScheduleVerifier.verify(request, response.getSchedule(), () -> {}).getViolationsList(),
        "seed " + seed);
    return response;
  }

  /** Users of one model with SINRs as in a cell, -5 to 25 dB, who upload images of about 50 kB. */
  private static PlanRequest request(int prbs, int users, long microsOfBatch, int seed) {
    Random random = new Random(seed);
    PlanRequest.Builder request = PlanRequest.newBuilder();
    request.getBlockLibraryBuilder().addBlocksBuilder().setId(1).setSizeBytes(1);
    request
        .getBlockLibraryBuilder()
        .addModelsBuilder()
        .setId("m")
        .addBlockIds(1)
        .getComputeBuilder()
        .getAffineBuilder()
        .setPerBatch(Durations.fromMicros(microsOfBatch));
    for (int k = 0; k < users; k++) {
      request
          .getUserSnapshotBuilder()
          .addUsers(
              User.newBuilder()
                  .setId("u" + k)
                  .setModelId("m")
                  .setUploadBytes(40_000 + random.nextInt(20_000)));
      request
          .getChannelStateBuilder()
          .addUserChannels(
              UserChannel.newBuilder()
                  .setUserId("u" + k)
                  .setUplinkSinrDb(30 * random.nextDouble() - 5));
    }
    request
        .getChannelStateBuilder()
        .getPrbGridBuilder()
        .setPrbCount(prbs)
        .setSubcarrierSpacingKhz(30);
    request.getEdgeServerBuilder().setGpuMemoryBytes(1);
    return request.setLatencyBudget(Durations.fromSeconds(10_000)).build();
  }
}
