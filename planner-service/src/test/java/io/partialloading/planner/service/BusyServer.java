// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceFutureStub;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback interface whose worker can be held up: planning a request whose label
 * begins with "hold" takes until the test releases one.
 */
final class BusyServer implements AutoCloseable, PlanningObserver {
  /** One, so that while it is held up every job waits, whatever it is expected to take. */
  private static final int WORKERS = 1;

  final PlanningQueue queue;
  final Intake intake;

  /** Labels of requests in the order in which they were planned. */
  final List<String> planned = new CopyOnWriteArrayList<>();

  /** What the service reported. */
  final List<String> events = new CopyOnWriteArrayList<>();

  private final Semaphore begun = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);
  private final Semaphore admitted = new Semaphore(0);
  private final Server server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** Serves with so many waiting jobs, calls and bytes at most. */
  BusyServer(int waitingJobs, int calls, long bytes) throws IOException {
    LoadLimits load = new LoadLimits(WORKERS, waitingJobs, Duration.ofDays(1), calls, bytes);
    this.queue = new PlanningQueue(load);
    this.intake = new Intake(load);
    PlannerGrpcService service =
        new PlannerGrpcService(
            Limits.DEFAULT,
            this::plan,
            new Admission(queue, intake, false, AnswerReserve.LOCAL, this));
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(PlannerServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .directExecutor()
            .maxInboundMessageSize(Limits.DEFAULT.maxMessageBytes())
            .addService(health.getHealthService());
    service.addTo(builder);
    this.server = builder.build().start();
    Thread worker = new Thread(this::work, "worker");
    worker.setDaemon(true);
    worker.start();
  }

  private void work() {
    try {
      queue.work();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private PlanResponse plan(PlanRequest request, CallTime time, PlanningMemory memory) {
    String label = request.getLabel();
    if (label.startsWith("hold")) {
      begun.release();
      released.acquireUninterruptibly();
    } else if (label.equals("out of memory")) {
      throw new OutOfMemoryError("of a test");
    } else if (label.equals("too deep")) {
      throw new StackOverflowError("of a test");
    }
    planned.add(label);
    return new RequestPlanner(Limits.DEFAULT).plan(request, time, memory);
  }

  /** A connection of its own. */
  ManagedChannel connect() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .maxInboundMessageSize(Limits.DEFAULT.maxMessageBytes())
            .build();
    channels.add(channel);
    return channel;
  }

  /** A client with a connection of its own. */
  PlannerServiceFutureStub client() {
    return PlannerServiceGrpc.newFutureStub(connect());
  }

  /** The refusals that the service reported. */
  List<String> refusals() {
    return events.stream().filter(event -> event.startsWith("refused")).toList();
  }

  static PlanRequest labelled(String label) {
    return TestRequests.good().setLabel(label).build();
  }

  /** Holds up the worker until {@link #release}. */
  Future<PlanResponse> holdUp() throws InterruptedException {
    Future<PlanResponse> held = client().plan(labelled("hold"));
    acquire(begun, 1);
    acquire(admitted, 1);
    return held;
  }

  /** Lets some of the requests that are held up go on. */
  void release(int count) {
    released.release(count);
  }

  /** Returns when so many more jobs wait. */
  void awaitAdmitted(int count) throws InterruptedException {
    acquire(admitted, count);
  }

  private void acquire(Semaphore semaphore, int count) throws InterruptedException {
    assertTrue(
        semaphore.tryAcquire(count, 60, TimeUnit.SECONDS),
        () -> events + " " + queue.waitingJobs());
  }

  /** Returns when something is so; the test's timeout says if it never is. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** The failure of a call. */
  static StatusRuntimeException failure(Future<?> call) throws InterruptedException {
    try {
      throw new AssertionError("answered: " + call.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException failure) {
        return failure;
      }
      throw new AssertionError(e);
    }
  }

  /** When a refused call says to try again; null if it says nothing of it. */
  static @Nullable RetryInfo retryInfo(StatusRuntimeException failure) throws IOException {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    assertNotNull(status);
    for (Any detail : status.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        return detail.unpack(RetryInfo.class);
      }
    }
    return null;
  }

  @Override
  public void admitted(Work work, int bytes) {
    events.add("admitted " + work);
    admitted.release();
  }

  @Override
  public void refused(Work work, RefusalReason reason) {
    events.add("refused " + work + " " + reason);
  }

  @Override
  public void started(Work work, long waited) {
    events.add("started " + work);
  }

  @Override
  public void finished(Work work, Status.Code status, long time, @Nullable PlanResponse plan) {
    int served = plan == null ? 0 : plan.getServedUserCount();
    events.add("finished " + work + " " + status + " " + served);
  }

  @Override
  public void close() {
    release(1_000);
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
    queue.shutdown();
  }
}
