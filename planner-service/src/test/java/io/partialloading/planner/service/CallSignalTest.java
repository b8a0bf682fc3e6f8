// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Context;
import io.grpc.Deadline;
import io.partialloading.planner.instance.StopSignal;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CallSignalTest {
  private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1);

  @AfterAll
  static void stopTimer() {
    TIMER.shutdownNow();
  }

  private static CallSignal signal(Context context) {
    Context previous = context.attach();
    try {
      return CallSignal.ofCurrentCall(AnswerReserve.LOCAL);
    } finally {
      context.detach(previous);
    }
  }

  private static Context.CancellableContext withDeadline(long seconds) {
    return Context.current().withDeadline(Deadline.after(seconds, TimeUnit.SECONDS), TIMER);
  }

  @Test
  void call_withoutDeadline_stopsWhenCancelled() {
    Context.CancellableContext context = Context.current().withCancellation();
    CallSignal signal = signal(context);
    assertFalse(signal.isCancelled());
    assertFalse(signal.isTimeUp());

    context.cancel(null);

    assertTrue(signal.isCancelled());
    assertFalse(signal.isTimeUp());
  }

  @Test
  void call_cancelledBefore_isCancelled() {
    Context.CancellableContext context = Context.current().withCancellation();
    context.cancel(null);

    assertTrue(signal(context).isCancelled());
  }

  @Test
  void call_farDeadline_goesOn() {
    CallSignal signal = signal(withDeadline(3_600));

    assertFalse(signal.isTimeUp());
    assertFalse(signal.isCancelled());
  }

  @Test
  void call_deadlinePassed_isCancelledWithTimeUp() {
    CallSignal signal = signal(withDeadline(-1));

    assertTrue(signal.isTimeUp());
    assertTrue(signal.isCancelled());
  }

  @Test
  void timeLimit_reached_isTimeUpButNotCancelled() {
    PlanningLimits passed =
        new PlanningLimits(StopSignal.NEVER, PlanningMemory.UNBOUNDED, System.nanoTime() - 10, 10);
    PlanningLimits ahead =
        new PlanningLimits(
            StopSignal.NEVER, PlanningMemory.UNBOUNDED, System.nanoTime(), Long.MAX_VALUE);

    assertTrue(passed.isTimeUp());
    assertFalse(passed.isCancelled());
    assertFalse(ahead.isTimeUp());
  }
}
