// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;

/**
 * How the server starts and stops.
 *
 * @param warmUp how long it may plan requests of its own before it takes calls; zero: not at all
 * @param drainNotice how long it goes on taking calls after health has turned to NOT_SERVING
 * @param drain how long calls may then go on
 */
public record Life(Duration warmUp, Duration drainNotice, Duration drain) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Life {
    Range.requireSeconds("--warm-up-seconds", warmUp, 0);
    Range.requireSeconds("--drain-notice-seconds", drainNotice, 0);
    Range.requireSeconds("--drain-seconds", drain, 0);
  }
}
