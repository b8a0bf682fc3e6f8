package io.partialloading.planner.settings;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is planned at once. */
final class PlanningOptions {
  /** At a millisecond a plan the last in the queue waits for less than a tenth of a second. */
  private static final int QUEUED_CALLS_PER_THREAD = 64;

  @Option(
      names = "--planning-threads",
      paramLabel = "N",
      description = "Requests planned at the same time. By default as many as there are cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--max-queued-calls",
      paramLabel = "N",
      description = "Calls that may wait for a thread. By default 64 for each thread.")
  private @Nullable Integer maxQueuedCalls;

  Planning settings() {
    if (threads == null) {
      threads = Runtime.getRuntime().availableProcessors();
    }
    if (maxQueuedCalls == null) {
      maxQueuedCalls = QUEUED_CALLS_PER_THREAD * threads;
    }
    return new Planning(threads, maxQueuedCalls);
  }
}
