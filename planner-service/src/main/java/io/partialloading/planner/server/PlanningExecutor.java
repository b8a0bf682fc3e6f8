package io.partialloading.planner.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the planner's calls on as many threads as there are cores; more would only make every plan
 * late. Health checks, reflection and the news that a caller gave up stay on gRPC's own executor,
 * so that they get through while all cores plan.
 */
final class PlanningExecutor implements ServerCallExecutorSupplier {
  private final ExecutorService threads;

  PlanningExecutor(int threadCount) {
    this.threads = Executors.newFixedThreadPool(threadCount, threadFactory());
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "planning-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The planning threads for calls of the planner; null, gRPC's own, for others. */
  @Override
  public <ReqT, RespT> @Nullable Executor getExecutor(
      ServerCall<ReqT, RespT> call, Metadata metadata) {
    String service = call.getMethodDescriptor().getServiceName();
    return PlannerServiceGrpc.SERVICE_NAME.equals(service) ? threads : null;
  }

  /** Ends the threads once they are idle. */
  void shutdown() {
    threads.shutdown();
  }
}
