// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Context;
import io.grpc.Deadline;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.queue.Job;
import java.util.concurrent.TimeUnit;

/**
 * The stop signal of a gRPC call: cancelled when the call is or its deadline has passed; time is up
 * shortly before the deadline, so that the best plan found still reaches the caller.
 *
 * <p>{@link Context#isCancelled} takes a lock, so cancellation is listened for. To be closed when
 * the call has been planned.
 */
final class CallSignal implements StopSignal, Context.CancellationListener, AutoCloseable {
  /** Enough to build and write the answer to a large request. */
  private static final long LARGEST_MARGIN = 2_000_000;

  /** The margin of a short deadline, as a part of the time that is left. */
  private static final int MARGIN_DIVISOR = 10;

  private final Context context;
  private final boolean hasDeadline;
  private final long deadline;
  private final long answerBy;
  private volatile boolean cancelled;

  private CallSignal(Context context) {
    this.context = context;
    Deadline callDeadline = context.getDeadline();
    this.hasDeadline = callDeadline != null;
    long left = callDeadline == null ? 0 : callDeadline.timeRemaining(TimeUnit.NANOSECONDS);
    this.deadline = System.nanoTime() + left;
    this.answerBy = deadline - Math.min(LARGEST_MARGIN, left / MARGIN_DIVISOR);
  }

  /** The signal of the call that the current thread handles. */
  static CallSignal ofCurrentCall() {
    CallSignal signal = new CallSignal(Context.current());
    signal.context.addListener(signal, Runnable::run);
    return signal;
  }

  /** How long an answer is still of use, in ns; {@link Job#FOREVER} without a deadline. */
  long timeLeft() {
    return hasDeadline ? deadline - System.nanoTime() : Job.FOREVER;
  }

  @Override
  public boolean isTimeUp() {
    return hasDeadline && System.nanoTime() - answerBy >= 0;
  }

  @Override
  public boolean isCancelled() {
    return cancelled || hasDeadline && System.nanoTime() - deadline >= 0;
  }

  @Override
  public void cancelled(Context cancelledContext) {
    cancelled = true;
  }

  @Override
  public void close() {
    context.removeListener(this);
  }
}
