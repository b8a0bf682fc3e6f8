// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is planned at once. */
final class PlanningOptions {
  /** Twice what one client may have waiting, and that is a burst of a thousand cells. */
  private static final int DEFAULT_QUEUED_CALLS = 2_048;

  @Option(
      names = "--planning-threads",
      paramLabel = "N",
      description = "Requests planned at the same time. By default as many as there are cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--max-queued-calls",
      paramLabel = "N",
      description =
          "Requests that may wait for a thread, of one connection no more than it leaves free.")
  private int maxQueuedCalls = DEFAULT_QUEUED_CALLS;

  /** A controller replans many times a second; what comes seconds later is of no use to it. */
  @Option(
      names = "--max-wait-ms",
      paramLabel = "N",
      description = "A request that would wait longer for a thread is refused at once.")
  private int maxWaitMs = 500;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description =
          "Calls and streams in progress over all connections, of one connection no more than it"
              + " leaves free.")
  private int maxCalls = 8_192;

  /** The other half is for garbage and for everything else. */
  @Option(
      names = "--request-heap-percent",
      paramLabel = "N",
      description =
          "Part of the heap that requests in progress may take, with what is made of them; others"
              + " are refused.")
  private int heapPercent = 50;

  /** Of 20 ms this covers 1 ms of network each way, of 30 ms 3 ms, and as much again for delays. */
  @Option(
      names = "--answer-reserve-percent",
      paramLabel = "N",
      description =
          "Part of a call's deadline that planning leaves for the network, both ways, unless the"
              + " request has an answer_reserve.")
  private int answerReservePercent = 40;

  /** More than the way to an edge server takes; what is further away may say so. */
  @Option(
      names = "--max-answer-reserve-ms",
      paramLabel = "N",
      description = "The most that is left for it, however long the deadline.")
  private int maxAnswerReserveMs = 50;

  Planning settings() {
    if (threads == null) {
      threads = Runtime.getRuntime().availableProcessors();
    }
    return new Planning(
        threads,
        maxQueuedCalls,
        Duration.ofMillis(maxWaitMs),
        maxCalls,
        heapPercent,
        answerReservePercent,
        Duration.ofMillis(maxAnswerReserveMs));
  }
}
