package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.wire.TestRequests;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The main program in a process of its own, configured by its environment. */
@Timeout(120)
class ServerProcessTest {
  private static final int STOPPED_BY_SIGTERM = 143;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void process_toldToStop_stopsGracefully() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PlannerServer.class.getName());
    builder.environment().put("PLANNER_PORT", "0");
    builder.environment().put("PLANNER_MAX_USERS", "3");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      String prefix = "serving partialloading.planner.v1.PlannerService on 127.0.0.1:";
      assertTrue(line != null && line.startsWith(prefix), line);
      int port = Integer.parseInt(line.substring(prefix.length()));
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

      process.toHandle().destroy(); // SIGTERM; unlike the process's own it leaves the output open

      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(STOPPED_BY_SIGTERM, process.exitValue());
      assertEquals(null, out.readLine());
    } finally {
      process.destroyForcibly();
    }
  }
}
