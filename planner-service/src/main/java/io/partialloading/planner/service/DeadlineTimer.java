// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a call of the passing of its deadline before gRPC resets it.
 *
 * <p>When a deadline passes the server of gRPC for Java resets the stream, which says CANCELLED to
 * a client that does not look at its own clock then. It does so when the call's context is
 * cancelled, and gives a call no chance to be told before. So the deadline is one of a context
 * around the call's, from which the call's own takes it over, and whose listeners come first.
 */
final class DeadlineTimer extends ServerStreamTracer {
  private static final Context.Key<DeadlineTimer> KEY = Context.key("deadline-timer");
  private static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

  /** The longest value that gRPC has in a header: eight digits and a unit. */
  private static final int LONGEST_VALUE = 9;

  private static final ScheduledExecutorService TIMER = timer();

  private final long timeout;
  private volatile @Nullable CancellableContext outer;

  /**
   * A timer for a call.
   *
   * @param timeout how long until its deadline, in ns
   */
  private DeadlineTimer(long timeout) {
    this.timeout = timeout;
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Has the current call told when its deadline passes; on any thread, and at once if it has. */
  static void tell(Runnable call) {
    DeadlineTimer timer = KEY.get();
    CancellableContext context = timer == null ? null : timer.outer;
    if (context != null) {
      context.addListener(
          cancelled -> {
            if (cancelled.cancellationCause() instanceof TimeoutException) {
              call.run();
            }
          },
          Runnable::run);
    }
  }

  @Override
  public Context filterContext(Context context) {
    CancellableContext withDeadline =
        context.withValue(KEY, this).withDeadlineAfter(timeout, TimeUnit.NANOSECONDS, TIMER);
    outer = withDeadline;
    return withDeadline;
  }

  @Override
  public void streamClosed(Status status) {
    CancellableContext context = outer;
    if (context != null) {
      context.cancel(null); // stops the clock
    }
  }

  /** A timeout as gRPC has it in a header, in ns; -1 if it is none. */
  static long nanoseconds(String value) {
    int digits = value.length() - 1;
    if (digits < 1 || value.length() > LONGEST_VALUE) {
      return -1;
    }
    for (int i = 0; i < digits; i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return -1;
      }
    }
    TimeUnit unit =
        switch (value.charAt(digits)) {
          case 'n' -> TimeUnit.NANOSECONDS;
          case 'u' -> TimeUnit.MICROSECONDS;
          case 'm' -> TimeUnit.MILLISECONDS;
          case 'S' -> TimeUnit.SECONDS;
          case 'M' -> TimeUnit.MINUTES;
          case 'H' -> TimeUnit.HOURS;
          default -> null;
        };
    return unit == null ? -1 : unit.toNanos(Long.parseLong(value.substring(0, digits)));
  }

  /** Times the planner's calls that have a deadline. */
  static final class Factory extends ServerStreamTracer.Factory {
    private static final String PREFIX = PlannerServiceGrpc.SERVICE_NAME + "/";
    private static final ServerStreamTracer UNTIMED = new ServerStreamTracer() {};

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      String value = headers.get(TIMEOUT);
      long timeout = value == null ? -1 : nanoseconds(value);
      return timeout >= 0 && fullMethodName.startsWith(PREFIX)
          ? new DeadlineTimer(timeout)
          : UNTIMED;
    }
  }
}
