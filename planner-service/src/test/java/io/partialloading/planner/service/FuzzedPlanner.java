// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The service as callers see it, for requests that a fuzzer makes up. The limits are small, and so
 * is what any request may take; calls are answered on the thread that makes them.
 */
final class FuzzedPlanner implements AutoCloseable {
  private static final Set<Code> BLAMING_THE_REQUEST =
      Set.of(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.RESOURCE_EXHAUSTED);

  /** A search gives up after tens of milliseconds; a machine may be busy, and code instrumented. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Garbage included. */
  private static final long MOST_BYTES = 1L << 29;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Server server;
  private final ManagedChannel channel;

  FuzzedPlanner() {
    String name = InProcessServerBuilder.generateName();
    PlannerGrpcService service = new PlannerGrpcService(new Limits(64, 32, 128, 512, 512, 1 << 20));
    try {
      this.server =
          InProcessServerBuilder.forName(name).directExecutor().addService(service).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  /** Where calls are made. */
  ManagedChannel channel() {
    return channel;
  }

  PlannerServiceGrpc.PlannerServiceBlockingStub stub() {
    return PlannerServiceGrpc.newBlockingStub(channel);
  }

  /** The answer to a call; empty if it was refused with a status that blames the request. */
  <A> Optional<A> answer(Supplier<A> call) {
    return bounded(
        () -> {
          try {
            return Optional.of(call.get());
          } catch (StatusRuntimeException e) {
            assertBlamesTheRequest(e.getStatus());
            return Optional.empty();
          }
        });
  }

  /** Fails if no request may be answered with this status. */
  static void assertBlamesTheRequest(Status status) {
    assertTrue(BLAMING_THE_REQUEST.contains(status.getCode()), status::toString);
    assertNotEquals(Failure.OUT_OF_MEMORY, status.getDescription());
  }

  /** What comes of a call, which must take neither long nor much memory. */
  static <A> A bounded(Supplier<A> call) {
    long begin = System.nanoTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    A answer = call.get();
    long time = System.nanoTime() - begin;
    assertTrue(time <= LONGEST.toNanos(), () -> Duration.ofNanos(time).toString());
    if (THREADS.getCurrentThreadAllocatedBytes() - bytes > MOST_BYTES) {
      assertLittleIsAllocated(call); // the first time classes were loaded, and instrumented
    }
    return answer;
  }

  private static void assertLittleIsAllocated(Supplier<?> call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object unused = call.get();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated <= MOST_BYTES, () -> allocated + " bytes");
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
