// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import java.util.concurrent.locks.LockSupport;

/** The time that calls are due by. */
public interface Clock {
  /** Now, in nanoseconds since some moment. */
  long now();

  /**
   * Returns when this time has come, or at once if it has passed.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void awaitUntil(long time) throws InterruptedException;

  /** The machine's own. */
  Clock SYSTEM = new SystemClock();

  /**
   * Parks until shortly before the time, for a parked thread wakes late, and spins for the rest.
   */
  final class SystemClock implements Clock {
    /** About as late as Linux wakes a thread. */
    private static final long SPIN_NANOS = 60_000;

    private SystemClock() {}

    @Override
    public long now() {
      return System.nanoTime();
    }

    @Override
    public void awaitUntil(long time) throws InterruptedException {
      for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (left > SPIN_NANOS) {
          LockSupport.parkNanos(left - SPIN_NANOS);
        } else {
          Thread.onSpinWait();
        }
      }
    }
  }
}
