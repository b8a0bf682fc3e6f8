// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerClientTest {
  private static final PlanRequest REQUEST = PlanRequest.newBuilder().setLabel("cell 7").build();

  @Test
  void plan_answered_returnsTheResponse() throws Exception {
    PlanResponse response = PlanResponse.newBuilder().setServedUserCount(3).build();
    withServer(
        observer -> {
          observer.onNext(response);
          observer.onCompleted();
        },
        client -> assertEquals(response, client.plan(REQUEST)));
  }

  @Test
  void plan_invalidRequest_listsEveryFaultInOrder() throws Exception {
    BadRequest details =
        BadRequest.newBuilder()
            .addFieldViolations(violation("latency_budget", "must be above 0, is 0"))
            .addFieldViolations(violation("user_snapshot.users[2].id", "is given twice: \"a\""))
            .build();
    withServer(
        observer ->
            observer.onError(
                StatusProto.toStatusRuntimeException(
                    com.google.rpc.Status.newBuilder()
                        .setCode(Status.Code.INVALID_ARGUMENT.value())
                        .setMessage("2 faults")
                        .addDetails(Any.pack(details))
                        .build())),
        client -> {
          var e = assertThrows(PlannerException.InvalidRequest.class, () -> client.plan(REQUEST));
          assertEquals(Status.Code.INVALID_ARGUMENT, e.code());
          assertEquals("2 faults", e.getMessage());
          assertEquals(
              List.of(
                  new PlannerException.Fault("latency_budget", "must be above 0, is 0"),
                  new PlannerException.Fault("user_snapshot.users[2].id", "is given twice: \"a\"")),
              e.faults());
        });
  }

  @Test
  void plan_invalidRequestWithoutDetails_hasNoFaultsButTheMessage() throws Exception {
    withServer(
        failWith(Status.INVALID_ARGUMENT.withDescription("no")),
        client -> {
          var e = assertThrows(PlannerException.InvalidRequest.class, () -> client.plan(REQUEST));
          assertEquals(List.of(), e.faults());
          assertEquals("no", e.getMessage());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED_PRECONDITION, NotApplicable",
    "UNIMPLEMENTED, Unsupported",
    "RESOURCE_EXHAUSTED, LimitExceeded",
    "UNAVAILABLE, Unreachable",
    "DEADLINE_EXCEEDED, DeadlineExceeded",
    "INTERNAL, PlannerException",
  })
  void plan_failed_throwsTheTypeOfItsCode(Status.Code code, String type) throws Exception {
    withServer(
        failWith(code.toStatus().withDescription("because")),
        client -> {
          var e = assertThrows(PlannerException.class, () -> client.plan(REQUEST));
          assertEquals(type, e.getClass().getSimpleName());
          assertEquals(code, e.code());
          assertEquals("because", e.getMessage());
        });
  }

  /** As gRPC for Java reports a connection that closes under a request. */
  @Test
  void plan_connectionClosedUnderTheRequest_isUnreachable() {
    Channel closing =
        new Channel() {
          @Override
          public <A, B> ClientCall<A, B> newCall(
              MethodDescriptor<A, B> method, CallOptions options) {
            return new UnsentCall<>() {
              @Override
              public void start(Listener<B> listener, Metadata headers) {
                listener.onClose(
                    Status.UNKNOWN
                        .withDescription("channel closed")
                        .withCause(new ClosedChannelException()),
                    new Metadata());
              }
            };
          }

          @Override
          public String authority() {
            return "planner";
          }
        };
    PlannerClient client = PlannerClient.over(closing, Duration.ofMinutes(1));
    var e = assertThrows(PlannerException.Unreachable.class, () -> client.plan(REQUEST));
    assertEquals("channel closed", e.getMessage());
  }

  @Test
  void plan_refusedByABusyServer_saysWhenToTryAgain() throws Exception {
    RetryInfo.Builder retry = RetryInfo.newBuilder();
    retry.getRetryDelayBuilder().setSeconds(1).setNanos(500_000_000);
    withServer(
        observer ->
            observer.onError(
                StatusProto.toStatusRuntimeException(
                    com.google.rpc.Status.newBuilder()
                        .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
                        .setMessage("busy")
                        .addDetails(Any.pack(retry.build()))
                        .build())),
        client -> {
          var e = assertThrows(PlannerException.Overloaded.class, () -> client.plan(REQUEST));
          assertEquals(Status.Code.RESOURCE_EXHAUSTED, e.code());
          assertEquals("busy", e.getMessage());
          assertEquals(Duration.ofMillis(1_500), e.retryDelay());
        });
  }

  @Test
  void plan_withoutAnswer_failsAtTheDeadline() throws Exception {
    withServer(
        silent -> {},
        client -> assertThrows(PlannerException.DeadlineExceeded.class, () -> client.plan(REQUEST)),
        Duration.ofMillis(50));
  }

  @Tag("socket")
  @Test
  void plan_overTheNetwork_isAnswered() throws Exception {
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                service(
                    observer -> {
                      observer.onNext(PlanResponse.newBuilder().setLabel("far").build());
                      observer.onCompleted();
                    }))
            .build()
            .start();
    try (PlannerClient client = PlannerClient.connect("127.0.0.1:" + server.getPort())) {
      assertEquals("far", client.plan(REQUEST).getLabel());
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void analyze_answered_returnsTheResponse() throws Exception {
    BlockLibrary library =
        BlockLibrary.newBuilder().addModels(Model.newBuilder().setId("alpha")).build();
    withServer(
        silent -> {},
        client -> assertEquals("alpha", client.analyze(library).getComponents(0).getModelIds(0)));
  }

  @Test
  void analyze_failed_throwsTheTypeOfItsCode() throws Exception {
    withServer(
        silent -> {},
        client ->
            assertThrows(
                PlannerException.LimitExceeded.class,
                () -> client.analyze(BlockLibrary.getDefaultInstance())));
  }

  @Test
  void verify_answered_returnsTheResponse() throws Exception {
    VerifyScheduleRequest.Builder request = VerifyScheduleRequest.newBuilder();
    request.getScheduleBuilder().addBatchesBuilder();
    request.getScheduleBuilder().addBatchesBuilder();
    withServer(
        silent -> {},
        client -> assertEquals(2, client.verify(request.build()).getServedUserCount()));
  }

  @Test
  void verify_failed_throwsTheTypeOfItsCode() throws Exception {
    withServer(
        silent -> {},
        client ->
            assertThrows(
                PlannerException.InvalidRequest.class,
                () -> client.verify(VerifyScheduleRequest.getDefaultInstance())));
  }

  @Test
  void close_overTheCallersChannel_leavesItOpen() throws Exception {
    ManagedChannel channel = InProcessChannelBuilder.forName("nobody").build();
    try {
      PlannerClient.over(channel, Duration.ofSeconds(1)).close();
      assertFalse(channel.isShutdown());
    } finally {
      channel.shutdownNow();
    }
    assertTrue(channel.isShutdown());
  }

  @Test
  void over_withoutDeadline_isRefused() {
    ManagedChannel channel = InProcessChannelBuilder.forName("nobody").build();
    try {
      assertThrows(
          IllegalArgumentException.class, () -> PlannerClient.over(channel, Duration.ZERO));
    } finally {
      channel.shutdownNow();
    }
  }

  /** A call of which nothing is sent. */
  private abstract static class UnsentCall<A, B> extends ClientCall<A, B> {
    @Override
    public void request(int count) {}

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(A message) {}
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }

  private static Consumer<StreamObserver<PlanResponse>> failWith(Status status) {
    return observer -> observer.onError(new StatusRuntimeException(status));
  }

  private static PlannerServiceGrpc.PlannerServiceImplBase service(
      Consumer<StreamObserver<PlanResponse>> answer) {
    return new PlannerServiceGrpc.PlannerServiceImplBase() {
      @Override
      public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
        answer.accept(observer);
      }

      /** Names the models; none is too many. */
      @Override
      public void analyzeLibrary(
          AnalyzeLibraryRequest request, StreamObserver<AnalyzeLibraryResponse> observer) {
        if (request.getBlockLibrary().getModelsCount() == 0) {
          observer.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
          return;
        }
        AnalyzeLibraryResponse.Builder response = AnalyzeLibraryResponse.newBuilder();
        for (Model model : request.getBlockLibrary().getModelsList()) {
          response.addComponentsBuilder().addModelIds(model.getId());
        }
        observer.onNext(response.build());
        observer.onCompleted();
      }

      /** Counts the batches as served users; none is the caller's mistake. */
      @Override
      public void verifySchedule(
          VerifyScheduleRequest request, StreamObserver<VerifyScheduleResponse> observer) {
        int batches = request.getSchedule().getBatchesCount();
        if (batches == 0) {
          observer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
          return;
        }
        observer.onNext(VerifyScheduleResponse.newBuilder().setServedUserCount(batches).build());
        observer.onCompleted();
      }
    };
  }

  private static void withServer(
      Consumer<StreamObserver<PlanResponse>> answer, Consumer<PlannerClient> test)
      throws IOException {
    withServer(answer, test, PlannerClient.DEFAULT_DEADLINE);
  }

  private static void withServer(
      Consumer<StreamObserver<PlanResponse>> answer,
      Consumer<PlannerClient> test,
      Duration deadline)
      throws IOException {
    String name = InProcessServerBuilder.generateName();
    Server server =
        InProcessServerBuilder.forName(name).addService(service(answer)).build().start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    try (PlannerClient client = PlannerClient.over(channel, deadline)) {
      test.accept(client);
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }
}
