// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;

/**
 * How much is planned at once, and how much may wait for it.
 *
 * @param threads requests planned at the same time
 * @param maxQueuedCalls requests that may wait for a thread
 * @param maxWait a request that would wait longer for a thread is refused
 * @param maxCalls calls and streams in progress over all connections
 * @param heapPercent part of the heap that requests in progress may take
 * @param answerReservePercent part of a call's deadline that is kept back for the network
 * @param maxAnswerReserve the most that is kept back for it
 */
public record Planning(
    int threads,
    int maxQueuedCalls,
    Duration maxWait,
    int maxCalls,
    int heapPercent,
    int answerReservePercent,
    Duration maxAnswerReserve) {
  private static final int MAX_THREADS = 1024;
  private static final int MAX_CALLS = 1_000_000;
  private static final long MAX_WAIT_MS = 60_000;

  /** Planning has to have some of the deadline. */
  private static final int MAX_RESERVE_PERCENT = 90;

  private static final long MAX_RESERVE_MS = 60_000;

  /** Garbage, and what the server needs for itself, have to have some of the heap. */
  private static final int MAX_HEAP_PERCENT = 90;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Planning {
    Range.require("--planning-threads", threads, 1, MAX_THREADS);
    Range.require("--max-queued-calls", maxQueuedCalls, 1, MAX_CALLS);
    Range.require("--max-wait-ms", maxWait.toMillis(), 1, MAX_WAIT_MS);
    Range.require("--max-calls", maxCalls, 1, MAX_CALLS);
    Range.require("--request-heap-percent", heapPercent, 1, MAX_HEAP_PERCENT);
    Range.require("--answer-reserve-percent", answerReservePercent, 0, MAX_RESERVE_PERCENT);
    Range.require("--max-answer-reserve-ms", maxAnswerReserve.toMillis(), 0, MAX_RESERVE_MS);
  }

  /** Bytes that requests in progress may take of a heap of at most so many. */
  public long requestBytes(long heapBytes) {
    return heapBytes / 100 * heapPercent;
  }
}
