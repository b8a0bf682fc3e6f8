// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Context;
import io.grpc.Deadline;
import io.partialloading.planner.queue.Job;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Times are seconds of a clock that stands still but for the test. */
class CallSignalTest {
  private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1);
  private static final long SECOND = 1_000_000_000;

  /** 40 %, at most 500 s. */
  private static final AnswerReserve RESERVE = new AnswerReserve(40, 500 * SECOND);

  private long now = Long.MAX_VALUE - 5;

  private final Deadline.Ticker clock =
      new Deadline.Ticker() {
        @Override
        public long nanoTime() {
          return now;
        }
      };

  @AfterAll
  static void stopTimer() {
    TIMER.shutdownNow();
  }

  private static CallSignal signal(Context context) {
    Context previous = context.attach();
    try {
      return CallSignal.ofCurrentCall(RESERVE);
    } finally {
      context.detach(previous);
    }
  }

  private CallSignal withDeadline(long seconds) {
    Deadline deadline = Deadline.after(seconds, TimeUnit.SECONDS, clock);
    return signal(Context.current().withDeadline(deadline, TIMER));
  }

  /** When time is up, in ns from now. */
  private long timeUp(CallSignal signal) {
    long begin = now;
    long left = signal.timeLeft();
    now = begin + left - 1;
    assertFalse(signal.isTimeUp());
    now = begin + left;
    assertTrue(signal.isTimeUp());
    assertFalse(signal.isCancelled());
    now = begin;
    return left;
  }

  @Test
  void call_withoutDeadline_stopsWhenCancelled() {
    Context.CancellableContext context = Context.current().withCancellation();
    CallSignal signal = signal(context);
    signal.keepBack(OptionalLong.of(SECOND), SECOND);
    assertEquals(Job.FOREVER, signal.timeLeft());
    assertFalse(signal.isCancelled());
    assertFalse(signal.isTimeUp());

    context.cancel(null);

    assertTrue(signal.isCancelled());
    assertFalse(signal.isLate());
    assertFalse(signal.isTimeUp());
  }

  @Test
  void call_cancelledBefore_isCancelled() {
    Context.CancellableContext context = Context.current().withCancellation();
    context.cancel(null);

    assertTrue(signal(context).isCancelled());
  }

  @Test
  void time_isUpWithTheServersReserveLeft() {
    assertEquals(600 * SECOND, timeUp(withDeadline(1_000)));
    assertEquals(3_500 * SECOND, timeUp(withDeadline(4_000)));
  }

  @Test
  void time_isUpWithWhatIsKeptBackLeft() {
    CallSignal signal = withDeadline(1_000);

    signal.keepBack(OptionalLong.empty(), 30 * SECOND);
    assertEquals(570 * SECOND, timeUp(signal));

    signal.keepBack(OptionalLong.of(100 * SECOND), 30 * SECOND);
    assertEquals(870 * SECOND, timeUp(signal));

    signal.keepBack(OptionalLong.of(0), 0);
    assertEquals(1_000 * SECOND, signal.timeLeft());

    signal.keepBack(OptionalLong.empty(), 0);
    assertEquals(600 * SECOND, timeUp(signal));
  }

  @Test
  void reserve_isOfTheDeadlineAtArrival_howeverLateItIsAskedFor() {
    CallSignal signal = withDeadline(1_000);
    now += 500 * SECOND;

    assertEquals(100 * SECOND, timeUp(signal));

    signal.keepBack(OptionalLong.empty(), 10 * SECOND);
    assertEquals(90 * SECOND, timeUp(signal));
  }

  @Test
  void time_isUpAtOnce_ifAllOfItIsKeptBack() {
    CallSignal signal = withDeadline(1_000);

    signal.keepBack(OptionalLong.of(Long.MAX_VALUE), SECOND);

    assertEquals(-SECOND, signal.timeLeft());
    assertTrue(signal.isTimeUp());
    assertFalse(signal.isCancelled());
    now += 2_000 * SECOND;
    assertTrue(signal.isTimeUp());
  }

  @Test
  void call_whoseDeadlinePassed_isCancelledAndLate() {
    CallSignal signal = withDeadline(1_000);
    now += 1_000 * SECOND - 1;
    assertFalse(signal.isCancelled());
    assertFalse(signal.isLate());

    now++;

    assertTrue(signal.isCancelled());
    assertTrue(signal.isLate());
    assertTrue(signal.isTimeUp());
    assertTrue(withDeadline(-1).isCancelled());
    assertTrue(withDeadline(-1).isTimeUp());
  }
}
