// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the server starts and stops. */
final class LifeOptions {
  /** A load balancer that asks every second or two has then noticed, and told the clients. */
  private static final int NOTICE_SECONDS = 5;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "N",
      description =
          "Plan requests of its own for at most this long before taking calls, so that the first"
              + " are not slow; 0 for not at all.")
  private int warmUpSeconds = 2;

  @Option(
      names = "--drain-notice-seconds",
      paramLabel = "N",
      description =
          "How long calls are still taken after SIGTERM, while health says NOT_SERVING. By default"
              + " 5, or 0 on a loopback address, where no load balancer has to notice.")
  private @Nullable Integer drainNoticeSeconds;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      description = "How long calls in progress may go on after that.")
  private int drainSeconds = 20;

  Life settings(Listen listen) {
    if (drainNoticeSeconds == null) {
      drainNoticeSeconds = listen.isLoopback() ? 0 : NOTICE_SECONDS;
    }
    return new Life(
        Duration.ofSeconds(warmUpSeconds),
        Duration.ofSeconds(drainNoticeSeconds),
        Duration.ofSeconds(drainSeconds));
  }
}
