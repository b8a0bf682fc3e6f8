// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Context;
import io.grpc.Deadline;
import io.partialloading.planner.queue.Job;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of a gRPC call: cancelled when the call is or its deadline has passed; up so long before
 * the deadline that the best plan found by then still reaches the caller.
 *
 * <p>{@link Context#isCancelled} takes a lock, so cancellation is listened for. To be closed when
 * the call has been planned.
 */
final class CallSignal implements CallTime, Context.CancellationListener, AutoCloseable {
  private final Context context;
  private final @Nullable Deadline deadline;

  /** How far away the deadline was when the call arrived, in ns. */
  private final long whole;

  /** What the server keeps back for the network of its own accord, in ns. */
  private final long usualReserve;

  private volatile long keptBack;
  private volatile boolean isCancelled;

  private CallSignal(Context context, AnswerReserve reserve) {
    this.context = context;
    this.deadline = context.getDeadline();
    this.whole = deadline == null ? Job.FOREVER : deadline.timeRemaining(TimeUnit.NANOSECONDS);
    this.usualReserve = reserve.of(whole);
    this.keptBack = usualReserve;
  }

  /**
   * The signal of the call that the current thread handles and that arrived just now.
   *
   * @param reserve what is kept back of its deadline
   */
  static CallSignal ofCurrentCall(AnswerReserve reserve) {
    CallSignal signal = new CallSignal(Context.current(), reserve);
    signal.context.addListener(signal, Runnable::run);
    return signal;
  }

  /** Whether the deadline has passed. */
  boolean isLate() {
    return deadline != null && deadline.isExpired();
  }

  @Override
  public long timeLeft() {
    return deadline == null ? Job.FOREVER : deadline.timeRemaining(TimeUnit.NANOSECONDS) - keptBack;
  }

  @Override
  public void keepBack(OptionalLong network, long work) {
    keptBack = Math.min(whole, network.orElse(usualReserve)) + work;
  }

  @Override
  public boolean isTimeUp() {
    return deadline != null && timeLeft() <= 0;
  }

  @Override
  public boolean isCancelled() {
    return isCancelled || isLate();
  }

  @Override
  public void cancelled(Context cancelledContext) {
    isCancelled = true;
  }

  @Override
  public void close() {
    context.removeListener(this);
  }
}
