// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import java.util.logging.LogManager;

/**
 * Keeps the log until the process ends. The JDK's own ends it as soon as the process is told to
 * stop, and nothing could be read of how the server drained. To be named by the system property
 * {@code java.util.logging.manager} before anything logs.
 */
public final class LastingLogManager extends LogManager {
  /** Does nothing. */
  @Override
  public void reset() {}
}
