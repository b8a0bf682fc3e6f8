// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.fixture.RandomRequests;
import io.partialloading.planner.fixture.RandomRequests.Structure;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.wire.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sensitivity against the plans of requests that state the larger resource themselves. */
class SensitivityTest {
  private static final RequestPlanner PLANNER = new RequestPlanner(Limits.DEFAULT);

  private static PlanRequest asked(PlanRequest request) {
    PlanRequest.Builder asked = request.toBuilder();
    asked.getOptionsBuilder().setSensitivity(true);
    return asked.build();
  }

  private static PlanResponse plan(PlanRequest request) {
    return PLANNER.plan(request, StopSignal.NEVER);
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  void sensitivity_ofRandomRequests_isWhatTheLargerResourceServes(Structure structure) {
    for (int seed = 0; seed < 400; seed++) {
      PlanRequest request = RandomRequests.of(structure, seed, 5, 10);

      PlanResponse response = plan(asked(request));

      String message = structure + " seed " + seed;
      assertEquals(Optimality.OPTIMALITY_PROVEN, response.getOptimality(), message);
      Sensitivity sensitivity = response.getSensitivity();
      assertEquals(
          plan(withMoreBandwidth(request)).getServedUserCount(),
          sensitivity.getServedWithMoreBandwidth(),
          message);
      assertEquals(
          plan(withLongerBudget(request)).getServedUserCount(),
          sensitivity.getServedWithLongerBudget(),
          message);
      assertEquals(
          plan(withFasterTransfer(request)).getServedUserCount(),
          sensitivity.getServedWithFasterTransfer(),
          message);
      assertEquals(
          plan(withFasterCompute(request)).getServedUserCount(),
          sensitivity.getServedWithFasterCompute(),
          message);
      assertTrue(
          least(sensitivity) >= response.getServedUserCount(), () -> message + ": " + sensitivity);
      assertEquals(
          plan(request).toBuilder().clearPlanningTime().build(),
          response.toBuilder().clearPlanningTime().clearSensitivity().build(),
          message);
    }
  }

  private static int least(Sensitivity sensitivity) {
    return Math.min(
        Math.min(sensitivity.getServedWithMoreBandwidth(), sensitivity.getServedWithLongerBudget()),
        Math.min(
            sensitivity.getServedWithFasterTransfer(), sensitivity.getServedWithFasterCompute()));
  }

  private static PlanRequest withMoreBandwidth(PlanRequest request) {
    PlanRequest.Builder larger = request.toBuilder();
    larger
        .getChannelStateBuilder()
        .setBandwidthHz(1.1 * request.getChannelState().getBandwidthHz());
    return larger.build();
  }

  private static PlanRequest withLongerBudget(PlanRequest request) {
    long budget = Durations.toNanos(request.getLatencyBudget());
    return request.toBuilder().setLatencyBudget(Durations.fromNanos((long) (1.1 * budget))).build();
  }

  private static PlanRequest withFasterTransfer(PlanRequest request) {
    PlanRequest.Builder larger = request.toBuilder();
    EdgeServer.Builder server = larger.getEdgeServerBuilder();
    if (server.hasStorageToHost()) {
      speedUp(server.getStorageToHostBuilder().getAffineBuilder());
    }
    if (server.hasHostToGpu()) {
      speedUp(server.getHostToGpuBuilder().getAffineBuilder());
    }
    return larger.build();
  }

  private static void speedUp(AffineTransfer.Builder transfer) {
    transfer
        .setLatency(shorter(transfer.getLatency()))
        .setBytesPerSecond(1.1 * transfer.getBytesPerSecond());
  }

  private static PlanRequest withFasterCompute(PlanRequest request) {
    PlanRequest.Builder larger = request.toBuilder();
    for (Model.Builder model : larger.getBlockLibraryBuilder().getModelsBuilderList()) {
      AffineCompute.Builder affine = model.getComputeBuilder().getAffineBuilder();
      affine
          .setPerBatch(shorter(affine.getPerBatch()))
          .setPerSample(shorter(affine.getPerSample()));
    }
    return larger.build();
  }

  private static Duration shorter(Duration time) {
    return Durations.fromNanos((long) Math.ceil(Durations.toNanos(time) / 1.1));
  }

  /** Two uploads of 8 ms, nothing else: 16 ms. */
  @Test
  void sensitivity_whereOnlyUploadsTakeTime_pointsAtBandwidthAndBudget() {
    PlanRequest.Builder request = TestRequests.good();
    request.getUserSnapshotBuilder().removeUsers(1);
    request.getChannelStateBuilder().removeUserChannels(2);
    request.getChannelStateBuilder().getUserChannelsBuilder(1).setSpectralEfficiency(1);
    request.getEdgeServerBuilder().clearStorageToHost().clearHostToGpu();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilderList()
        .forEach(model -> model.getComputeBuilder().getAffineBuilder().clear());
    request.setLatencyBudget(TestRequests.nanoseconds(15_000_000));

    PlanResponse response = plan(asked(request.build()));

    assertEquals(1, response.getServedUserCount());
    assertEquals(
        Sensitivity.newBuilder()
            .setServedWithMoreBandwidth(2)
            .setServedWithLongerBudget(2)
            .setServedWithFasterTransfer(1)
            .setServedWithFasterCompute(1)
            .build(),
        response.getSensitivity());
  }

  @Test
  void sensitivity_notAskedFor_isAbsent() {
    assertFalse(plan(TestRequests.good().build()).hasSensitivity());
  }

  @Test
  void sensitivity_ofAnotherAlgorithm_isAFault() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getOptionsBuilder()
        .setSensitivity(true)
        .setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_GEN);

    StatusRuntimeException failure =
        assertThrows(StatusRuntimeException.class, () -> plan(request.build()));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
  }

  @Test
  void sensitivity_withoutTime_isNeverBelowThePlan() {
    for (int seed = 0; seed < 50; seed++) {
      PlanRequest request = asked(RandomRequests.of(Structure.GENERAL, seed, 8, 12));

      PlanResponse response = PLANNER.plan(request, Stop.timeUp());

      assertTrue(least(response.getSensitivity()) >= response.getServedUserCount(), "seed " + seed);
    }
  }

  @Test
  void sensitivity_cancelledAtItsEnd_isCancelled() {
    PlanRequest request = asked(TestRequests.good().build());
    Stop all = Stop.never();
    PLANNER.plan(request, all);
    Stop plain = Stop.never();
    PLANNER.plan(TestRequests.good().build(), plain);
    assertTrue(all.polls() >= plain.polls() + 4, () -> all.polls() + " polls");

    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () -> PLANNER.plan(request, Stop.cancelledAfter(all.polls() - 1)));

    assertEquals(Code.CANCELLED, failure.getStatus().getCode());
  }
}
