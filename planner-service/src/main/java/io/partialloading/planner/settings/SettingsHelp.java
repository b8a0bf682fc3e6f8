// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help that ends each setting with its environment variable and its default. */
final class SettingsHelp extends Help {
  SettingsHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer renderer = super.createDefaultOptionRenderer();
    return (option, labels, colors) -> {
      Text[][] rows = renderer.render(option, labels, colors);
      if (option.group() != null) {
        Text[] last = rows[rows.length - 1];
        last[last.length - 1] = last[last.length - 1].concat(suffix(option));
      }
      return rows;
    };
  }

  private static String suffix(OptionSpec option) {
    Object value = option.defaultValue() == null ? option.initialValue() : option.defaultValue();
    String variable = Environment.variable(option);
    return value == null || option.isMultiValue()
        ? " (%s)".formatted(variable)
        : " (%s; %s)".formatted(variable, value);
  }
}
