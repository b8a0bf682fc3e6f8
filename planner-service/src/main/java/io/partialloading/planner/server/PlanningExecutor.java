// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.partialloading.planner.queue.PlanningQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the planner's calls: workers for the queue, one more than there are cores, and two
 * that take in compressed messages. All else that happens to a call is short and stays on the
 * transport's threads, so that health checks, refusals and the news that a caller gave up get
 * through while all cores plan.
 */
final class PlanningExecutor implements ServerCallExecutorSupplier {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private static final int DECOMPRESSING_THREADS = 2;

  private final PlanningQueue queue;
  private final ExecutorService decompressing =
      Executors.newFixedThreadPool(
          DECOMPRESSING_THREADS, threads("decompressing-", Thread.MIN_PRIORITY));

  /** Begins to work. */
  PlanningExecutor(PlanningQueue queue, int cores) {
    this.queue = queue;
    ThreadFactory workers = threads("planning-", Thread.MIN_PRIORITY);
    for (int i = 0; i <= cores; i++) {
      workers.newThread(this::work).start();
    }
  }

  private void work() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        queue.work();
        goesOn = false;
      } catch (InterruptedException e) {
        goesOn = false; // nobody does this, and it would end the worker
      } catch (OutOfMemoryError e) {
        // Of somebody else: what jobs run into, the queue catches.
      }
    }
  }

  /**
   * Threads that let the transport's go first where the JVM is told to mind priorities: they have
   * work for milliseconds, a refusal for microseconds.
   */
  private static ThreadFactory threads(String name, int priority) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setPriority(priority);
      return thread;
    };
  }

  /** A message is decompressed where its call's events are; null, the server's own, for others. */
  @Override
  public <ReqT, RespT> @Nullable Executor getExecutor(
      ServerCall<ReqT, RespT> call, Metadata metadata) {
    String encoding = metadata.get(ENCODING);
    return encoding == null || encoding.equals("identity") ? null : decompressing;
  }

  /** Ends the threads once they have nothing to do. */
  void shutdown() {
    queue.shutdown();
    decompressing.shutdown();
  }
}
