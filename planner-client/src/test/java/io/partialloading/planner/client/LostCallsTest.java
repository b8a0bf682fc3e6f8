// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls that a server fails, loses or is slow to answer. */
@Tag("socket")
class LostCallsTest {
  private static final PlanRequest REQUEST = PlanRequest.newBuilder().setLabel("cell 7").build();
  private static final int MOST_ATTEMPTS = 4;

  private final Replicas replicas = new Replicas();
  private final AtomicInteger attempts = new AtomicInteger();

  @AfterEach
  void stop() {
    replicas.close();
  }

  /** gRPC for Java gives UNKNOWN where a connection closes under a request that is written. */
  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "UNKNOWN"})
  void plan_serverLostAtFirst_isAnsweredByALaterAttempt(Status.Code code) throws Exception {
    replicas.add(failingAtFirst(MOST_ATTEMPTS - 1, code.toStatus()));
    try (PlannerClient client = client()) {
      assertEquals("answered", client.plan(REQUEST).getLabel());
    }
    assertEquals(MOST_ATTEMPTS, attempts.get());
  }

  @Test
  void plan_serverUnavailableThroughout_failsAfterTheLastAttempt() throws Exception {
    replicas.add(failingAtFirst(Integer.MAX_VALUE, Status.UNAVAILABLE));
    try (PlannerClient client = client()) {
      assertThrows(PlannerException.Unreachable.class, () -> client.plan(REQUEST));
    }
    assertEquals(MOST_ATTEMPTS, attempts.get());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INVALID_ARGUMENT", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED", "INTERNAL"})
  void plan_refused_isNotTriedAgain(Status.Code code) throws Exception {
    replicas.add(failingAtFirst(Integer.MAX_VALUE, code.toStatus()));
    try (PlannerClient client = client()) {
      assertEquals(code, assertThrows(PlannerException.class, () -> client.plan(REQUEST)).code());
    }
    assertEquals(1, attempts.get());
  }

  /** gRPC itself gives up once the headers of an answer have arrived. */
  @ParameterizedTest
  @EnumSource(
      value = BrokenOff.class,
      names = {"AFTER_HEADERS", "AFTER_THE_PLAN"})
  void plan_answerBrokenOff_isTriedAgain(BrokenOff where) throws Exception {
    replicas.add(breakingOffAtFirst(2, where));
    try (PlannerClient client = client()) {
      assertEquals("answered", client.plan(REQUEST).getLabel());
    }
    assertEquals(3, attempts.get());
  }

  @Test
  void plan_answerAlwaysBrokenOff_failsAtLast() throws Exception {
    replicas.add(breakingOffAtFirst(Integer.MAX_VALUE, BrokenOff.AFTER_HEADERS));
    try (PlannerClient client = client()) {
      assertThrows(PlannerException.Unreachable.class, () -> client.plan(REQUEST));
    }
    assertEquals(3, attempts.get());
  }

  @Test
  void plan_withoutRetries_isTriedOnce() throws Exception {
    replicas.add(failingAtFirst(1, Status.UNAVAILABLE));
    try (PlannerClient client = PlannerClient.builder(replicas.target()).withoutRetries().build()) {
      assertThrows(PlannerException.Unreachable.class, () -> client.plan(REQUEST));
    }
    assertEquals(1, attempts.get());
  }

  /** gRPC by itself keeps 1 MB of a request to send it again. */
  @Test
  void plan_largeRequest_isTriedAgainToo() throws Exception {
    replicas.add(failingAtFirst(1, Status.UNAVAILABLE));
    try (PlannerClient client = client()) {
      PlanRequest large = PlanRequest.newBuilder().setLabel("x".repeat(3 << 20)).build();
      assertEquals("answered", client.plan(large).getLabel());
    }
  }

  @Test
  void plan_oneServerGone_isAnsweredByTheOther() throws Exception {
    Server first = replicas.add(failingAtFirst(0, Status.OK));
    replicas.add(failingAtFirst(0, Status.OK));
    try (PlannerClient client = client()) {
      assertEquals("answered", client.plan(REQUEST).getLabel());
      first.shutdownNow().awaitTermination();
      for (int i = 0; i < 20; i++) {
        assertEquals("answered", client.plan(REQUEST).getLabel());
      }
    }
  }

  @Test
  void plan_serverThatSaysItIsNotServing_isLeftOut() throws Exception {
    replicas.add(
        failingAtFirst(Integer.MAX_VALUE, Status.INTERNAL).bindService(),
        ServingStatus.NOT_SERVING);
    replicas.add(answering("healthy"));
    try (PlannerClient client = client()) {
      for (int i = 0; i < 10; i++) {
        assertEquals("healthy", client.plan(REQUEST).getLabel());
      }
    }
    assertEquals(0, attempts.get());
  }

  @Test
  void plan_everyCallFails_isSoonTriedOnceOnly() throws Exception {
    replicas.add(failingAtFirst(Integer.MAX_VALUE, Status.UNAVAILABLE));
    int calls = 300;
    ManagedChannel channel = PlannerClient.builder(replicas.target()).buildChannel();
    try {
      var stub = PlannerServiceGrpc.newFutureStub(channel);
      List<Future<PlanResponse>> answers = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        answers.add(stub.plan(REQUEST));
      }
      for (Future<PlanResponse> answer : answers) {
        assertThrows(ExecutionException.class, answer::get);
      }
      int before = attempts.get();
      assertTrue(before < calls * MOST_ATTEMPTS, () -> before + " attempts");
      assertThrows(ExecutionException.class, stub.plan(REQUEST)::get);
      assertEquals(before + 1, attempts.get());
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void stream_serverUnavailableBeforeTheFirstAnswer_isOpenedAgain() throws Exception {
    replicas.add(
        new PlannerServiceGrpc.PlannerServiceImplBase() {
          @Override
          public StreamObserver<StreamPlansRequest> streamPlans(
              StreamObserver<StreamPlansResponse> answers) {
            boolean fails = attempts.incrementAndGet() == 1;
            return new StreamObserver<>() {
              @Override
              public void onNext(StreamPlansRequest request) {
                if (fails) {
                  answers.onError(Status.UNAVAILABLE.asRuntimeException());
                } else {
                  answers.onNext(
                      StreamPlansResponse.newBuilder()
                          .setResponse(
                              PlanResponse.newBuilder().setLabel(request.getRequest().getLabel()))
                          .build());
                }
              }

              @Override
              public void onError(Throwable cancelled) {}

              @Override
              public void onCompleted() {
                answers.onCompleted();
              }
            };
          }
        });
    try (PlannerClient client = client();
        PlanStream plans = client.openStream()) {
      plans.send(REQUEST);
      assertEquals("cell 7", plans.receive().orElseThrow().getLabel());
    }
    assertEquals(2, attempts.get());
  }

  /** gRPC gives it as UNAVAILABLE or CANCELLED, whichever of the server's frames comes first. */
  @RepeatedTest(5)
  void stream_serverGoneAfterAnAnswer_isUnreachable() throws Exception {
    Server server =
        replicas.add(
            new PlannerServiceGrpc.PlannerServiceImplBase() {
              @Override
              public StreamObserver<StreamPlansRequest> streamPlans(
                  StreamObserver<StreamPlansResponse> answers) {
                return answeringOnce(answers);
              }
            });
    try (PlannerClient client = client();
        PlanStream plans = client.openStream()) {
      plans.send(REQUEST);
      plans.receive();
      plans.send(REQUEST);
      server.shutdownNow();
      assertThrows(PlannerException.Unreachable.class, plans::receive);
    }
  }

  @Test
  void plan_serverCutOff_isUnreachable() throws Exception {
    replicas.add(failingAtFirst(Integer.MAX_VALUE, Status.CANCELLED));
    try (PlannerClient client = client()) {
      assertThrows(PlannerException.Unreachable.class, () -> client.plan(REQUEST));
    }
  }

  private static StreamObserver<StreamPlansRequest> answeringOnce(
      StreamObserver<StreamPlansResponse> answers) {
    return new StreamObserver<>() {
      private boolean isFirst = true;

      @Override
      public void onNext(StreamPlansRequest request) {
        if (isFirst) {
          isFirst = false;
          answers.onNext(StreamPlansResponse.getDefaultInstance());
        }
      }

      @Override
      public void onError(Throwable cancelled) {}

      @Override
      public void onCompleted() {}
    };
  }

  @Test
  void plan_hedged_takesTheSecondServersAnswerAndCancelsTheFirst() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    var service =
        new PlannerServiceGrpc.PlannerServiceImplBase() {
          @Override
          public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
            if (attempts.incrementAndGet() == 1) {
              ((ServerCallStreamObserver<PlanResponse>) observer)
                  .setOnCancelHandler(cancelled::countDown);
            } else {
              answer(observer, "second");
            }
          }
        };
    replicas.add(service);
    replicas.add(service);
    try (PlannerClient client = hedgingClient()) {
      assertEquals("second", client.plan(REQUEST).getLabel());
      assertTrue(cancelled.await(1, TimeUnit.MINUTES));
    }
  }

  @Test
  void plan_hedgeRefusedForOverload_stillGetsTheFirstServersAnswer() throws Exception {
    BlockingQueue<StreamObserver<PlanResponse>> first = new ArrayBlockingQueue<>(1);
    var service =
        new PlannerServiceGrpc.PlannerServiceImplBase() {
          @Override
          public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
            switch (attempts.incrementAndGet()) {
              case 1 -> first.add(observer);
              case 2 -> observer.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
              default -> {
                observer.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
                answer(first.remove(), "first");
              }
            }
          }
        };
    replicas.add(service);
    replicas.add(service);
    try (PlannerClient client = hedgingClient()) {
      assertEquals("first", client.plan(REQUEST).getLabel());
    }
  }

  @Test
  void plan_hedgedAndServerUnavailable_isAnsweredByALaterAttempt() throws Exception {
    replicas.add(failingAtFirst(2, Status.UNAVAILABLE));
    try (PlannerClient client = hedgingClient()) {
      assertEquals("answered", client.plan(REQUEST).getLabel());
    }
  }

  @Test
  void channel_ofAStubWithoutDeadline_setsTheClientsDeadline() throws Exception {
    BlockingQueue<Deadline> deadlines = new LinkedBlockingQueue<>();
    replicas.add(
        new PlannerServiceGrpc.PlannerServiceImplBase() {
          @Override
          public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
            deadlines.add(Objects.requireNonNull(Context.current().getDeadline()));
            answer(observer, "");
          }
        });
    ManagedChannel channel = PlannerClient.builder(replicas.target()).buildChannel();
    try {
      PlannerServiceGrpc.newBlockingStub(channel).plan(REQUEST);
    } finally {
      channel.shutdownNow();
    }
    assertTrue(deadlines.remove().timeRemaining(TimeUnit.SECONDS) <= 30);
    Duration longer = Duration.ofHours(1);
    try (PlannerClient client = PlannerClient.builder(replicas.target()).deadline(longer).build()) {
      client.plan(REQUEST);
    }
    assertTrue(deadlines.remove().timeRemaining(TimeUnit.SECONDS) > 60);
  }

  @Test
  void builder_withoutPositiveTimes_refuses() {
    PlannerClientBuilder builder = PlannerClient.builder("localhost:1");
    assertThrows(IllegalArgumentException.class, () -> builder.deadline(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> builder.hedgingAfter(Duration.ofMillis(-1)));
  }

  private PlannerClient client() {
    return PlannerClient.connect(replicas.target());
  }

  private PlannerClient hedgingClient() {
    return PlannerClient.builder(replicas.target()).hedgingAfter(Duration.ofMillis(5)).build();
  }

  /** Counts attempts, and fails so many of them before it answers. */
  private PlannerServiceGrpc.PlannerServiceImplBase failingAtFirst(int failures, Status status) {
    return new PlannerServiceGrpc.PlannerServiceImplBase() {
      @Override
      public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
        if (attempts.incrementAndGet() <= failures) {
          observer.onError(status.asRuntimeException());
        } else {
          answer(observer, "answered");
        }
      }
    };
  }

  /** Where an answer ends that does not arrive whole. */
  enum BrokenOff {
    AFTER_HEADERS,
    AFTER_THE_PLAN
  }

  private ServerServiceDefinition breakingOffAtFirst(int failures, BrokenOff where) {
    return ServerInterceptors.intercept(
        answering("answered"),
        new ServerInterceptor() {
          @Override
          public <A, B> ServerCall.Listener<A> interceptCall(
              ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            boolean breaks = attempts.incrementAndGet() <= failures;
            return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                  @Override
                  public void sendMessage(B message) {
                    if (!breaks || where == BrokenOff.AFTER_THE_PLAN) {
                      super.sendMessage(message);
                    }
                  }

                  @Override
                  public void close(Status status, Metadata trailers) {
                    super.close(breaks ? Status.UNAVAILABLE : status, trailers);
                  }
                },
                headers);
          }
        });
  }

  private static PlannerServiceGrpc.PlannerServiceImplBase answering(String label) {
    return new PlannerServiceGrpc.PlannerServiceImplBase() {
      @Override
      public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
        answer(observer, label);
      }
    };
  }

  private static void answer(StreamObserver<PlanResponse> observer, String label) {
    observer.onNext(PlanResponse.newBuilder().setLabel(label).build());
    observer.onCompleted();
  }
}
