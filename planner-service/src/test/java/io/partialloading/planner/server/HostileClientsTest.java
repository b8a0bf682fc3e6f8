// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static io.partialloading.planner.server.RawConnection.CONTINUATION;
import static io.partialloading.planner.server.RawConnection.DATA;
import static io.partialloading.planner.server.RawConnection.END_HEADERS;
import static io.partialloading.planner.server.RawConnection.END_STREAM;
import static io.partialloading.planner.server.RawConnection.ENHANCE_YOUR_CALM;
import static io.partialloading.planner.server.RawConnection.HEADERS;
import static io.partialloading.planner.server.RawConnection.PING;
import static io.partialloading.planner.server.RawConnection.RST_STREAM;
import static io.partialloading.planner.server.RawConnection.SETTINGS;
import static io.partialloading.planner.server.RawConnection.WINDOW_UPDATE;
import static io.partialloading.planner.server.RawConnection.frame;
import static io.partialloading.planner.server.RawConnection.message;
import static io.partialloading.planner.server.RawConnection.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.settings.TestSettings;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm, or are badly broken: others are served, and nothing is left of them. */
@Tag("socket")
@Timeout(120)
@NullUnmarked // every test starts its server first
class HostileClientsTest {
  private static final int MAX_CALLS = 20;
  private static final int WINDOW = 65_535;

  /** Beyond what all buffers between two sockets take. */
  private static final long MUCH = 256L << 20;

  private Intake intake;
  private PlanningQueue queue;
  private ServerLife life;
  private ManagedChannel channel;
  private final List<RawConnection> connections = new ArrayList<>();

  private void serve(String... more) throws IOException {
    String[] settings = {
      "--port=0",
      "--warm-up-seconds=0",
      "--max-calls-per-connection=" + MAX_CALLS,
      "--max-resets-per-second=100",
      "--max-message-bytes=20000",
      "--max-metadata-bytes=2000"
    };
    Injector server =
        Guice.createInjector(
            new ServerModule(
                TestSettings.of(
                    Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new))));
    intake = server.getInstance(Intake.class);
    queue = server.getInstance(PlanningQueue.class);
    life = server.getInstance(ServerLife.class);
    life.start(new PrintWriter(new StringWriter()));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", life.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
    channel.shutdownNow();
    life.stop();
  }

  private RawConnection connect() throws IOException {
    RawConnection connection = new RawConnection(life.port());
    connections.add(connection);
    return connection;
  }

  private void assertOthersAreServed() {
    assertEquals(
        3,
        PlannerServiceGrpc.newBlockingStub(channel)
            .plan(TestRequests.good().build())
            .getServedUserCount());
  }

  /** Returns when something is so; the test's timeout says if it never is. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  private void assertNothingIsLeft() throws InterruptedException {
    assertOthersAreServed();
    await(() -> intake.callsInProgress() == 0 && intake.bytesHeld() == 0);
    await(() -> queue.waitingJobs() == 0 && queue.busyWorkers() == 0);
  }

  private static byte[] begin(String method, int stream) {
    return frame(HEADERS, END_HEADERS, stream, RawConnection.call(method));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] goodRequest() {
    return message(TestRequests.good().build().toByteArray());
  }

  @Test
  void bytesThatAreNoHttp2_endTheConnection() throws Exception {
    serve();
    byte[] garbage = new byte[1 << 16];
    new Random(1).nextBytes(garbage);
    byte[] clientHello = {22, 3, 1, 0, 5, 1, 0, 0, 1, 3};
    byte[] http1 =
        "GET /metrics HTTP/1.1\r\nHost: planner\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    for (byte[] bytes : List.of(garbage, clientHello, http1)) {
      RawConnection connection = connect();
      connection.send(bytes);
      connection.awaitEnd();
    }

    assertNothingIsLeft();
  }

  @Test
  void framesThatAreGarbage_endTheConnection() throws Exception {
    serve();
    Random random = new Random(2);
    byte[] garbage = new byte[1 << 16];

    for (int i = 0; i < 50; i++) {
      random.nextBytes(garbage);
      RawConnection connection = connect().begin(WINDOW);
      connection.flood(garbage, MUCH);
    }

    assertNothingIsLeft();
  }

  @Test
  void resets_tooMany_endTheConnection() throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);

    boolean isOpen = true;
    for (int stream = 1; isOpen && stream < 4_000; stream += 2) {
      isOpen =
          connection.sendIfOpen(
              joined(begin("Plan", stream), frame(RST_STREAM, 0, stream, number(8))));
    }

    assertEquals(ENHANCE_YOUR_CALM, connection.awaitEnd());
    assertNothingIsLeft();
  }

  @Test
  void resetsThatTheServerIsMadeToSend_tooMany_endTheConnection() throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);

    boolean isOpen = true;
    for (int stream = 1; isOpen && stream < 4_000; stream += 2) {
      isOpen =
          connection.sendIfOpen(
              joined(begin("Plan", stream), frame(WINDOW_UPDATE, 0, stream, number(0))));
    }

    assertEquals(ENHANCE_YOUR_CALM, connection.awaitEnd());
    assertNothingIsLeft();
  }

  @Test
  void callsBeyondTheLimit_areNotTakenOn() throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);

    for (int stream = 1; stream < 4 * MAX_CALLS; stream += 2) {
      connection.send(begin("StreamPlans", stream));
    }

    await(() -> intake.callsInProgress() == MAX_CALLS);
    assertOthersAreServed();
    assertTrue(intake.callsInProgress() <= MAX_CALLS + 1);
    connection.close();
    assertNothingIsLeft();
  }

  @Test
  void pings_tooMany_endTheConnection() throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);

    boolean isOpen = true;
    for (int i = 0; isOpen && i < 10; i++) {
      isOpen = connection.sendIfOpen(frame(PING, 0, 0, new byte[8]));
    }

    assertEquals(ENHANCE_YOUR_CALM, connection.awaitEnd());
    assertNothingIsLeft();
  }

  @Test
  void settings_whoseAcknowledgementsAreNotRead_endTheConnection() throws Exception {
    serve();
    byte[] setting = frame(SETTINGS, 0, 0, joined(new byte[] {0, 3}, number(100)));
    byte[] many = joined(Collections.nCopies(1000, setting).toArray(byte[][]::new));

    connect().begin(WINDOW).flood(many, MUCH);

    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_000})
  void headersWithoutEnd_endTheConnection(int size) throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);
    connection.send(frame(HEADERS, 0, 1, RawConnection.call("Plan")));

    connection.flood(frame(CONTINUATION, 0, 1, new byte[size]), MUCH);

    assertNothingIsLeft();
  }

  @Test
  void messageThatClaimsToBeHuge_isRefusedBeforeItComes() throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);

    for (int stream = 1; stream < 2 * MAX_CALLS; stream += 2) {
      byte[] claim = message(Integer.MAX_VALUE, new byte[1000]);
      connection.send(joined(begin("Plan", stream), frame(DATA, 0, stream, claim)));
    }

    assertOthersAreServed();
    assertNothingIsLeft();
  }

  @Test
  void messageInVeryManyFrames_takesNoMoreThanItsBytes() throws Exception {
    serve();
    RawConnection connection = connect().begin(WINDOW);
    connection.send(joined(begin("Plan", 1), frame(DATA, 0, 1, message(15_000, new byte[5_000]))));

    byte[] empty = frame(DATA, 0, 1, new byte[0]);
    byte[] one = frame(DATA, 0, 1, new byte[1]);
    byte[] many = joined(Collections.nCopies(1_000, empty).toArray(byte[][]::new));
    for (int i = 0; i < 200; i++) {
      connection.send(joined(many, one));
    }

    assertOthersAreServed();
    await(() -> intake.bytesHeld() == 5_200);
    connection.close();
    assertNothingIsLeft();
  }

  @Test
  void answersThatAreNotRead_areBoundedAndGoWithTheConnection() throws Exception {
    serve();
    RawConnection connection = connect().begin(0);
    for (int stream = 1; stream < 2 * MAX_CALLS; stream += 2) {
      connection.send(
          joined(begin("Plan", stream), frame(DATA, END_STREAM, stream, goodRequest())));
    }

    await(() -> intake.callsInProgress() == MAX_CALLS && queue.busyWorkers() == 0);
    await(() -> queue.waitingJobs() == 0 && intake.bytesHeld() > 0);
    assertOthersAreServed();
    assertTrue(intake.bytesHeld() < 1 << 20);
    connection.close();

    assertNothingIsLeft();
  }

  @Test
  void streamThatIsNotRead_waitsAlone() throws Exception {
    serve();
    RawConnection connection = connect().begin(0);
    byte[] request =
        message(
            StreamPlansRequest.newBuilder().setRequest(TestRequests.good()).build().toByteArray());
    connection.send(begin("StreamPlans", 1));
    for (int sent = 0; sent + request.length < WINDOW; sent += request.length) {
      connection.send(frame(DATA, 0, 1, request));
    }

    await(() -> intake.bytesHeld() > 0);
    assertOthersAreServed();
    assertTrue(intake.bytesHeld() < 1 << 20);
    connection.close();

    assertNothingIsLeft();
  }

  @Test
  void silentConnections_areClosed() throws Exception {
    serve("--handshake-timeout-seconds=1");
    List<RawConnection> silent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      silent.add(connect());
    }
    RawConnection toManagement = new RawConnection(life.managementPort());
    connections.add(toManagement);
    silent.add(toManagement);
    RawConnection half = connect();
    half.send("PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII));
    silent.add(half);

    assertOthersAreServed();

    for (RawConnection connection : silent) {
      connection.awaitEnd();
    }
    assertNothingIsLeft();
  }

  @Test
  void clientsThatVanished_areLetGo() throws Exception {
    serve("--keepalive-seconds=10", "--keepalive-timeout-seconds=1");
    RawConnection idle = connect().begin(WINDOW);
    RawConnection calling = connect().begin(WINDOW);
    calling.send(
        joined(
            begin("StreamPlans", 1),
            begin("Plan", 3),
            frame(DATA, 0, 3, message(10_000, new byte[5_000]))));
    await(() -> intake.callsInProgress() == 2 && intake.bytesHeld() > 0);

    assertNothingIsLeft();
    idle.awaitEnd();
  }
}
