// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static io.partialloading.planner.fixture.TestRequests.block;
import static io.partialloading.planner.fixture.TestRequests.channel;
import static io.partialloading.planner.fixture.TestRequests.model;
import static io.partialloading.planner.fixture.TestRequests.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestPlannerTest {
  /** What gRPC clients take by default, all trailers together. */
  private static final int MAX_METADATA_BYTES = 8_192;

  private static final RequestPlanner PLANNER = new RequestPlanner(Limits.DEFAULT);

  private static StatusRuntimeException failure(PlanRequest.Builder request) {
    return assertThrows(
        StatusRuntimeException.class, () -> PLANNER.plan(request.build(), StopSignal.NEVER));
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void plan_goodRequest_isPlannedByEveryAlgorithm(Algorithm algorithm) {
    PlanRequest.Builder request = TestRequests.good();
    request.getOptionsBuilder().setAlgorithm(algorithm);

    PlanResponse response = PLANNER.plan(request.build(), StopSignal.NEVER);

    assertEquals("good", response.getLabel());
    assertEquals(
        algorithm == Algorithm.ALGORITHM_UNSPECIFIED ? Algorithm.ALGORITHM_ADAPTIVE : algorithm,
        response.getAlgorithm());
    assertEquals(3, response.getServedUserCount());
    assertEquals(2, response.getSchedule().getBatchesCount());
    assertTrue(response.hasPlanningTime());
  }

  @Test
  void plan_invalidRequest_listsEveryFaultInTheDetails() throws InvalidProtocolBufferException {
    PlanRequest.Builder request = TestRequests.good().clearLatencyBudget();
    request.getBlockLibraryBuilder().getModelsBuilder(2).addBlockIds(77);

    StatusRuntimeException failure = failure(request);

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals(
        "2 faults, the first: block_library.models[2].block_ids[2]: 77 is not a block",
        failure.getStatus().getDescription());
    assertEquals(
        List.of(
            FieldViolation.newBuilder()
                .setField("block_library.models[2].block_ids[2]")
                .setDescription("77 is not a block")
                .build(),
            FieldViolation.newBuilder()
                .setField("latency_budget")
                .setDescription("is missing")
                .build()),
        Violations.of(failure));
  }

  @Test
  void plan_moreFaultsThanTrailersHold_listsWhatFitsAndCountsTheRest()
      throws InvalidProtocolBufferException {
    PlanRequest.Builder request = TestRequests.good();
    for (int i = 0; i < 3_000; i++) {
      request
          .getUserSnapshotBuilder()
          .addUsers(user("\u00fc".repeat(60) + i, "\u00fc".repeat(60) + i));
    }

    StatusRuntimeException failure = failure(request);

    List<FieldViolation> violations = Violations.of(failure);
    int listed = violations.size() - 1;
    assertTrue(listed >= 20, () -> listed + " listed");
    assertEquals(
        "and " + (3_000 - listed) + " more faults", violations.get(listed).getDescription());
    assertTrue(trailerBytes(failure) < MAX_METADATA_BYTES, () -> trailerBytes(failure) + " bytes");
  }

  /** Size of the trailers on the wire: 32 bytes a header for bookkeeping, as HTTP/2 counts. */
  private static int trailerBytes(StatusRuntimeException failure) {
    byte[] details = StatusProto.fromThrowable(failure).toByteArray();
    byte[] message = failure.getStatus().getDescription().getBytes(StandardCharsets.UTF_8);
    int encoded = 0;
    for (byte b : message) {
      encoded += b >= ' ' && b < '~' && b != '%' ? 1 : 3;
    }
    return "grpc-status-details-bin".length()
        + Base64.getEncoder().encodeToString(details).length()
        + "grpc-message".length()
        + encoded
        + "grpc-status3".length()
        + "content-typeapplication/grpc".length()
        + 4 * 32;
  }

  @Test
  void plan_manyShortFaults_listsFortyOrMore() throws InvalidProtocolBufferException {
    PlanRequest.Builder request = TestRequests.good();
    for (int i = 0; i < 40; i++) {
      request.getUserSnapshotBuilder().addUsers(user("", "beta"));
    }

    assertEquals(40, Violations.of(failure(request)).size());
  }

  @Test
  void plan_beyondTheLimits_isResourceExhausted() {
    RequestPlanner small = new RequestPlanner(new Limits(2, 10, 10, 10, 10, 1));

    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () -> small.plan(TestRequests.good().build(), StopSignal.NEVER));

    assertEquals(Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
    assertEquals(
        "user_snapshot.users: 3 users exceed this server's limit of 2",
        failure.getStatus().getDescription());
  }

  /** Blocks 100 and 101 are shared across the models without being a common prefix. */
  @Test
  void plan_specOnGeneralSharing_isAFailedPreconditionThatNamesTheBlocks() {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getBlockLibraryBuilder()
        .clear()
        .addBlocks(block(100, 1_000))
        .addBlocks(block(101, 1_000))
        .addBlocks(block(102, 1_000))
        .addModels(model("alpha", 100, 101))
        .addModels(model("beta", 102, 101))
        .addModels(model("gamma", 100, 102));
    request.getUserSnapshotBuilder().addUsers(user("u3", "gamma"));
    request.getChannelStateBuilder().addUserChannels(channel("u3").setSpectralEfficiency(1));
    request.getEdgeServerBuilder().clearResidentBlockIds();
    request.getOptionsBuilder().setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC);

    StatusRuntimeException failure = failure(request);

    assertEquals(Code.FAILED_PRECONDITION, failure.getStatus().getCode());
    assertTrue(
        failure.getStatus().getDescription().matches(".*; blocks? 10[0-2].*"),
        failure.getStatus()::getDescription);
  }

  @Test
  void plan_cancelled_isCancelled() {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () -> PLANNER.plan(TestRequests.good().build(), Stop.cancelled()));

    assertEquals(Code.CANCELLED, failure.getStatus().getCode());
  }

  @Test
  void plan_timeUpAtOnce_isStillAPlan() {
    PlanRequest.Builder request = TestRequests.good();
    request.getOptionsBuilder().setPlanningTimeLimit(TestRequests.nanoseconds(1));

    PlanResponse response = PLANNER.plan(request.build(), Stop.timeUp());

    assertFalse(response.getServedUserCount() > response.getServedUserUpperBound());
  }

  @Test
  void plan_sameRequest_givesTheSameBytesPlanningTimeAside() {
    Random random = new Random(11);
    PlanRequest.Builder request = TestRequests.good();
    for (int i = 3; i < 40; i++) {
      String model = List.of("unwanted", "alpha", "beta").get(random.nextInt(3));
      request.getUserSnapshotBuilder().addUsers(user("u" + i, model));
      request
          .getChannelStateBuilder()
          .addUserChannels(channel("u" + i).setSpectralEfficiency(random.nextDouble(2)));
    }

    PlanResponse first = PLANNER.plan(request.build(), StopSignal.NEVER);
    PlanResponse second = PLANNER.plan(request.build(), StopSignal.NEVER);

    assertEquals(
        first.toBuilder().clearPlanningTime().build().toByteString(),
        second.toBuilder().clearPlanningTime().build().toByteString(),
        "seed 11");
  }
}
