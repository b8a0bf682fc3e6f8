// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the server ends calls whose deadline passes. The client only states the deadline and waits
 * for what the server sends: those that count for themselves cannot tell.
 */
@Tag("socket")
@Timeout(120)
class LateCallTest {
  private static final long AMPLE = 1L << 30;

  private final BusyServer server;

  LateCallTest() throws IOException {
    this.server = new BusyServer(10, 100, AMPLE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A connection whose calls say that they have so long, as gRPC clients do. */
  private Channel saying(String timeout) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), timeout);
    return ClientInterceptors.intercept(
        server.connect(), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private Code end(String timeout, String label) throws InterruptedException {
    return BusyServer.failure(
            PlannerServiceGrpc.newFutureStub(saying(timeout)).plan(BusyServer.labelled(label)))
        .getStatus()
        .getCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0n", "1n", "100u", "20m"})
  void call_inWork_endsWithDeadlineExceeded(String timeout) throws Exception {
    assertEquals(Code.DEADLINE_EXCEEDED, end(timeout, "hold"));
  }

  @Test
  void call_thatWaits_endsWithDeadlineExceeded() throws Exception {
    server.holdUp();

    assertEquals(Code.DEADLINE_EXCEEDED, end("1S", "waits"));
    BusyServer.await(() -> server.queue.waitingJobs() == 0);
    assertFalse(server.planned.contains("waits"));
  }

  @Test
  void call_withoutItsRequest_endsWithDeadlineExceeded() throws Exception {
    MethodDescriptor<PlanRequest, ?> method =
        PlannerServiceGrpc.getPlanMethod().toBuilder().setType(MethodType.BIDI_STREAMING).build();

    assertEquals(
        Code.DEADLINE_EXCEEDED,
        open(saying("20m"), method, new LinkedBlockingQueue<>()).end.get().getCode());
  }

  /** Nobody knows how long the first answer takes here, so the stream gets ever more time. */
  @Test
  void stream_thatWasAnswered_endsWithDeadlineExceeded() throws Exception {
    boolean isAnswered = false;
    for (int seconds = 1; !isAnswered; seconds *= 2) {
      BlockingQueue<StreamPlansResponse> answers = new LinkedBlockingQueue<>();
      Open<StreamPlansRequest> stream =
          open(saying(seconds + "S"), PlannerServiceGrpc.getStreamPlansMethod(), answers);
      stream.call.sendMessage(
          StreamPlansRequest.newBuilder().setRequest(BusyServer.labelled("first")).build());

      assertEquals(Code.DEADLINE_EXCEEDED, stream.end.get().getCode());
      isAnswered = !answers.isEmpty();
    }
    BusyServer.await(() -> server.intake.bytesHeld() == 0);
  }

  private record Open<Q>(ClientCall<Q, ?> call, CompletableFuture<Status> end) {}

  private static <Q, A> Open<Q> open(
      Channel channel, MethodDescriptor<Q, A> method, BlockingQueue<A> answers) {
    ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT);
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<A>() {
          @Override
          public void onMessage(A answer) {
            answers.add(answer);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(10);
    return new Open<>(call, end);
  }
}
