// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Calls that are due at times fixed beforehand, whether or not earlier ones have been answered (an
 * open loop). Latency counts from when a call was due, not from when it was sent: what a server
 * that stalls does to the calls behind is measured, and not left out (coordinated omission). For
 * one thread.
 *
 * @param clock says when calls are due
 * @param caller makes them, and has each answered or failed by itself
 * @param patienceNanos how long after the last call answers are waited for, in nanoseconds
 */
public record LoadRun(Clock clock, Caller caller, long patienceNanos) {
  /**
   * Makes all calls of a load, waits for their answers and returns what became of them.
   *
   * @throws InterruptedException if the thread is interrupted; calls under way are not waited for
   */
  public LoadReport run(Load load) throws InterruptedException {
    LongSupplier dueTimes = load.arrivals().times(load.ratePerSecond(), load.seed());
    LoadRecord record = new LoadRecord(Instant.now().plus(load.warmUp()), load.duration());
    Semaphore room = new Semaphore(load.maxUnderWay());
    long warmUp = load.warmUp().toNanos();
    long end = Math.addExact(warmUp, load.duration().toNanos());
    long start = clock.now();
    long number = 0;
    for (long due = dueTimes.getAsLong(); due < end; due = dueTimes.getAsLong()) {
      long dueAt = start + due;
      clock.awaitUntil(dueAt);
      long counted = due - warmUp;
      if (!room.tryAcquire()) {
        record.notMade(counted);
        continue;
      }
      record.made(counted, clock.now() - dueAt);
      caller.call(
          number++,
          (status, server, at) -> {
            record.over(counted, status, server, at - dueAt);
            room.release();
          });
    }
    // If some are not over by then, the report says how many.
    boolean unused = room.tryAcquire(load.maxUnderWay(), patienceNanos, TimeUnit.NANOSECONDS);
    return record.report(load);
  }
}
