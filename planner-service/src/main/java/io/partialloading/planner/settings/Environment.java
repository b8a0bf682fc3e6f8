// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The environment variables behind the options: {@code PLANNER_MAX_USERS} stands for {@code
 * --max-users}, which goes before it.
 */
final class Environment implements IDefaultValueProvider {
  private static final String PREFIX = "PLANNER_";

  /** What Kubernetes sets in every pod for a Service whose name begins with planner. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          PREFIX
              + "(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_[A-Z]+(_[A-Z]+)?)=.*"
              + "|"
              + PREFIX
              + "(.*_)?PORT=[a-z]+://.*");

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = new TreeMap<>(variables);
  }

  /** The variable that stands for an option. */
  static String variable(OptionSpec option) {
    return PREFIX + name(option).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** An option's name without its dashes. */
  static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private @Nullable String value(OptionSpec option) {
    return variables.get(variable(option));
  }

  /** Whether an option's variable is set. */
  boolean states(OptionSpec option) {
    return variables.containsKey(variable(option));
  }

  /** The variable whose value is wrong; null if it is not a variable's. */
  @Nullable String behind(ParameterException fault) {
    return fault.getArgSpec() instanceof OptionSpec option
            && fault.getValue() != null
            && fault.getValue().equals(value(option))
        ? variable(option)
        : null;
  }

  /**
   * The value of an option's variable.
   *
   * @throws ParameterException if the variable has no value, or one that is surely not meant
   */
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = variable(option);
    String value = value(option);
    if (value == null) {
      return null;
    }
    if (value.isEmpty()) {
      throw wrong(argument, "environment variable %s is empty".formatted(name));
    }
    if (isServiceLink(name, value)) {
      throw wrong(
          argument,
          ("environment variable %s is %s: Kubernetes sets it for a Service of that name; set"
                  + " enableServiceLinks: false in the pod")
              .formatted(name, value));
    }
    return value.replace(
        "${", "$${"); // picocli would replace what looks like a variable of its own
  }

  /**
   * Checks that every variable that looks like a setting is one.
   *
   * @throws IllegalArgumentException if one is unknown
   */
  void check(List<OptionSpec> options) {
    List<String> known = options.stream().map(Environment::variable).toList();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !known.contains(name) && !isServiceLink(name, value)) {
            throw new IllegalArgumentException(
                "environment variable %s is unknown; is %s meant?"
                    .formatted(name, nearest(name, known)));
          }
        });
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name + "=" + value).matches();
  }

  private static ParameterException wrong(ArgSpec argument, String message) {
    return new ParameterException(argument.command().commandLine(), message, argument, null);
  }

  private static String nearest(String name, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElseThrow();
  }

  /** Letters to insert, remove or replace to make one word the other (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j - 1], diagonal) + 1);
      }
    }
    return row[other.length()];
  }
}
