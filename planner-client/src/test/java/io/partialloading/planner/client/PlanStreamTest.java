// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.FieldFault;
import io.partialloading.planner.v1.PlanError;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanStreamTest {
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).addService(new Echo()).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private PlanStream open() {
    return PlannerClient.over(channel, Duration.ofSeconds(30)).openStream();
  }

  private static PlanRequest labelled(String label) {
    return PlanRequest.newBuilder().setLabel(label).build();
  }

  private static String received(PlanStream stream) {
    return stream.receive().map(PlanResponse::getLabel).orElse("nothing");
  }

  @Test
  void receive_afterEnd_givesTheAnswersAndThenNothing() {
    try (PlanStream stream = open()) {
      stream.send(labelled("a"));
      assertEquals("a", received(stream));
      stream.send(labelled("b"));
      stream.send(labelled("c"));
      stream.end();

      assertEquals("b", received(stream));
      assertEquals("c", received(stream));
      assertEquals(Optional.empty(), stream.receive());
      assertEquals(Optional.empty(), stream.receive());
      assertThrows(IllegalStateException.class, () -> stream.send(labelled("d")));
    }
  }

  @Test
  void receive_ofAnError_throwsItsTypeAndTheStreamGoesOn() {
    try (PlanStream stream = open()) {
      stream.send(labelled("bad"));
      stream.send(labelled("good"));

      var e = assertThrows(PlannerException.InvalidRequest.class, stream::receive);
      assertEquals(List.of(new PlannerException.Fault("label", "is bad")), e.faults());
      assertEquals("1 fault", e.getMessage());
      assertEquals("good", received(stream));
    }
  }

  @Test
  void receive_ofARefusal_saysWhenToTryAgainAndTheStreamGoesOn() {
    try (PlanStream stream = open()) {
      stream.send(labelled("busy"));
      stream.send(labelled("good"));

      var e = assertThrows(PlannerException.Overloaded.class, stream::receive);
      assertEquals(Duration.ofMillis(20), e.retryDelay());
      assertEquals("good", received(stream));
    }
  }

  @Test
  void receive_ofAFailedStream_throwsItsStatus() {
    try (PlanStream stream = open()) {
      stream.send(labelled("fatal"));

      assertThrows(PlannerException.LimitExceeded.class, stream::receive);
      assertThrows(PlannerException.LimitExceeded.class, () -> stream.send(labelled("more")));
    }
  }

  @Test
  void send_afterTheServerEnded_isUnreachable() {
    try (PlanStream stream = open()) {
      stream.send(labelled("last"));

      assertEquals(Optional.empty(), stream.receive());
      assertThrows(PlannerException.Unreachable.class, () -> stream.send(labelled("more")));
    }
  }

  /** As a stream sees a server that ends: it did not cancel itself. */
  @Test
  void receive_fromAServerThatCutsTheStreamOff_isUnreachable() {
    try (PlanStream stream = open()) {
      stream.send(labelled("a"));
      assertEquals("a", received(stream));
      stream.send(labelled("cut off"));

      assertThrows(PlannerException.Unreachable.class, stream::receive);
      assertThrows(PlannerException.Unreachable.class, () -> stream.send(labelled("more")));
    }
  }

  @Test
  void receive_onceClosed_isCancelled() {
    PlanStream stream = open();
    stream.send(labelled("a"));
    assertEquals("a", received(stream));
    stream.close();

    var e = assertThrows(PlannerException.class, stream::receive);
    assertEquals(Status.Code.CANCELLED, e.code());
  }

  @Test
  void receive_inAContextThatIsCancelled_isCancelled() {
    Context.CancellableContext context = Context.current().withCancellation();
    Context before = context.attach();
    try (PlanStream stream = open()) {
      stream.send(labelled("a"));
      assertEquals("a", received(stream));
      context.cancel(null);

      var e = assertThrows(PlannerException.class, stream::receive);
      assertEquals(Status.Code.CANCELLED, e.code());
    } finally {
      context.detach(before);
    }
  }

  @Test
  void receive_withoutAnswer_failsAtTheDeadline() {
    try (PlanStream stream = PlannerClient.over(channel, Duration.ofMillis(20)).openStream()) {
      assertThrows(PlannerException.DeadlineExceeded.class, stream::receive);
    }
  }

  @Test
  void close_givesTheStreamUp() throws InterruptedException {
    try (PlanStream stream = open()) {
      stream.send(labelled("a"));
      assertEquals("a", received(stream));
    }

    assertTrue(cancelled.await(30, TimeUnit.SECONDS));
  }

  @Test
  void sendAndReceive_inTwoThreads_bringEveryAnswerInOrder() throws Exception {
    int count = 2_000;
    try (PlanStream stream = open()) {
      Thread sender =
          new Thread(
              () -> {
                for (int i = 0; i < count; i++) {
                  stream.send(labelled("request " + i));
                }
                stream.end();
              });
      sender.start();

      for (int i = 0; i < count; i++) {
        assertEquals("request " + i, received(stream));
      }
      assertEquals(Optional.empty(), stream.receive());
      sender.join();
    }
  }

  /** Answers with the label, unless that says otherwise. */
  private final class Echo extends PlannerServiceGrpc.PlannerServiceImplBase {
    @Override
    public StreamObserver<StreamPlansRequest> streamPlans(
        StreamObserver<StreamPlansResponse> answers) {
      ((ServerCallStreamObserver<?>) answers).setOnCancelHandler(cancelled::countDown);
      return new StreamObserver<>() {
        @Override
        public void onNext(StreamPlansRequest request) {
          String label = request.getRequest().getLabel();
          switch (label) {
            case "bad" -> answers.onNext(bad());
            case "busy" -> answers.onNext(busy());
            case "fatal" -> answers.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
            case "cut off" ->
                answers.onError(
                    Status.CANCELLED
                        .withDescription("HTTP/2 error code: CANCEL\nReceived Rst Stream")
                        .asRuntimeException());
            case "last" -> answers.onCompleted();
            default ->
                answers.onNext(
                    StreamPlansResponse.newBuilder()
                        .setResponse(PlanResponse.newBuilder().setLabel(label))
                        .build());
          }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          answers.onCompleted();
        }
      };
    }

    private static StreamPlansResponse busy() {
      StreamPlansResponse.Builder busy = StreamPlansResponse.newBuilder();
      busy.getErrorBuilder()
          .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
          .getRetryDelayBuilder()
          .setNanos(20_000_000);
      return busy.build();
    }

    private static StreamPlansResponse bad() {
      return StreamPlansResponse.newBuilder()
          .setError(
              PlanError.newBuilder()
                  .setCode(Status.Code.INVALID_ARGUMENT.value())
                  .setMessage("1 fault")
                  .addFaults(FieldFault.newBuilder().setField("label").setDescription("is bad")))
          .build();
    }
  }
}
