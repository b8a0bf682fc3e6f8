// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import picocli.CommandLine.Option;

/** What is logged. */
final class LoggingOptions {
  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "How a line of the log looks, on the standard error stream.")
  private Logging.Format format = Logging.Format.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "error|warning|info|debug",
      description = "The least severe lines that are written.")
  private Logging.Level level = Logging.Level.INFO;

  @Option(
      names = "--log-calls",
      paramLabel = "none|failures|all",
      description =
          "Which calls get a line: those that fail at level info, warning if the server is at fault,"
              + " the others at level debug, whatever --log-level says.")
  private Logging.Calls calls = Logging.Calls.FAILURES;

  Logging settings() {
    return new Logging(format, level, calls);
  }
}
