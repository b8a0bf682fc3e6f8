// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.settings.Logging;
import io.partialloading.planner.settings.Telemetry;
import io.partialloading.planner.settings.Tracing;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerTelemetryTest {
  private static final Logging LOGGING =
      new Logging(Logging.Format.JSON, Logging.Level.INFO, Logging.Calls.ALL);

  @Test
  void log_hasTheLabel_andNothingElseOfTheRequest() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String label = "cell-7\n\"}{\u0007";
    PlanRequest good = TestRequests.good().setLabel(label).build();
    try (LogOutput log = LogOutput.install(LOGGING, out)) {
      try (ObservedServer server = new ObservedServer(true, 10, Logging.Calls.ALL)) {
        PlannerServiceGrpc.newBlockingStub(server.channel).plan(good);
        PlanRequest wrong = good.toBuilder().clearChannelState().build();
        assertThrows(
            StatusRuntimeException.class,
            () -> PlannerServiceGrpc.newBlockingStub(server.channel).plan(wrong));
        server.stop();
      }
    }

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size(), lines::toString);
    for (String line : lines) {
      assertEquals(
          label, JsonParser.parseString(line).getAsJsonObject().get("label").getAsString());
      assertFalse(line.contains("alpha") || line.contains("u1") || line.contains("channel"), line);
      assertTrue(line.contains("\"trace_id\""), line);
    }
    assertTrue(lines.get(0).contains("\"served\":3"), lines::toString);
  }

  @Tag("socket")
  @Test
  void traces_arriveAtTheEndpoint_lastOnesAtTheEnd() throws Exception {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          requests.add(
              exchange.getRequestURI() + "\n" + new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try {
      URI endpoint = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
      try (ServerTelemetry telemetry =
              ServerTelemetry.of(new Telemetry(null, new Tracing(endpoint, 1), LOGGING), "1.2.3");
          ObservedServer server = new ObservedServer(telemetry)) {
        PlannerServiceGrpc.newBlockingStub(server.channel).plan(TestRequests.good().build());
        server.stop();
      }
      String request = requests.take();
      assertTrue(request.startsWith("/v1/traces\n"), request);
      assertTrue(request.contains("partialloading.planner.v1.PlannerService/Plan"), request);
      assertTrue(request.contains("planner-service") && request.contains("1.2.3"), request);
    } finally {
      receiver.stop(0);
    }
  }

  @Tag("socket")
  @Test
  void otlpEndpoint_thatNobodyListensOn_disturbsNeitherStartNorCallsNorEnd() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Telemetry settings =
        new Telemetry(null, new Tracing(new URI("http://127.0.0.1:" + nobody), 1), LOGGING);
    java.util.logging.Logger exporter =
        java.util.logging.Logger.getLogger("io.opentelemetry.exporter");
    exporter.setLevel(Level.OFF); // it says so, which is right, and of no use here
    try (ServerTelemetry telemetry = ServerTelemetry.of(settings, "test")) {
      try (ObservedServer server = new ObservedServer(telemetry)) {
        for (int i = 0; i < 1_000; i++) {
          PlannerServiceGrpc.newBlockingStub(server.channel).plan(TestRequests.good().build());
        }
      }
    } finally {
      exporter.setLevel(null);
    }
  }

  @Tag("socket")
  @Test
  void listen_portTaken_saysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerTelemetry telemetry =
            ServerTelemetry.of(
                new Telemetry(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
                    null,
                    LOGGING),
                "test")) {
      assertThrows(IOException.class, telemetry::listen);
    }
  }

  @Test
  void listen_metricsOff_doesNothing() throws IOException {
    try (ServerTelemetry telemetry =
        ServerTelemetry.of(new Telemetry(null, null, LOGGING), "test")) {
      assertEquals(-1, telemetry.listen());
    }
  }
}
