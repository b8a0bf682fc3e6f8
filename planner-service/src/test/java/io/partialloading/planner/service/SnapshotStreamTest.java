// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.internal.testing.StreamRecorder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.v1.FieldFault;
import io.partialloading.planner.v1.PlanError;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@NullUnmarked // every test starts its server first
class SnapshotStreamTest {
  private static final Limits LIMITS = new Limits(100, 100, 100, 100, 100, 1 << 20);

  private final CallWatch watch = new CallWatch();
  private Server server;
  private ManagedChannel channel;

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private Server start(ServerBuilder<?> builder) throws IOException {
    return builder.addService(new PlannerGrpcService(LIMITS)).intercept(watch).build().start();
  }

  /** A server that has done all it can with an event when the call that causes it returns. */
  private PlannerServiceGrpc.PlannerServiceStub direct() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server = start(InProcessServerBuilder.forName(name).directExecutor());
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    return PlannerServiceGrpc.newStub(channel);
  }

  private List<StreamPlansResponse> answers(StreamPlansRequest... requests) throws Exception {
    StreamRecorder<StreamPlansResponse> answers = StreamRecorder.create();
    StreamObserver<StreamPlansRequest> stream = direct().streamPlans(answers);
    for (StreamPlansRequest request : requests) {
      stream.onNext(request);
    }
    stream.onCompleted();
    assertTrue(answers.awaitCompletion(60, TimeUnit.SECONDS));
    assertEquals(null, answers.getError());
    return answers.getValues();
  }

  private static StreamPlansRequest of(PlanRequest.Builder request) {
    return StreamPlansRequest.newBuilder().setRequest(request).build();
  }

  private static PlanRequest.Builder withoutLibrary() {
    return TestRequests.good().clearBlockLibrary();
  }

  private static List<String> fields(StreamPlansResponse answer) {
    PlanError error = answer.getError();
    assertEquals(Code.INVALID_ARGUMENT.getNumber(), error.getCode(), answer::toString);
    return error.getFaultsList().stream().map(FieldFault::getField).toList();
  }

  @Test
  void answers_toGoodAndBadRequests_comeInTheirOrder() throws Exception {
    int seed = 5;
    Random random = new Random(seed);
    StreamPlansRequest[] requests = new StreamPlansRequest[400];
    boolean[] bad = new boolean[requests.length];
    for (int i = 0; i < requests.length; i++) {
      PlanRequest.Builder request = i == 0 ? TestRequests.good() : withoutLibrary();
      bad[i] = random.nextBoolean();
      if (bad[i]) {
        request.getUserSnapshotBuilder().getUsersBuilder(0).setModelId("model of " + i);
      }
      requests[i] = of(request.setLabel("label " + i));
    }

    List<StreamPlansResponse> answers = answers(requests);

    assertEquals(requests.length, answers.size());
    for (int i = 0; i < requests.length; i++) {
      StreamPlansResponse answer = answers.get(i);
      if (bad[i]) {
        assertEquals(
            FieldFault.newBuilder()
                .setField("user_snapshot.users[0].model_id")
                .setDescription("\"model of " + i + "\" is not a model")
                .build(),
            answer.getError().getFaults(0),
            "seed " + seed);
      } else {
        assertEquals("label " + i, answer.getResponse().getLabel(), "seed " + seed);
      }
    }
  }

  @Test
  void answer_toARequestWithoutLibrary_isThatOfTheWholeRequest() throws Exception {
    PlanRequest.Builder another = TestRequests.good().setLabel("another");
    another.getBlockLibraryBuilder().getBlocksBuilder(1).setSizeBytes(1_000);
    another.getEdgeServerBuilder().clearResidentBlockIds();
    PlanRequest.Builder bare = another.clone().clearBlockLibrary().clearEdgeServer();

    List<StreamPlansResponse> answers =
        answers(
            of(TestRequests.good()),
            of(withoutLibrary().clearEdgeServer()),
            of(another.clone().clearEdgeServer()),
            of(another),
            of(bare));

    assertEquals(withoutTime(answers.get(0)), withoutTime(answers.get(1)));
    assertEquals(withoutTime(answers.get(3)), withoutTime(answers.get(4)));
    assertEquals(withoutTime(answers(of(another)).get(0)), withoutTime(answers.get(3)));
  }

  private static StreamPlansResponse withoutTime(StreamPlansResponse answer) {
    StreamPlansResponse.Builder builder = answer.toBuilder();
    assertTrue(answer.hasResponse(), answer::toString);
    builder.getResponseBuilder().clearPlanningTime();
    return builder.build();
  }

  @Test
  void firstRequest_withoutLibrary_isAFaultAndTheStreamGoesOn() throws Exception {
    List<StreamPlansResponse> answers =
        answers(of(withoutLibrary()), of(TestRequests.good()), of(withoutLibrary()));

    assertEquals(List.of("block_library"), fields(answers.get(0)));
    assertEquals(3, answers.get(1).getResponse().getServedUserCount());
    assertEquals(3, answers.get(2).getResponse().getServedUserCount());
  }

  @Test
  void request_notSet_isAFaultAndTheStreamGoesOn() throws Exception {
    List<StreamPlansResponse> answers =
        answers(StreamPlansRequest.getDefaultInstance(), of(TestRequests.good()));

    assertEquals(List.of("request"), fields(answers.get(0)));
    assertEquals(3, answers.get(1).getResponse().getServedUserCount());
  }

  @Test
  void request_beyondTheLimits_isResourceExhaustedAndTheStreamGoesOn() throws Exception {
    PlanRequest.Builder large = TestRequests.good();
    for (int i = 0; i <= LIMITS.maxUsers(); i++) {
      large.getUserSnapshotBuilder().addUsers(TestRequests.user("x" + i, "beta"));
    }

    List<StreamPlansResponse> answers = answers(of(large), of(TestRequests.good()));

    assertEquals(Code.RESOURCE_EXHAUSTED.getNumber(), answers.get(0).getError().getCode());
    assertEquals(3, answers.get(1).getResponse().getServedUserCount());
  }

  @Test
  void libraryOrServer_thatWasRefused_isNotReplacedByTheOneBefore() throws Exception {
    PlanRequest.Builder badLibrary = TestRequests.good();
    badLibrary.getBlockLibraryBuilder().getBlocksBuilder(0).setSizeBytes(0);
    PlanRequest.Builder badServer = withoutLibrary();
    badServer.getEdgeServerBuilder().setGpuMemoryBytes(0);
    PlanRequest.Builder bare = withoutLibrary().clearEdgeServer();

    List<StreamPlansResponse> answers =
        answers(
            of(TestRequests.good()),
            of(badLibrary),
            of(bare),
            of(TestRequests.good().clearEdgeServer()),
            of(badServer),
            of(bare),
            of(withoutLibrary()),
            of(bare));

    assertEquals(List.of("block_library.blocks[0].size_bytes"), fields(answers.get(1)));
    assertEquals(
        List.of(
            FieldFault.newBuilder()
                .setField("block_library")
                .setDescription("the one sent last was refused: send a good one")
                .build()),
        answers.get(2).getError().getFaultsList());
    assertEquals(3, answers.get(3).getResponse().getServedUserCount());
    assertEquals(List.of("edge_server.gpu_memory_bytes"), fields(answers.get(4)));
    assertEquals(List.of("edge_server"), fields(answers.get(5)));
    assertEquals(3, answers.get(6).getResponse().getServedUserCount());
    assertEquals(3, answers.get(7).getResponse().getServedUserCount());
  }

  @Test
  void library_inARequestBeyondTheLimits_isRefusedWithIt() throws Exception {
    PlanRequest.Builder large = TestRequests.good().clearEdgeServer();
    PlanRequest.Builder bare = withoutLibrary().clearEdgeServer();
    PlanRequest.Builder largeAndBare = bare.clone();
    for (int i = 0; i <= LIMITS.maxUsers(); i++) {
      large.getUserSnapshotBuilder().addUsers(TestRequests.user("x" + i, "beta"));
      largeAndBare.getUserSnapshotBuilder().addUsers(TestRequests.user("x" + i, "beta"));
    }

    List<StreamPlansResponse> answers =
        answers(of(TestRequests.good()), of(largeAndBare), of(bare), of(large), of(bare));

    assertEquals(Code.RESOURCE_EXHAUSTED.getNumber(), answers.get(1).getError().getCode());
    assertEquals(3, answers.get(2).getResponse().getServedUserCount());
    assertEquals(Code.RESOURCE_EXHAUSTED.getNumber(), answers.get(3).getError().getCode());
    assertEquals(List.of("block_library"), fields(answers.get(4)));
  }

  @Test
  void stream_withoutRequests_completes() throws Exception {
    assertEquals(List.of(), answers());
  }

  @Test
  void slowReader_isPlannedForAsItReads() throws Exception {
    ManualReader reader = new ManualReader();
    StreamObserver<StreamPlansRequest> stream = direct().streamPlans(reader);
    for (int i = 0; i < 200; i++) {
      stream.onNext(of(TestRequests.good()));
    }
    stream.onCompleted();
    assertTrue(watch.taken() <= 1, () -> watch.taken() + " taken in for nobody");

    for (int i = 1; i <= 200; i++) {
      reader.request(1);
      assertEquals(i, reader.answered());
      assertTrue(watch.taken() <= i + 1, () -> watch.taken() + " taken in");
    }

    assertTrue(reader.isCompleted());
  }

  @Tag("socket")
  @Test
  void slowReader_overTheNetwork_isPlannedForAsFarAsItsWindowGoes() throws Exception {
    int requests = 400;
    int answerBytes = 8 << 10;
    int window = 64 << 10;
    // What fits into the reader's window and into gRPC's own buffer of 32 KiB, and one beyond each.
    int mostAhead = (window + (32 << 10)) / answerBytes + 2;
    server = start(NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .flowControlWindow(window)
            .build();
    ManualReader reader = new ManualReader();
    watch.answered(reader::answered);
    StreamObserver<StreamPlansRequest> stream =
        PlannerServiceGrpc.newStub(channel).streamPlans(reader);
    for (int i = 0; i < requests; i++) {
      stream.onNext(of(TestRequests.good().setLabel("x".repeat(answerBytes))));
    }
    stream.onCompleted();
    watch.awaitFullBuffer();
    assertEquals(0, reader.answered());

    for (int i = 0; i < requests; i++) {
      reader.request(1);
      reader.awaitAnswer();
    }

    reader.awaitCompletion();
    assertEquals(requests, watch.taken());
    assertTrue(watch.mostAhead() <= mostAhead, () -> watch.mostAhead() + " ahead");
  }

  @Tag("socket")
  @Test
  void largeRequests_overTheNetwork_areReadWhole() throws Exception {
    server = start(NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    StreamRecorder<StreamPlansResponse> answers = StreamRecorder.create();
    StreamObserver<StreamPlansRequest> stream =
        PlannerServiceGrpc.newStub(channel).streamPlans(answers);
    String large = "x".repeat(1 << 20);
    PlanRequest.Builder bare = withoutLibrary().clearEdgeServer();
    stream.onNext(of(TestRequests.good().setLabel(large)));
    stream.onNext(of(bare.clone().setLabel(large)));
    stream.onNext(of(bare));
    stream.onCompleted();

    assertTrue(answers.awaitCompletion(60, TimeUnit.SECONDS));
    assertEquals(null, answers.getError());
    assertEquals(
        List.of(large.length(), large.length(), 4),
        answers.getValues().stream().map(a -> a.getResponse().getLabel().length()).toList());
  }

  @Test
  void request_thatIsCancelledBeforeItIsPlanned_isNotAnswered() throws Exception {
    String name = InProcessServerBuilder.generateName();
    server = start(InProcessServerBuilder.forName(name));
    channel = InProcessChannelBuilder.forName(name).build();
    ManualReader reader = new ManualReader();
    StreamObserver<StreamPlansRequest> stream =
        PlannerServiceGrpc.newStub(channel).streamPlans(reader);
    reader.request(10);
    stream.onNext(of(TestRequests.good()));
    reader.awaitAnswer();

    watch.beforeNextMessage(
        () -> {
          CountDownLatch cancelled = new CountDownLatch(1);
          Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
          reader.cancel();
          assertTrue(cancelled.await(60, TimeUnit.SECONDS));
        });
    stream.onNext(of(TestRequests.good()));

    watch.awaitCancellation();
    assertEquals(2, watch.taken());
    assertEquals(1, watch.sent());
  }
}
