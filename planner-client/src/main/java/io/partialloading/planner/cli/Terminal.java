// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether somebody watches. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether standard input and output are a terminal on which a line can be drawn again.
   *
   * @param environment the process's environment: {@code TERM=dumb} and {@code NO_COLOR} say that
   *     escape sequences are not wanted
   */
  static boolean isInteractive(Map<String, String> environment) {
    return !"dumb".equals(environment.get("TERM"))
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && isTerminal(System.console());
  }

  /** From Java 22 on there can be a console without a terminal, which then says so. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
