// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingV2Stub;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamDrainTest {
  private static final StreamPlansRequest REQUEST = StreamPlansRequest.getDefaultInstance();

  private final StreamDrain drain = new StreamDrain();
  private final HeldAnswers planner = new HeldAnswers();
  private Server server;
  private ManagedChannel channel;
  private PlannerServiceBlockingV2Stub stub;

  /** A planner whose requests are answered when the test says so. */
  private static final class HeldAnswers extends PlannerServiceGrpc.PlannerServiceImplBase {
    private final BlockingQueue<StreamObserver<StreamPlansResponse>> due =
        new LinkedBlockingQueue<>();

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> responses) {
      responses.onNext(PlanResponse.getDefaultInstance());
      responses.onCompleted();
    }

    @Override
    public StreamObserver<StreamPlansRequest> streamPlans(
        StreamObserver<StreamPlansResponse> responses) {
      return new StreamObserver<>() {
        @Override
        public void onNext(StreamPlansRequest request) {
          due.add(responses);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          responses.onCompleted();
        }
      };
    }

    private void answer() throws InterruptedException {
      due.take().onNext(StreamPlansResponse.getDefaultInstance());
    }
  }

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name).addService(planner).intercept(drain).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    stub = PlannerServiceGrpc.newBlockingV2Stub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private static void assertEnded(
      BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream) {
    StatusException end = assertThrows(StatusException.class, stream::read);
    assertEquals(Code.UNAVAILABLE, end.getStatus().getCode());
  }

  @Test
  void stream_withRequestInProgress_isEndedAfterItsAnswer() throws Exception {
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream = stub.streamPlans();
    stream.write(REQUEST);
    StreamObserver<StreamPlansResponse> answers = planner.due.take();

    drain.start();
    answers.onNext(StreamPlansResponse.getDefaultInstance());

    assertEquals(StreamPlansResponse.getDefaultInstance(), stream.read());
    assertEnded(stream);
  }

  @Test
  void stream_withoutRequest_isEndedAtOnce() throws Exception {
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream = stub.streamPlans();
    stream.write(REQUEST);
    planner.answer();
    stream.read();

    drain.start();

    assertEnded(stream);
  }

  @Test
  void stream_whoseAnswerComesTooLate_staysEnded() throws Exception {
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream = stub.streamPlans();
    stream.write(REQUEST);
    stream.write(REQUEST);
    StreamObserver<StreamPlansResponse> answers = planner.due.take();
    planner.due.take();

    drain.start();
    answers.onNext(StreamPlansResponse.getDefaultInstance());
    answers.onNext(StreamPlansResponse.getDefaultInstance());
    answers.onNext(StreamPlansResponse.getDefaultInstance());
    answers.onCompleted();

    assertEquals(StreamPlansResponse.getDefaultInstance(), stream.read());
    assertEquals(StreamPlansResponse.getDefaultInstance(), stream.read());
    assertEnded(stream);
  }

  @Test
  void newStream_isRefused_butCallsAreAnswered() throws Exception {
    drain.start();

    assertEnded(stub.streamPlans());
    assertTrue(stub.plan(PlanRequest.getDefaultInstance()).isInitialized());
  }

  @Test
  void stream_endedByTheClient_endsWell() throws Exception {
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream = stub.streamPlans();
    stream.write(REQUEST);
    planner.answer();
    stream.read();
    stream.halfClose();

    assertEquals(null, stream.read());
    drain.start();
  }
}
