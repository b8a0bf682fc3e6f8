package io.partialloading.planner.server;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The server from start to graceful stop. */
final class ServerLife {
  /** How long calls that were cut off may take to notice. */
  private static final long CUT_OFF_SECONDS = 1;

  private final Server server;
  private final HealthStatusManager health;
  private final PlanningExecutor executor;
  private final Duration drain;

  ServerLife(Server server, HealthStatusManager health, PlanningExecutor executor, Duration drain) {
    this.server = server;
    this.health = health;
    this.executor = executor;
    this.drain = drain;
  }

  /**
   * Begins to serve.
   *
   * @return the port that is listened on
   * @throws IOException if the address cannot be bound
   */
  int start() throws IOException {
    server.start();
    health.setStatus(PlannerServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    return server.getPort();
  }

  /** Returns when the server has stopped. */
  void awaitStop() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Stops: says so to health checks, takes no new calls, lets those in progress finish for the
   * drain time, and then cuts them off.
   */
  void stop() {
    if (server.isShutdown()) {
      return;
    }
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(drain.toNanos(), TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
        server.awaitTermination(CUT_OFF_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      executor.shutdown();
    }
  }
}
