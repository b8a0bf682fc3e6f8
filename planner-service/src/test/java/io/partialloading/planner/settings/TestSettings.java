// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Settings as flags and environment variables state them. */
@Command
public final class TestSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SettingsOptions options = new SettingsOptions();

  private TestSettings(Map<String, String> environment, String... args) {
    CommandLine commandLine = new CommandLine(this);
    SettingsOptions.configure(commandLine, environment);
    commandLine.parseArgs(args);
  }

  /** Settings without environment variables. */
  public static Settings of(String... args) {
    return of(Map.of(), args);
  }

  static Settings of(Map<String, String> environment, String... args) {
    TestSettings command = new TestSettings(environment, args);
    return command.options.settings(command.spec);
  }

  /** What is printed of the settings, by line. */
  static List<String> printed(Map<String, String> environment, String... args) {
    TestSettings command = new TestSettings(environment, args);
    command.options.settings(command.spec);
    StringWriter out = new StringWriter();
    command.options.print(command.spec, new PrintWriter(out));
    return out.toString().lines().toList();
  }
}
