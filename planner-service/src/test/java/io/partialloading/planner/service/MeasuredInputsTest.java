// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.FieldRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.Fault;
import io.partialloading.planner.wire.InvalidRequestException;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.RequestReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Profiles and GPU memory as callers state them, among the test resources in {@code field}. */
class MeasuredInputsTest {
  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

  private static PlanRequest.Builder request(String name) {
    return FieldRequests.named(name).toBuilder();
  }

  /** The plan, which the verifier finds lawful. */
  private PlanResponse plan(PlanRequest.Builder request) {
    PlanRequest asked = request.build();
    PlanResponse plan = planner.plan(asked, StopSignal.NEVER);
    assertEquals(
        List.of(),
        ScheduleVerifier.verify(asked, plan.getSchedule(), () -> {}).getViolationsList());
    return plan;
  }

  private static List<Fault> faults(PlanRequest.Builder request) {
    return assertThrows(
            InvalidRequestException.class,
            () -> new RequestReader(Limits.DEFAULT).read(request.build(), StopSignal.NEVER))
        .faults();
  }

  /** Adds users like the first, up to so many. */
  private static void fillUp(PlanRequest.Builder request, int users) {
    for (int user = 2; user <= users; user++) {
      request
          .getUserSnapshotBuilder()
          .addUsers(request.getUserSnapshot().getUsers(0).toBuilder().setId("u" + user));
      request
          .getChannelStateBuilder()
          .addUserChannels(
              request.getChannelState().getUserChannels(0).toBuilder().setUserId("u" + user));
    }
  }

  @Test
  void measuredTableThatDips_isPlannedWithTheLeastTimeOfAllLargerSizes() {
    PlanRequest.Builder request = request("measured-table-dips");
    PlanResponse ofOne = plan(request);
    assertEquals(1, ofOne.getServedUserCount());
    assertEquals(Optimality.OPTIMALITY_PROVEN, ofOne.getOptimality());

    fillUp(request, 4);
    PlanResponse ofFour = plan(request);
    assertEquals(Optimality.OPTIMALITY_PROVEN, ofFour.getOptimality());
    assertEquals(1, ofFour.getSchedule().getBatchesCount());
    Batch batch = ofFour.getSchedule().getBatches(0);
    assertEquals(4, batch.getGrantsCount());
    assertEquals(20_461_000, Durations.toNanos(batch.getCompute()));
  }

  @Test
  void memoryProfileBelowTheWeights_takesTheWeights() {
    PlanRequest.Builder request = request("memory-profile-below-weights");
    long weights = request.getBlockLibrary().getBlocks(0).getSizeBytes();
    assertEquals(
        List.of(
            new Fault(
                "edge_server.gpu_memory_bytes",
                "500000000 bytes are less than the smallest block of the library, 1000000000; the"
                    + " unit is bytes")),
        faults(request));
    request.getEdgeServerBuilder().setGpuMemoryBytes(weights);
    assertEquals(1, plan(request).getServedUserCount());

    // With a small block in the library the GPU may be smaller than the model.
    request.getBlockLibraryBuilder().addBlocksBuilder().setId(2).setSizeBytes(1);
    request.getEdgeServerBuilder().setGpuMemoryBytes(weights - 1);
    PlanResponse plan = plan(request);
    assertEquals(0, plan.getServedUserCount());
    assertEquals(Optimality.OPTIMALITY_PROVEN, plan.getOptimality());
    assertEquals(
        UnservedReason.UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY,
        plan.getUnservedUsers(0).getReason());
  }

  @Test
  void weightsBeyondTheGpu_areFaultsOfTheServer() {
    PlanRequest.Builder request = request("weights-exceed-gpu");
    assertEquals(
        List.of(
            new Fault(
                "edge_server.gpu_memory_bytes",
                "5000000000 bytes are less than the smallest block of the library, 6000000000; the"
                    + " unit is bytes"),
            new Fault(
                "edge_server.resident_block_ids",
                "12000000000 bytes together, more than the 5000000000 of gpu_memory_bytes")),
        faults(request));
  }

  @Test
  void everythingOnTheGpu_isPlanned() {
    PlanRequest.Builder request = request("all-adapters-resident");
    PlanResponse plan = plan(request);
    assertEquals(5, plan.getServedUserCount());
    assertEquals(Optimality.OPTIMALITY_PROVEN, plan.getOptimality());

    // 2,150 MB are resident.
    request.getEdgeServerBuilder().setGpuMemoryBytes(2_149_999_999L);
    assertEquals("edge_server.resident_block_ids", faults(request).get(0).field());
  }
}
