// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.settings.Settings;
import io.partialloading.planner.settings.TestSettings;
import io.partialloading.planner.telemetry.ServerTelemetry;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Start and stop, in their order. No time passes: what is to happen meanwhile is a step. */
@Tag("socket")
@Timeout(60)
class ServerLifeTest {
  /** Longer than a test may take, so that only what ends by itself ends. */
  private static final Settings SETTINGS =
      TestSettings.of("--port=0", "--drain-notice-seconds=80000", "--drain-seconds=80000");

  private static final String METRICS = "metrics on ";

  private static final List<String> READINESS = List.of("", PlannerServiceGrpc.SERVICE_NAME);

  private final StringWriter out = new StringWriter();
  private final List<String> closed = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final LogCapture log = LogCapture.of(ServerLife.class);
  private @Nullable ServerLife life;

  private ServerLife life(Consumer<BooleanSupplier> warmUp) {
    ServerTelemetry telemetry = ServerTelemetry.of(SETTINGS.telemetry(), "test");
    Health health = new Health();
    StreamDrain streams = new StreamDrain();
    Server server =
        server(SETTINGS.listen().address())
            .intercept(streams)
            .addService(new PlannerGrpcService(SETTINGS.limits()))
            .addService(health.service())
            .build();
    Server management = server(SETTINGS.listen().address()).addService(health.service()).build();
    ServerLife made =
        new ServerLife(
            SETTINGS,
            server,
            management,
            health,
            streams,
            warmUp,
            telemetry::listen,
            List.of(
                () -> assertEquals(200, metrics()),
                () -> closed.add("first, calls ended: " + server.isTerminated()),
                () -> {
                  throw new IOException("broken");
                },
                () -> closed.add("last, management ended: " + management.isShutdown()),
                telemetry));
    life = made;
    return made;
  }

  private static NettyServerBuilder server(InetSocketAddress address) {
    return NettyServerBuilder.forAddress(address);
  }

  private ServerLife started() throws IOException {
    ServerLife made = life(stop -> {});
    made.start(new PrintWriter(out));
    return made;
  }

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    if (life != null) {
      life.stop(time -> {});
    }
    assertEquals(List.of("while stopping: java.io.IOException: broken"), log.warnings());
    log.close();
  }

  private ManagedChannel connect(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  private static HealthCheckRequest of(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private static ServingStatus health(ManagedChannel channel, String service) {
    return HealthGrpc.newBlockingStub(channel).check(of(service)).getStatus();
  }

  private static void assertReadiness(ServingStatus status, ManagedChannel channel) {
    READINESS.forEach(service -> assertEquals(status, health(channel, service)));
    assertEquals(ServingStatus.SERVING, health(channel, Health.LIVENESS));
  }

  private static int plan(ManagedChannel channel) {
    return PlannerServiceGrpc.newBlockingStub(channel)
        .plan(TestRequests.good().build())
        .getServedUserCount();
  }

  @Test
  void start_warmsUpBeforeItServes_andTellsHealthMeanwhile() throws IOException {
    List<String> listening = new ArrayList<>();
    ServerLife starting =
        life(
            stop -> {
              assertFalse(stop.getAsBoolean());
              assertThrows(IllegalStateException.class, () -> current().port());
              assertReadiness(ServingStatus.NOT_SERVING, connect(current().managementPort()));
              listening.addAll(out.toString().lines().toList());
            });

    starting.start(new PrintWriter(out));

    assertEquals(2, listening.size());
    assertEquals("management on 127.0.0.1:" + starting.managementPort(), listening.get(0));
    assertTrue(listening.get(1).startsWith(METRICS + "http://127.0.0.1:"), listening::toString);
    assertEquals(
        "serving partialloading.planner.v1.PlannerService on 127.0.0.1:" + starting.port(),
        out.toString().lines().skip(2).findFirst().orElseThrow());
    assertEquals(200, metrics());
    assertReadiness(ServingStatus.SERVING, connect(starting.managementPort()));
    assertReadiness(ServingStatus.SERVING, connect(starting.port()));
  }

  private ServerLife current() {
    return Objects.requireNonNull(life);
  }

  @Test
  void stop_duringWarmUp_endsItAndNeverServes() throws Exception {
    CountDownLatch warming = new CountDownLatch(1);
    ServerLife starting =
        life(
            stop -> {
              warming.countDown();
              while (!stop.getAsBoolean()) {
                Thread.onSpinWait();
              }
            });
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(
            () -> assertDoesNotThrowIo(() -> starting.start(new PrintWriter(out))));
    warming.await();

    starting.stop(time -> assertTrue(false, "nobody needs notice"));

    start.get();
    starting.awaitStop();
    assertEquals(2, out.toString().lines().count(), out::toString);
    assertEquals(2, closed.size());
  }

  private interface Start {
    void run() throws IOException;
  }

  private static void assertDoesNotThrowIo(Start start) {
    try {
      start.run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void stop_givesNotice_whileCallsAreStillTaken() throws Exception {
    ServerLife serving = started();
    int port = serving.port();
    ManagedChannel management = connect(serving.managementPort());
    BlockingClientCall<?, HealthCheckResponse> watch = watch(management, "");
    assertEquals(ServingStatus.SERVING, watch.read().getStatus());
    List<Integer> servedMeanwhile = new ArrayList<>();

    serving.stop(
        time -> {
          assertEquals(SETTINGS.life().drainNotice(), time);
          assertEquals(ServingStatus.NOT_SERVING, read(watch));
          assertReadiness(ServingStatus.NOT_SERVING, management);
          servedMeanwhile.add(plan(connect(port)));
        });

    assertEquals(List.of(3), servedMeanwhile);
    assertThrows(StatusRuntimeException.class, () -> plan(connect(port)));
  }

  private static BlockingClientCall<?, HealthCheckResponse> watch(
      ManagedChannel channel, String service) {
    return HealthGrpc.newBlockingV2Stub(channel).watch(of(service));
  }

  private static ServingStatus read(BlockingClientCall<?, HealthCheckResponse> watch)
      throws InterruptedException {
    try {
      return watch.read().getStatus();
    } catch (StatusException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void stop_letsCallsInProgressFinish_aliveUntilTheEnd() throws Exception {
    ServerLife serving = started();
    ManagedChannel management = connect(serving.managementPort());
    ManagedChannel channel = connect(serving.port());
    HalfSentCall call = new HalfSentCall(channel);
    plan(channel); // later on the same connection, so the half-sent call has arrived
    BlockingClientCall<?, HealthCheckResponse> watch = watch(channel, "");
    assertEquals(ServingStatus.SERVING, watch.read().getStatus());

    Thread stop = new Thread(() -> serving.stop(time -> {}));
    stop.start();

    assertEquals(ServingStatus.NOT_SERVING, watch.read().getStatus());
    StatusException end = assertThrows(StatusException.class, watch::read);
    assertEquals(Code.UNAVAILABLE, end.getStatus().getCode());
    assertReadiness(ServingStatus.NOT_SERVING, management);
    assertEquals(List.of(), closed);
    call.sendRest();
    assertEquals(3, call.answer.get().getServedUserCount());
    stop.join();
    assertEquals(List.of("first, calls ended: true", "last, management ended: false"), closed);
    assertThrows(StatusRuntimeException.class, () -> health(management, Health.LIVENESS));
  }

  /** A call of which the server has the headers only. */
  private static final class HalfSentCall extends ClientCall.Listener<PlanResponse> {
    private final CompletableFuture<PlanResponse> answer = new CompletableFuture<>();
    private final ClientCall<PlanRequest, PlanResponse> call;

    private HalfSentCall(ManagedChannel channel) {
      call = channel.newCall(PlannerServiceGrpc.getPlanMethod(), CallOptions.DEFAULT);
      call.start(this, new Metadata());
      call.request(2);
    }

    private void sendRest() {
      call.sendMessage(TestRequests.good().build());
      call.halfClose();
    }

    @Override
    public void onMessage(PlanResponse response) {
      answer.complete(response);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      answer.completeExceptionally(status.asRuntimeException(trailers));
    }
  }

  @Test
  void stop_endsIdleStreams() throws Exception {
    ServerLife serving = started();
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
        PlannerServiceGrpc.newBlockingV2Stub(connect(serving.port())).streamPlans();
    stream.write(StreamPlansRequest.newBuilder().setRequest(TestRequests.good()).build());
    assertEquals(3, stream.read().getResponse().getServedUserCount());

    serving.stop(time -> {});

    StatusException end = assertThrows(StatusException.class, stream::read);
    assertEquals(Code.UNAVAILABLE, end.getStatus().getCode());
    assertEquals("the server is stopping; open a new stream", end.getStatus().getDescription());
  }

  @Test
  void stop_endsMetricsLast() throws Exception {
    ServerLife serving = started();

    serving.stop(time -> {}); // while the resources are closed there are metrics

    assertThrows(ConnectException.class, this::metrics);
  }

  private int metrics() throws IOException {
    String url =
        out.toString()
            .lines()
            .filter(line -> line.startsWith(METRICS))
            .findFirst()
            .orElseThrow()
            .substring(METRICS.length());
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    int status = connection.getResponseCode();
    connection.disconnect();
    return status;
  }

  @Test
  void stop_twice_stopsOnce() throws Exception {
    ServerLife serving = started();

    serving.stop(time -> {});
    serving.stop(time -> {});

    serving.awaitStop();
    assertEquals(2, closed.size());
  }

  @Test
  void start_addressTaken_namesIt() throws IOException {
    ServerLife serving = started();
    Server second =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", serving.port())).build();

    IOException failure =
        assertThrows(
            IOException.class,
            () -> Binding.start(second, new InetSocketAddress("127.0.0.1", serving.port())));

    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith("cannot listen on 127.0.0.1:" + serving.port() + ": "),
        failure::getMessage);
  }
}
