package io.partialloading.planner.settings;

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

  Planning settings() {
    if (threads == null) {
      threads = Runtime.getRuntime().availableProcessors();
    }
    return new Planning(threads, maxQueuedCalls);
  }
}
