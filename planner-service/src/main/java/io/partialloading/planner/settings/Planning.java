package io.partialloading.planner.settings;

/**
 * How much is planned at once.
 *
 * @param threads requests planned at the same time
 * @param maxQueuedCalls requests that may wait for a thread
 */
public record Planning(int threads, int maxQueuedCalls) {
  private static final int MAX_THREADS = 1024;
  private static final int MAX_QUEUED_CALLS = 1_000_000;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Planning {
    Range.require("--planning-threads", threads, 1, MAX_THREADS);
    Range.require("--max-queued-calls", maxQueuedCalls, 1, MAX_QUEUED_CALLS);
  }
}
