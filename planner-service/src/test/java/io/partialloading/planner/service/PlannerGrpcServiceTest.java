package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingStub;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.TestRequests;
import java.io.IOException;
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
  void otherCalls_areUnimplementedByName() {
    StatusRuntimeException verify =
        assertThrows(
            StatusRuntimeException.class,
            () -> stub.verifySchedule(VerifyScheduleRequest.getDefaultInstance()));
    StatusRuntimeException analyze =
        assertThrows(
            StatusRuntimeException.class,
            () -> stub.analyzeLibrary(AnalyzeLibraryRequest.getDefaultInstance()));

    assertEquals(Code.UNIMPLEMENTED, verify.getStatus().getCode());
    assertTrue(verify.getStatus().getDescription().contains("VerifySchedule"));
    assertEquals(Code.UNIMPLEMENTED, analyze.getStatus().getCode());
    assertTrue(analyze.getStatus().getDescription().contains("AnalyzeLibrary"));
  }
}
