// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.show.Unit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How much of some work is done, and how long the rest may take. Safe for several threads. */
final class WorkLeft {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanoTime;
  private final long start;
  private final long all;
  private final AtomicLong done = new AtomicLong();

  /**
   * Work that begins now.
   *
   * @param all how much there is, in any unit
   * @param nanoTime a clock in ns
   */
  WorkLeft(long all, LongSupplier nanoTime) {
    this.all = all;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  void done(long more) {
    done.addAndGet(more);
  }

  /** How much is done, in per cent, rounded down. */
  int percent() {
    return all == 0 ? 100 : (int) (100 * done.get() / all);
  }

  /**
   * How long the rest takes if it goes on at the same pace, in words that follow a comma; empty as
   * long as nothing is done.
   */
  String left() {
    long finished = done.get();
    if (finished == 0) {
      return "";
    }
    double elapsed = (nanoTime.getAsLong() - start) / NANOS_PER_SECOND;
    long seconds = Math.round(elapsed / finished * (all - finished));
    return ", about " + Unit.about(seconds) + " left";
  }
}
