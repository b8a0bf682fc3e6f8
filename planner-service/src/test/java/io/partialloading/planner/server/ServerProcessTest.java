// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The main program in a process of its own, configured by its environment. */
@Tag("socket")
@Timeout(120)
class ServerProcessTest {
  private static final int STOPPED_BY_SIGTERM = 143;

  private static final String SERVING =
      "serving partialloading.planner.v1.PlannerService on 127.0.0.1:";

  private static Process start(Map<String, String> environment) throws IOException {
    return start(environment, ProcessBuilder.Redirect.INHERIT);
  }

  private static Process start(Map<String, String> environment, ProcessBuilder.Redirect log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PlannerServer.class.getName());
    builder.environment().putAll(environment);
    builder.redirectError(log);
    return builder.start();
  }

  private static void assertStopsOnSigterm(Process process) throws InterruptedException {
    process.toHandle().destroy(); // SIGTERM; unlike the process's own it leaves the output open
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(STOPPED_BY_SIGTERM, process.exitValue());
  }

  private static void assertFirstLines(BufferedReader out) throws IOException {
    String line = String.valueOf(out.readLine());
    assertTrue(line.startsWith("management on 127.0.0.1:"), line);
    line = String.valueOf(out.readLine());
    assertTrue(line.startsWith("metrics on http://127.0.0.1:"), line);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void process_toldToStop_stopsGracefully() throws IOException, InterruptedException {
    Process process = start(Map.of("PLANNER_PORT", "0", "PLANNER_MAX_USERS", "3"));
    try (BufferedReader out = process.inputReader()) {
      assertFirstLines(out);
      String line = String.valueOf(out.readLine());
      assertTrue(line.startsWith(SERVING), line);
      int port = Integer.parseInt(line.substring(SERVING.length()));
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
      try {
        assertEquals(
            3,
            PlannerServiceGrpc.newBlockingStub(channel)
                .plan(TestRequests.good().build())
                .getServedUserCount());
      } finally {
        channel.shutdownNow();
      }

      assertStopsOnSigterm(process);
      assertEquals(null, out.readLine());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void process_toldToStopWhileItStarts_stops() throws IOException, InterruptedException {
    Process process = start(Map.of("PLANNER_PORT", "0", "PLANNER_WARM_UP_SECONDS", "60"));
    try (BufferedReader out = process.inputReader()) {
      assertFirstLines(out);

      assertStopsOnSigterm(process);
    } finally {
      process.destroyForcibly();
    }
  }

  /** More requests that never end than the endpoint has threads. */
  @Test
  void metrics_whileOthersHoldTheirRequestsBack_areTold() throws Exception {
    Process process = start(Map.of("PLANNER_PORT", "0", "PLANNER_WARM_UP_SECONDS", "0"));
    List<Socket> slow = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      out.readLine();
      URI metrics = URI.create(out.readLine().substring("metrics on ".length()));
      for (int i = 0; i < 12; i++) {
        Socket socket = new Socket(metrics.getHost(), metrics.getPort());
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\n".getBytes(US_ASCII));
        slow.add(socket);
      }

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString());

      assertEquals(200, answer.statusCode());
    } finally {
      process.destroyForcibly();
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void process_toldToStop_logsUntilTheEnd() throws Exception {
    Process process =
        start(
            Map.of("PLANNER_PORT", "0", "PLANNER_LOG_FORMAT", "json"),
            ProcessBuilder.Redirect.PIPE);
    try (BufferedReader out = process.inputReader();
        BufferedReader log = process.errorReader()) {
      assertFirstLines(out);
      int port = Integer.parseInt(String.valueOf(out.readLine()).substring(SERVING.length()));
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
      try {
        BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
            PlannerServiceGrpc.newBlockingV2Stub(channel).streamPlans();
        stream.write(StreamPlansRequest.newBuilder().setRequest(TestRequests.good()).build());
        stream.read(); // the stream is open, and the server's stop ends it

        assertStopsOnSigterm(process);
      } finally {
        channel.shutdownNow();
      }
      List<String> lines = log.lines().filter(line -> line.startsWith("{")).toList();
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).contains("\"rpc\":\"StreamPlans\""), lines::toString);
      assertTrue(lines.get(0).contains("\"status\":\"UNAVAILABLE\""), lines::toString);
    } finally {
      process.destroyForcibly();
    }
  }
}
