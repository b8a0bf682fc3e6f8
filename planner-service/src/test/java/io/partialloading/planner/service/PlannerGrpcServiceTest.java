// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingStub;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.SharedBlock;
import io.partialloading.planner.v1.SharingComponent;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.v1.ViolationKind;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlannerGrpcServiceTest {
  private Server server;
  private ManagedChannel channel;
  private PlannerServiceBlockingStub stub;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new PlannerGrpcService(Limits.DEFAULT))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    stub = PlannerServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void plan_goodRequest_isAnswered() {
    assertEquals(3, stub.plan(TestRequests.good().build()).getServedUserCount());
  }

  @Test
  void plan_longDeadline_isAnswered() {
    assertEquals(
        3,
        stub.withDeadlineAfter(1, TimeUnit.HOURS)
            .plan(TestRequests.good().build())
            .getServedUserCount());
  }

  @Test
  void plan_invalidRequest_reachesTheClientWithItsFaults() throws IOException {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class, () -> stub.plan(PlanRequest.getDefaultInstance()));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals(5, Violations.of(failure).size());
  }

  @Test
  void plan_ofBytesThatAreNoRequest_isInvalid() throws IOException {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    PlannerServiceGrpc.getPlanMethod().toBuilder(
                            ProtoUtils.marshaller(BytesValue.getDefaultInstance()),
                            PlannerServiceGrpc.getPlanMethod().getResponseMarshaller())
                        .build(),
                    CallOptions.DEFAULT,
                    BytesValue.of(ByteString.copyFrom(new byte[] {-1, -1, -1}))));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
  }

  @Test
  void plan_deadlinePassed_isDeadlineExceeded() {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                stub.withDeadlineAfter(0, TimeUnit.NANOSECONDS).plan(TestRequests.good().build()));

    assertEquals(Code.DEADLINE_EXCEEDED, failure.getStatus().getCode());
  }

  @Test
  void plan_callerGone_isCancelled() {
    Context.CancellableContext caller = Context.current().withCancellation();
    caller.cancel(null);

    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                caller.call(
                    () ->
                        ClientCalls.blockingUnaryCall(
                            channel,
                            PlannerServiceGrpc.getPlanMethod(),
                            CallOptions.DEFAULT,
                            TestRequests.good().build())));

    assertEquals(Code.CANCELLED, failure.getStatus().getCode());
  }

  @Test
  void verifySchedule_ofAPlan_isFeasible() {
    PlanRequest request = TestRequests.good().build();
    Schedule schedule = stub.plan(request).getSchedule();

    VerifyScheduleResponse judgement =
        stub.verifySchedule(
            VerifyScheduleRequest.newBuilder().setRequest(request).setSchedule(schedule).build());

    assertTrue(judgement.getFeasible(), judgement::toString);
    assertEquals(3, judgement.getServedUserCount());
    assertEquals(schedule, judgement.getTimedSchedule());
  }

  @Test
  void verifySchedule_ofADamagedPlan_saysWhatIsBroken() {
    PlanRequest request = TestRequests.good().build();
    Schedule.Builder schedule = stub.plan(request).getSchedule().toBuilder();
    schedule.getBatchesBuilder(1).clearLoadBlockIds();

    VerifyScheduleResponse judgement =
        stub.verifySchedule(
            VerifyScheduleRequest.newBuilder().setRequest(request).setSchedule(schedule).build());

    assertFalse(judgement.getFeasible());
    assertEquals(
        ViolationKind.VIOLATION_KIND_BLOCK_NOT_LOADED, judgement.getViolations(0).getKind());
  }

  @Test
  void verifySchedule_ofAnInvalidRequest_listsFaultsUnderRequestAndSchedule() throws IOException {
    VerifyScheduleRequest.Builder request = VerifyScheduleRequest.newBuilder();
    request.setRequest(TestRequests.good().clearLatencyBudget());

    StatusRuntimeException failure =
        assertThrows(StatusRuntimeException.class, () -> stub.verifySchedule(request.build()));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals(List.of("request.latency_budget", "schedule"), fields(failure));
  }

  @Test
  void verifySchedule_ofNothing_missesBothFields() throws IOException {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () -> stub.verifySchedule(VerifyScheduleRequest.getDefaultInstance()));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals(List.of("request", "schedule"), fields(failure));
  }

  @Test
  void analyzeLibrary_ofSharingModels_findsTheirSharing() {
    AnalyzeLibraryResponse analysis =
        stub.analyzeLibrary(
            AnalyzeLibraryRequest.newBuilder()
                .setBlockLibrary(TestRequests.good().getBlockLibrary())
                .build());

    assertEquals(
        AnalyzeLibraryResponse.newBuilder()
            .setSharingStructure(SharingStructure.SHARING_STRUCTURE_BOTTOM_LAYER)
            .addComponents(
                SharingComponent.newBuilder()
                    .addAllModelIds(List.of("unwanted", "alpha", "beta"))
                    .setSharingStructure(SharingStructure.SHARING_STRUCTURE_BOTTOM_LAYER)
                    .setStoredBytes(75_000_000)
                    .setUnsharedBytes(155_000_000)
                    .setPlannedExactly(true))
            .setStoredBytes(75_000_000)
            .setUnsharedBytes(155_000_000)
            .addMostSharedBlocks(
                SharedBlock.newBuilder().setBlockId(0).setSizeBytes(40_000_000).setModelCount(3))
            .build(),
        analysis);
  }

  @Test
  void analyzeLibrary_ofAnInvalidLibrary_listsItsFaults() throws IOException {
    AnalyzeLibraryRequest.Builder request = AnalyzeLibraryRequest.newBuilder();
    request.getBlockLibraryBuilder().addModels(TestRequests.model("alpha", 3));

    StatusRuntimeException failure =
        assertThrows(StatusRuntimeException.class, () -> stub.analyzeLibrary(request.build()));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals(List.of("block_library.models[0].block_ids[0]"), fields(failure));
  }

  @Test
  void analyzeLibrary_withoutLibrary_missesIt() throws IOException {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () -> stub.analyzeLibrary(AnalyzeLibraryRequest.getDefaultInstance()));

    assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals(List.of("block_library"), fields(failure));
  }

  private static List<String> fields(StatusRuntimeException failure) throws IOException {
    return Violations.of(failure).stream().map(FieldViolation::getField).toList();
  }
}
