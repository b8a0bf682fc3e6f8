// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.partialloading.planner.queue.Holding;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.queue.Outcome;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.v1.PlanResponse;
import org.jspecify.annotations.Nullable;

/**
 * A call in progress, one job at a time.
 *
 * <p>Its events come one after another, on a thread of the transport, and do little more than note
 * what came; a worker's thread does the job. A gRPC call takes one thread at a time: the events
 * send while there is no job, the job while there is one, and {@link #claimEnd} decides who ends
 * the call, be it them or the passing of the deadline.
 *
 * @param <A> its answers
 */
abstract class OpenCall<A> extends ServerCall.Listener<RequestMessage>
    implements Job.Task, PlanningMemory {
  /** Less memory than this is not worth a question, and nobody is refused for it. */
  private static final long LEAST_MEMORY = 1 << 20;

  final ServerCall<RequestMessage, A> call;
  final Holding holding;
  final CallSignal signal;
  private final Admitted<A> admitted;
  private final Admission admission;
  private final Work work;
  private final Context context = Context.current();

  /** Locked while a job sends, and while the deadline, which waits for nobody, ends the call. */
  private final Object sending = new Object();

  /** What came and is not parsed yet: of the events until it is submitted, then of its worker. */
  private @Nullable RequestMessage request;

  // Under this object's lock.
  private @Nullable Job job;
  private boolean isComing;
  private boolean isEnding;
  private boolean hasEnded;

  /** Why there was no memory for the job in work; of its worker. */
  private @Nullable RefusalReason refusedAtWork;

  OpenCall(Admitted<A> admitted) {
    this.admitted = admitted;
    this.call = admitted.call();
    this.holding = admitted.holding();
    this.signal = admitted.signal();
    this.admission = admitted.admission();
    this.work = admitted.work();
    this.isComing = work != Work.SNAPSHOT;
  }

  /**
   * The deadline has passed. That the call has ended is told next, and what it holds let go then,
   * or once its job is done.
   */
  final void late() {
    if (claimEnd()) {
      synchronized (sending) {
        FailureStatus.close(call, Failure.LATE);
      }
    }
  }

  /** Work on the job: parses, plans, answers. */
  abstract Outcome work(long waited);

  /** Says why there is no work on the job. */
  abstract void answer(Refusal refusal);

  /** The job is done, and the call goes on. */
  abstract void jobEnded();

  /** Keeps a request for the worker that parses it. */
  final void keep(RequestMessage message) {
    request = message;
  }

  /** The request that waits to be parsed. */
  final @Nullable RequestMessage request() {
    return request;
  }

  /** The same, for the worker that parses it. */
  final RequestMessage takeRequest() {
    RequestMessage message = request;
    request = null;
    if (message == null) {
      throw new IllegalStateException("a job has a request");
    }
    return message;
  }

  /** Lets go of a request that nobody will work on. */
  final void forget() {
    if (request != null) {
      takeRequest().release();
    }
  }

  /** Some bytes of a message have come. */
  final void arrived(long bytes) {
    refuseCall(admission.hold(holding, bytes));
  }

  /**
   * Counts a whole message beside what else is held. If there is no room the call is refused.
   *
   * @return whether the call goes on
   */
  final boolean hold(RequestMessage message, long other) {
    long missing = other + message.size() - holding.bytes();
    if (missing > 0) {
      refuseCall(admission.hold(holding, missing));
    }
    return !isEnding();
  }

  private void refuseCall(@Nullable Refusal refusal) {
    if (refusal != null && claimEnd()) {
      context.run(() -> admission.observer().refused(work, refusal.reason()));
      close(Failure.of(refusal));
    }
  }

  /** Has a job wait for a worker, or refuses it. */
  final void submit(RequestMessage message, RequestShape shape) {
    signal.keepBack(shape.answerReserve(), 0);
    Job submitted = new Job(admitted.client(), work, message.size(), shape.number(), this);
    synchronized (this) {
      job = submitted;
    }
    Refusal refusal = admission.submit(submitted, signal.timeLeft(), takePlace());
    if (refusal == null) {
      admission.observer().admitted(work, message.size());
    } else {
      refuse(refusal);
    }
  }

  /** Whether the queue keeps a place for the call's only request, which it no longer need do. */
  private synchronized boolean takePlace() {
    boolean isFirst = isComing;
    isComing = false;
    return isFirst;
  }

  @Override
  public final void refuse(Refusal refusal) {
    Context previous = context.attach();
    try {
      forget();
      admission.observer().refused(work, refusal.reason());
      answer(refusal);
    } finally {
      context.detach(previous);
      endJob();
    }
  }

  @Override
  public final Outcome run(long waited) {
    Context previous = context.attach();
    try {
      return work(waited);
    } finally {
      context.detach(previous);
      endJob();
    }
  }

  @Override
  public final void take(long bytes) {
    if (bytes < LEAST_MEMORY) {
      return;
    }
    long all = bytes + holding.bytes();
    long limit = admission.intake().largestHolding();
    if (all > limit) {
      throw new RefusedException(Failure.ofSize(all, limit));
    }
    Refusal refusal = admission.hold(holding, bytes);
    if (refusal != null) {
      refusedAtWork = refusal.reason();
      throw new RefusedException(Failure.of(refusal));
    }
  }

  final void reportStarted(long waited) {
    refusedAtWork = null;
    admission.observer().started(work, waited);
  }

  final void reportParsed(RequestSummary request) {
    admission.observer().parsed(work, request);
  }

  /** Reports that no worker began, or will begin, because the call is over. */
  final void reportDropped() {
    Status.Code code = signal.isLate() ? Status.Code.DEADLINE_EXCEEDED : Status.Code.CANCELLED;
    context.run(() -> admission.observer().dropped(work, code));
  }

  /** Reports what became of the work that began at some time, and says how it ended. */
  final Outcome reportFinished(Status.Code code, long begin, @Nullable PlanResponse plan) {
    if (refusedAtWork != null) {
      admission.observer().refused(work, refusedAtWork);
      return Outcome.DROPPED;
    }
    admission.observer().finished(work, code, System.nanoTime() - begin, plan);
    if (code == Status.Code.CANCELLED || code == Status.Code.DEADLINE_EXCEEDED) {
      return Outcome.UNANSWERED;
    }
    boolean isCutShort = plan != null && plan.getCutShort() || signal.isTimeUp();
    return isCutShort ? Outcome.CUT_SHORT : Outcome.ANSWERED;
  }

  private void endJob() {
    boolean isOver;
    synchronized (this) {
      job = null;
      isOver = hasEnded;
    }
    if (isOver) {
      holding.close();
    } else {
      jobEnded();
    }
  }

  /** Whether a job waits or is in work. */
  final synchronized boolean hasJob() {
    return job != null;
  }

  /** Whether the one who asks is to end the call: the first who does. */
  final synchronized boolean claimEnd() {
    boolean isFirst = !isEnding;
    isEnding = true;
    return isFirst;
  }

  final synchronized boolean isEnding() {
    return isEnding;
  }

  /** Sends something, unless the call is ending. */
  final void send(Runnable message) {
    synchronized (sending) {
      if (!isEnding()) {
        message.run();
      }
    }
  }

  /** Ends the call with a failure, unless it is ending. */
  final void end(Failure failure) {
    if (claimEnd()) {
      close(failure);
    }
  }

  /** Ends the call, unless it is ending. */
  final void end(Status status, Metadata trailers) {
    if (claimEnd()) {
      close(status, trailers);
    }
  }

  /** Ends the call, for the one who has claimed it. */
  final void close(Status status, Metadata trailers) {
    signal.close();
    if (!status.isOk()) {
      holding.set(0); // no answer is held, and the caller may try again at once
    }
    call.close(status, trailers);
  }

  private void close(Failure failure) {
    signal.close();
    holding.set(0);
    FailureStatus.close(call, failure);
  }

  @Override
  public final void onCancel() {
    ended();
  }

  @Override
  public final void onComplete() {
    ended();
  }

  private void ended() {
    signal.close();
    if (takePlace()) {
      admission.queue().stayAway(admitted.client());
    }
    Job last;
    synchronized (this) {
      isEnding = true;
      hasEnded = true;
      last = job;
    }
    boolean isWithdrawn = last != null && admission.queue().withdraw(last);
    if (isWithdrawn) {
      reportDropped();
    }
    if (last == null || isWithdrawn) {
      forget();
      holding.close();
    }
  }
}
