// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/**
 * A server that is busy takes no more for now.
 *
 * @param reason why
 * @param retryDelay when it is worth another try, from now, in ns; above 0
 */
public record Refusal(RefusalReason reason, long retryDelay) {
  /** What a queue without any work answers, and the least it does: 1 ms. */
  private static final long LEAST_DELAY = 1_000_000;

  /** Half a minute; a guess further ahead is worth nothing. */
  private static final long LARGEST_DELAY = 30_000_000_000L;

  /** A refusal, with the delay brought within reason. */
  public Refusal {
    retryDelay = Math.max(LEAST_DELAY, Math.min(retryDelay, LARGEST_DELAY));
  }
}
