// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

/**
 * What the process's exit code says. With several inputs the highest applies. Scripts rely on it.
 */
final class ExitCode {
  static final int PLANNED = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;

  /** What shells expect of a program that SIGINT has ended. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
