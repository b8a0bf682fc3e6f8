// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import java.time.Duration;

/**
 * How much a server takes on at once. Of waiting jobs, calls and bytes a single client gets at most
 * as much as it leaves free, which is half of it if there is no other.
 *
 * @param cores jobs that are worked on at once, and while all of them are heavy one light one more
 * @param waitingJobs most jobs that wait for a worker
 * @param longestWait a job that would wait longer is refused
 * @param calls most calls in progress, open streams included
 * @param bytes most bytes of messages in progress, of what open streams keep, and of planning
 *     tables
 */
public record LoadLimits(int cores, int waitingJobs, Duration longestWait, int calls, long bytes) {
  /** No bounds at all, where callers do their work themselves. */
  public static final LoadLimits NONE =
      new LoadLimits(
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Duration.ofNanos(Long.MAX_VALUE),
          Integer.MAX_VALUE,
          Long.MAX_VALUE);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public LoadLimits {
    if (cores < 1 || waitingJobs < 1 || longestWait.isNegative() || calls < 1 || bytes < 1) {
      throw new IllegalArgumentException("a limit of the load is not positive");
    }
  }
}
