// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static io.partialloading.planner.service.BusyServer.await;
import static io.partialloading.planner.service.BusyServer.failure;
import static io.partialloading.planner.service.BusyServer.labelled;
import static io.partialloading.planner.service.BusyServer.retryInfo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.BlockingClientCall;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.FieldFault;
import io.partialloading.planner.v1.PlanError;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceFutureStub;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.v1.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("socket")
@Timeout(120)
@NullUnmarked // every test starts its server first
class OverloadTest {
  private static final long AMPLE = 1L << 30;
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private BusyServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  /** Everything that calls held is given back. */
  private void assertNothingIsHeld() throws InterruptedException {
    await(() -> server.intake.callsInProgress() == 0 && server.intake.bytesHeld() == 0);
    await(() -> server.queue.waitingJobs() == 0 && server.queue.busyWorkers() == 0);
  }

  @Test
  void server_thatIsFull_refusesAndSaysWhenToTryAgain() throws Exception {
    server = new BusyServer(2, 100, AMPLE);
    List<Future<PlanResponse>> answered = new ArrayList<>();
    answered.add(server.holdUp());
    answered.add(server.client().plan(labelled("waits 0")));
    answered.add(server.client().plan(labelled("waits 1")));
    server.awaitAdmitted(2);

    StatusRuntimeException refused = failure(server.client().plan(labelled("refused")));

    assertEquals(Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    RetryInfo retry = retryInfo(refused);
    assertNotNull(retry);
    assertTrue(Durations.toNanos(retry.getRetryDelay()) >= 1_000_000, retry::toString);
    long milliseconds = (Durations.toNanos(retry.getRetryDelay()) + 999_999) / 1_000_000;
    assertNull(
        refused.getTrailers().get(PUSHBACK), "it would have clients try again by themselves");
    assertEquals(
        "the server is busy: too many requests wait; try again in " + milliseconds + " ms",
        refused.getStatus().getDescription());
    assertTrue(server.events.contains("refused PLAN QUEUE_FULL"), server.events::toString);
    server.release(1);
    for (Future<PlanResponse> answer : answered) {
      assertEquals(3, answer.get().getServedUserCount());
    }
    assertFalse(server.planned.contains("refused"));
    assertNothingIsHeld();
  }

  @Test
  void request_whoseReserveLeavesNoTime_isRefusedWhereItHasToWait() throws Exception {
    server = new BusyServer(10, 100, AMPLE);
    server.holdUp();
    PlannerServiceFutureStub client = server.client().withDeadlineAfter(Duration.ofHours(1));
    Future<PlanResponse> first = client.plan(labelled("first"));
    server.awaitAdmitted(1);
    PlanRequest.Builder request = labelled("in vain").toBuilder();
    request.getOptionsBuilder().setAnswerReserve(Durations.fromHours(1));
    PlanRequest.Builder other = labelled("in time").toBuilder();
    other.getOptionsBuilder().setAnswerReserve(Durations.fromMinutes(1));

    StatusRuntimeException refused = failure(client.plan(request.build()));
    Future<PlanResponse> answer = client.plan(other.build());
    server.awaitAdmitted(1);

    assertEquals(Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertEquals(List.of("refused PLAN DEADLINE"), server.refusals());
    server.release(1);
    assertEquals("first", first.get().getLabel());
    assertEquals("in time", answer.get().getLabel());
  }

  @Test
  void server_thatIsFull_refusesBeforeItIsSentARequest() throws Exception {
    server = new BusyServer(1, 100, AMPLE);
    server.holdUp();
    Future<PlanResponse> waits = server.client().plan(labelled("waits"));
    server.awaitAdmitted(1);
    // A unary call sends its headers with its request; one that may send several does at once.
    MethodDescriptor<PlanRequest, PlanResponse> method =
        PlannerServiceGrpc.getPlanMethod().toBuilder().setType(MethodType.BIDI_STREAMING).build();
    ClientCall<PlanRequest, PlanResponse> call =
        server.connect().newCall(method, CallOptions.DEFAULT);
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);

    assertEquals(Code.RESOURCE_EXHAUSTED, end.get().getCode());
    server.release(1);
    assertEquals("waits", waits.get().getLabel());
  }

  @Test
  void client_thatFloods_leavesRoomForAnother() throws Exception {
    server = new BusyServer(5, 100, AMPLE);
    server.holdUp();
    PlannerServiceFutureStub flood = server.client();
    List<Future<PlanResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(flood.plan(labelled("flood " + i)));
    }
    server.awaitAdmitted(3);

    assertEquals(
        Code.RESOURCE_EXHAUSTED, failure(flood.plan(labelled("flood"))).getStatus().getCode());
    Future<PlanResponse> other = server.client().plan(labelled("other"));
    server.awaitAdmitted(1);

    assertTrue(server.events.contains("refused PLAN CLIENT_SHARE"), server.events::toString);
    server.release(1);
    assertEquals("other", other.get().getLabel());
    for (Future<PlanResponse> call : calls) {
      assertEquals(3, call.get().getServedUserCount());
    }
  }

  @Test
  void client_ofOneCall_isServedNextWhileAnotherFloods() throws Exception {
    server = new BusyServer(100, 100, AMPLE);
    PlannerServiceFutureStub flood = server.client();
    List<Future<PlanResponse>> calls = new ArrayList<>();
    calls.add(server.holdUp());
    for (int i = 0; i < 20; i++) {
      calls.add(flood.plan(labelled("hold too " + i)));
    }
    server.awaitAdmitted(20);
    Future<PlanResponse> light = server.client().plan(labelled("light"));
    server.awaitAdmitted(1);

    server.release(2); // the one in work, and at most one of the flood before the other client

    assertEquals("light", light.get().getLabel());
    assertTrue(server.planned.size() <= 3, server.planned::toString);
    server.release(100);
    for (Future<PlanResponse> call : calls) {
      assertEquals(3, call.get().getServedUserCount());
    }
    assertNothingIsHeld();
  }

  @Test
  void call_thatIsCancelledWhileItWaits_isNotPlanned() throws Exception {
    server = new BusyServer(100, 100, AMPLE);
    Future<PlanResponse> held = server.holdUp();
    PlannerServiceFutureStub client = server.client();
    Future<PlanResponse> cancelled = client.plan(labelled("cancelled"));
    Future<PlanResponse> kept = client.plan(labelled("kept"));
    server.awaitAdmitted(2);

    cancelled.cancel(true);

    await(() -> server.queue.waitingJobs() == 1);
    await(() -> server.intake.callsInProgress() == 2);
    server.release(1);
    assertEquals("kept", kept.get().getLabel());
    assertEquals("hold", held.get().getLabel());
    assertFalse(server.planned.contains("cancelled"));
    assertNothingIsHeld();
  }

  @Test
  void health_isAnsweredWhileAllWorkersAreBusy() throws Exception {
    server = new BusyServer(1, 100, AMPLE);
    server.holdUp();

    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(server.connect())
            .check(
                HealthCheckRequest.newBuilder().setService(PlannerServiceGrpc.SERVICE_NAME).build())
            .getStatus());
  }

  private static StreamPlansRequest snapshot(String label) {
    return StreamPlansRequest.newBuilder().setRequest(labelled(label)).build();
  }

  @Test
  void stream_ofABusyServer_isToldSoAndGoesOn() throws Exception {
    server = new BusyServer(1, 100, AMPLE);
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
        PlannerServiceGrpc.newBlockingV2Stub(server.connect()).streamPlans();
    stream.write(snapshot("first"));
    assertEquals("first", stream.read().getResponse().getLabel());
    server.awaitAdmitted(1);
    server.holdUp();
    Future<PlanResponse> waits = server.client().plan(labelled("waits"));
    server.awaitAdmitted(1);

    stream.write(snapshot("refused"));
    PlanError error = stream.read().getError();

    assertEquals(Code.RESOURCE_EXHAUSTED.value(), error.getCode());
    assertTrue(error.getMessage().contains("too many requests wait"), error::getMessage);
    assertTrue(Durations.toNanos(error.getRetryDelay()) >= 1_000_000, error::toString);
    assertTrue(server.events.contains("refused SNAPSHOT QUEUE_FULL"), server.events::toString);
    server.release(1);
    assertEquals("waits", waits.get().getLabel());
    // The library and the server that were refused with their request must not be the ones before.
    StreamPlansRequest.Builder bare = snapshot("bare").toBuilder();
    bare.getRequestBuilder().clearBlockLibrary().clearEdgeServer();
    stream.write(bare.build());
    assertEquals(
        List.of("block_library", "edge_server"),
        stream.read().getError().getFaultsList().stream().map(FieldFault::getField).toList());
    stream.write(snapshot("last"));
    assertEquals("last", stream.read().getResponse().getLabel());
    stream.halfClose();
    assertNull(stream.read());
    assertNothingIsHeld();
  }

  @Test
  void stream_thatIsCancelledWhileASnapshotWaits_isForgotten() throws Exception {
    server = new BusyServer(10, 100, AMPLE);
    server.holdUp();
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
        PlannerServiceGrpc.newBlockingV2Stub(server.connect()).streamPlans();
    stream.write(snapshot("cancelled"));
    server.awaitAdmitted(1);

    stream.cancel("enough", null);

    await(() -> server.queue.waitingJobs() == 0);
    server.release(1);
    assertNothingIsHeld();
    assertFalse(server.events.contains("started SNAPSHOT"), server.events::toString);
  }

  @Test
  void stream_holdsItsLibraryUntilItEnds() throws Exception {
    server = new BusyServer(10, 100, AMPLE);
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
        PlannerServiceGrpc.newBlockingV2Stub(server.connect()).streamPlans();
    stream.write(snapshot("whole"));
    stream.read();
    PlanRequest whole = labelled("whole");
    long kept =
        4L
            * (whole.getBlockLibrary().getSerializedSize()
                + whole.getEdgeServer().getSerializedSize());

    await(() -> server.intake.bytesHeld() == kept);
    stream.write(
        StreamPlansRequest.newBuilder()
            .setRequest(whole.toBuilder().clearBlockLibrary().clearEdgeServer())
            .build());
    stream.read();

    await(() -> server.intake.bytesHeld() == kept);
    stream.halfClose();
    assertNull(stream.read());
    assertNothingIsHeld();
  }

  @Test
  void calls_beyondTheirNumber_areRefused() throws Exception {
    server = new BusyServer(100, 2, AMPLE);
    server.holdUp();

    assertEquals("RESOURCE_EXHAUSTED", failure(refusedAfterAnother()).getStatus().getCode().name());
    assertTrue(server.events.contains("refused PLAN CALLS"), server.events::toString);
  }

  private Future<PlanResponse> refusedAfterAnother() throws InterruptedException {
    server.client().plan(labelled("waits"));
    server.awaitAdmitted(1);
    return server.client().plan(labelled("refused"));
  }

  @Test
  void message_beyondTheMemory_isRefusedWhileItComes() throws Exception {
    server = new BusyServer(100, 100, 200_000);
    PlannerServiceFutureStub client = server.client();

    StatusRuntimeException refused = failure(client.plan(labelled("x".repeat(1 << 20))));

    assertEquals(Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertNotNull(retryInfo(refused));
    assertTrue(server.events.contains("refused PLAN MEMORY"), server.events::toString);
    assertNothingIsHeld();
    assertEquals("good", client.plan(labelled("good")).get().getLabel());
    assertNothingIsHeld();
  }

  @Test
  void compressedMessage_beyondTheMemory_isRefusedOnceItIsKnown() throws Exception {
    server = new BusyServer(100, 100, 200_000);
    PlannerServiceFutureStub client = server.client();

    StatusRuntimeException refused =
        failure(client.withCompression("gzip").plan(labelled("x".repeat(1 << 20))));

    assertEquals(Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertNothingIsHeld();
    assertEquals("good", client.withCompression("gzip").plan(labelled("good")).get().getLabel());
    assertNothingIsHeld();
  }

  @Test
  void request_thatTakesMoreMemoryThanThereIs_isRefusedForGood() throws Exception {
    server = new BusyServer(100, 100, 2 << 20);
    PlannerServiceFutureStub client = server.client();

    StatusRuntimeException refused = failure(client.plan(labelled("x".repeat(1 << 20))));

    assertEquals(Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertNull(retryInfo(refused));
    assertEquals(
        "the request takes about 4 MB to work on, more than the 2 MB this server has for all",
        refused.getStatus().getDescription());
    assertNothingIsHeld();
    assertEquals("good", client.plan(labelled("good")).get().getLabel());
    assertNothingIsHeld();
  }

  @Test
  void message_ofMillionsOfObjects_isRefusedBeforeTheyAreMade() throws Exception {
    server = new BusyServer(100, 100, 32 << 20);
    PlanRequest.Builder request = BusyServer.labelled("bomb").toBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      request.getUserSnapshotBuilder().addUsers(User.getDefaultInstance());
    }

    StatusRuntimeException refused = failure(server.client().plan(request.build()));

    assertEquals(Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertTrue(
        refused.getStatus().getDescription().matches("the request takes about 6\\d MB .*"),
        refused::toString);
    assertNothingIsHeld();
    assertEquals("good", server.client().plan(labelled("good")).get().getLabel());
    assertNothingIsHeld();
  }

  @Test
  void message_ofManyBuffers_isParsedByTheWorker() throws Exception {
    server = new BusyServer(100, 100, AMPLE);
    String label = "x".repeat(1 << 20);

    assertEquals(label, server.client().plan(labelled(label)).get().getLabel());
    assertNothingIsHeld();
  }

  @Test
  void call_thatExhaustsMemoryOrStack_failsAlone() throws Exception {
    server = new BusyServer(100, 100, AMPLE);
    PlannerServiceFutureStub client = server.client();

    StatusRuntimeException memory = failure(client.plan(labelled("out of memory")));
    StatusRuntimeException stack = failure(client.plan(labelled("too deep")));

    assertEquals(Code.RESOURCE_EXHAUSTED, memory.getStatus().getCode());
    assertNull(retryInfo(memory));
    assertEquals(Code.INTERNAL, stack.getStatus().getCode());
    for (int i = 0; i < 4; i++) {
      assertEquals("good", client.plan(labelled("good")).get().getLabel());
    }
    assertNothingIsHeld();
  }

  @Test
  void heaviestRequests_thatAreGivenUp_keepNobodyElseWaiting() throws Exception {
    server = new BusyServer(100, 100, AMPLE);
    PlannerServiceFutureStub flood = server.client();
    for (PlanRequest heavy : List.of(LargestRequests.grid(), LargestRequests.general())) {
      for (Algorithm algorithm :
          List.of(Algorithm.ALGORITHM_ADAPTIVE, Algorithm.ALGORITHM_PARTIAL_LOADING_GEN)) {
        PlanRequest.Builder request = heavy.toBuilder();
        request.getOptionsBuilder().setAlgorithm(algorithm);
        long startedBefore = startedPlans();
        Future<PlanResponse> givenUp = flood.plan(request.build());
        await(() -> startedPlans() > startedBefore);
        givenUp.cancel(true);

        // Some of the others would take minutes if they were planned to their end.
        assertEquals("bystander", server.client().plan(labelled("bystander")).get().getLabel());
      }
    }
    assertNothingIsHeld();
  }

  private long startedPlans() {
    return server.events.stream().filter("started PLAN"::equals).count();
  }

  @Test
  void observer_isToldOfEveryStep() throws Exception {
    server = new BusyServer(100, 100, AMPLE);

    server.client().plan(labelled("good")).get();
    failure(server.client().plan(PlanRequest.getDefaultInstance()));
    assertNothingIsHeld();
    server.awaitAdmitted(2);

    List<String> events = new ArrayList<>(server.events);
    events.removeIf(event -> event.startsWith("admitted"));
    assertEquals(
        List.of(
            "started PLAN",
            "finished PLAN OK 3",
            "started PLAN",
            "finished PLAN INVALID_ARGUMENT 0"),
        events);
  }
}
