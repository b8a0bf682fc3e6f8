// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An amount that clients share, each of which may hold at most as much as it leaves free: one alone
 * gets half, each of n equally greedy ones 1/(n + 1), and another always finds room. These are the
 * dynamic thresholds of Choudhury and Hahne, <i>Dynamic queue length thresholds for shared-memory
 * packet switches</i>, 1998, with α = 1. Thread-safe; threads that take at the same moment may see
 * each other's amount before it is refused.
 */
final class SharedQuota {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  SharedQuota(long limit) {
    this.limit = limit;
  }

  /** What came of trying to take. */
  enum Outcome {
    TAKEN,
    FULL,
    BEYOND_SHARE
  }

  /**
   * Takes an amount if there is room.
   *
   * @param amount how much, at least 0
   * @param held what the client holds already, not counting the call the amount is for: so that a
   *     single large message may have all that is free
   */
  Outcome tryTake(long amount, long held) {
    long before = taken.getAndAdd(amount);
    long free = limit - before - amount;
    if (before + amount >= 0 && free >= 0 && held <= free) {
      return Outcome.TAKEN;
    }
    taken.addAndGet(-amount);
    return free < 0 ? Outcome.FULL : Outcome.BEYOND_SHARE;
  }

  /** Takes or gives back whatever the limit. */
  void adjust(long difference) {
    taken.addAndGet(difference);
  }

  long taken() {
    return taken.get();
  }

  long limit() {
    return limit;
  }
}
