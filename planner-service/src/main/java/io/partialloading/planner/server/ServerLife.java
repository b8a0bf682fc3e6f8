// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.Server;
import io.partialloading.planner.settings.Settings;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server from start to graceful stop. */
final class ServerLife {
  private static final System.Logger LOGGER = System.getLogger(ServerLife.class.getName());

  /** How long calls that were cut off may take to notice. */
  private static final long CUT_OFF_SECONDS = 1;

  private final Settings settings;
  private final Server server;
  private final @Nullable Server management;
  private final Health health;
  private final StreamDrain streams;
  private final Consumer<BooleanSupplier> warmUp;
  private final Binding.Listener metrics;
  private final List<AutoCloseable> resources;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;
  private boolean serving;

  /**
   * A life that has not begun.
   *
   * @param server takes calls
   * @param management tells health; null for none
   * @param warmUp plans before there are callers, until it is done or told to stop
   * @param metrics begins to tell metrics, if the settings say where
   * @param resources what is closed, in this order, when no call is in progress any more
   */
  ServerLife(
      Settings settings,
      Server server,
      @Nullable Server management,
      Health health,
      StreamDrain streams,
      Consumer<BooleanSupplier> warmUp,
      Binding.Listener metrics,
      List<AutoCloseable> resources) {
    this.settings = settings;
    this.server = server;
    this.management = management;
    this.health = health;
    this.streams = streams;
    this.warmUp = warmUp;
    this.metrics = metrics;
    this.resources = List.copyOf(resources);
  }

  /**
   * Tells health and metrics, warms up, and then begins to serve; unless it is stopped meanwhile.
   *
   * @param out is told each address as soon as it is listened on
   * @throws IOException if an address cannot be bound, with a message for people
   */
  void start(PrintWriter out) throws IOException {
    if (management != null && settings.management() != null) {
      out.printf("management on %s%n", Binding.start(management, settings.management()));
      out.flush();
    }
    if (settings.telemetry().metrics() != null) {
      out.printf(
          "metrics on http://%s/metrics%n", Binding.start(metrics, settings.telemetry().metrics()));
      out.flush();
    }
    warmUp.accept(() -> stopping);
    synchronized (this) {
      if (stopping) {
        return;
      }
      String address = Binding.start(server, settings.listen().address());
      serving = true;
      health.setReady(true);
      out.printf("serving %s on %s%n", PlannerServiceGrpc.SERVICE_NAME, address);
      out.flush();
    }
  }

  /** The port that calls are taken on. */
  int port() {
    return server.getPort();
  }

  /** The port that health is told on, or -1. */
  int managementPort() {
    return management == null ? -1 : management.getPort();
  }

  /** Returns when the server has stopped. */
  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /**
   * Stops: says so to health checks, goes on for as long as clients need to notice, takes no new
   * calls, lets those in progress finish for the drain time, and then cuts them off.
   */
  void stop() {
    stop(time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
  }

  /** Stops, pausing as told. */
  void stop(Pause pause) {
    boolean clientsNotice;
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
      clientsNotice = serving;
    }
    health.setReady(false);
    try {
      if (clientsNotice) {
        pause.pause(settings.life().drainNotice());
      }
      server.shutdown();
      streams.start();
      if (!server.awaitTermination(settings.life().drain().toNanos(), TimeUnit.NANOSECONDS)) {
        cutOff(server);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      resources.forEach(ServerLife::close);
      if (management != null) {
        management.shutdownNow();
      }
      stopped.countDown();
    }
  }

  private static void cutOff(Server server) throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination(CUT_OFF_SECONDS, TimeUnit.SECONDS);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOGGER.log(Level.WARNING, "while stopping: " + e);
    }
  }

  /** Lets time pass. */
  interface Pause {
    /** Returns when the time has passed. */
    void pause(Duration time) throws InterruptedException;
  }
}
