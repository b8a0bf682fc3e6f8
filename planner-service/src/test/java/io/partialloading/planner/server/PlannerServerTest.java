package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.TestRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PlannerServerTest {

  @Nested
  class WhileServing {
    private ServerLife life;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
      Limits limits = new Limits(300, 10, 10, 10, 10, 20_000);
      Settings settings = new Settings("127.0.0.1", 0, Duration.ofSeconds(5), limits);
      life = Guice.createInjector(new ServerModule(settings)).getInstance(ServerLife.class);
      int port = life.start();
      channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterEach
    void stop() {
      channel.shutdownNow();
      life.stop();
    }

    private ServingStatus health(String service) {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.newBuilder().setService(service).build())
          .getStatus();
    }

    @Test
    void plan_overTheNetwork_isAnswered() {
      assertEquals(
          3,
          PlannerServiceGrpc.newBlockingStub(channel)
              .plan(TestRequests.good().build())
              .getServedUserCount());
    }

    @Test
    void plan_compressed_isAnswered() {
      assertEquals(
          3,
          PlannerServiceGrpc.newBlockingStub(channel)
              .withCompression("gzip")
              .plan(TestRequests.good().build())
              .getServedUserCount());
    }

    @Test
    void plan_compressedAndTooLarge_isResourceExhausted() {
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  PlannerServiceGrpc.newBlockingStub(channel)
                      .withCompression("gzip")
                      .plan(TestRequests.good().setLabel("x".repeat(20_000)).build()));

      assertEquals(Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
    }

    @Test
    void streamPlans_overTheNetwork_isAnswered() throws Exception {
      BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
          PlannerServiceGrpc.newBlockingV2Stub(channel).streamPlans();
      PlanRequest request = TestRequests.good().build();

      stream.write(StreamPlansRequest.newBuilder().setRequest(request).build());
      stream.write(
          StreamPlansRequest.newBuilder()
              .setRequest(request.toBuilder().clearBlockLibrary().clearEdgeServer())
              .build());
      stream.halfClose();

      assertEquals(3, stream.read().getResponse().getServedUserCount());
      assertEquals(3, stream.read().getResponse().getServedUserCount());
      assertEquals(null, stream.read());
    }

    @Test
    void plan_messageTooLarge_isResourceExhausted() {
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  PlannerServiceGrpc.newBlockingStub(channel)
                      .plan(TestRequests.good().setLabel("x".repeat(20_000)).build()));

      assertEquals(Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
    }

    @Test
    void plan_hundredsOfFaults_reachTheClientAsInvalidArgument() {
      PlanRequest.Builder request = TestRequests.good();
      for (int i = 0; i < 290; i++) {
        request.getUserSnapshotBuilder().addUsers(TestRequests.user("", "\u00fc".repeat(20)));
      }

      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> PlannerServiceGrpc.newBlockingStub(channel).plan(request.build()));

      assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    }

    @Test
    void health_ofServerAndPlanner_isServing() {
      assertEquals(ServingStatus.SERVING, health(""));
      assertEquals(ServingStatus.SERVING, health(PlannerServiceGrpc.SERVICE_NAME));
    }

    @Test
    void reflection_listsThePlanner() throws Exception {
      CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(channel)
              .serverReflectionInfo(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                      answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                      answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                  });
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      List<String> services =
          answer.get(30, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
              .map(ServiceResponse::getName)
              .toList();
      requests.onCompleted();

      assertTrue(services.contains(PlannerServiceGrpc.SERVICE_NAME), services::toString);
    }

    @Test
    void stop_endsTheServer() throws InterruptedException {
      life.stop();

      life.awaitStop();
      assertThrows(StatusRuntimeException.class, () -> health(""));
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return new PlannerServer(new PrintWriter(out, true), new PrintWriter(err, true)).run(args);
  }

  @ParameterizedTest
  @CsvSource({
    "--port,abc",
    "--port,-1",
    "--port,65536",
    "--max-users,0",
    "--max-message-bytes,67108864000",
    "--drain-seconds,-1",
    "--frobnicate,1",
    "--address,256.0.0.1.invalid",
  })
  void run_wrongOption_saysSoInOneLineAndExitsWithTwo(String option, String value) {
    assertEquals(2, run(option, value));
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err::toString);
  }

  @Test
  void run_portTaken_exitsWithOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(1, run("--port", String.valueOf(taken.getLocalPort())));
    }
    assertEquals(1, err.toString().lines().count(), err::toString);
  }

  @Test
  void run_help_namesEveryEnvironmentVariable() {
    assertEquals(0, run("--help"));
    for (String variable :
        List.of(
            "PLANNER_ADDRESS",
            "PLANNER_PORT",
            "PLANNER_DRAIN_SECONDS",
            "PLANNER_MAX_USERS",
            "PLANNER_MAX_MODELS",
            "PLANNER_MAX_BLOCKS",
            "PLANNER_MAX_BLOCK_REFERENCES",
            "PLANNER_MAX_TABLE_ENTRIES",
            "PLANNER_MAX_MESSAGE_BYTES")) {
      assertTrue(out.toString().contains(variable), variable);
    }
  }
}
