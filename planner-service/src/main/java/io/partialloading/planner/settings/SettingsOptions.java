// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * An option for each setting, to be mixed into a command; with an environment variable behind it.
 */
public final class SettingsOptions {
  @ArgGroup(validate = false, heading = "%nCalls:%n")
  private ListenOptions listen = new ListenOptions();

  @ArgGroup(validate = false, heading = "%nTLS:%n")
  private TlsOptions tls = new TlsOptions();

  @ArgGroup(validate = false, heading = "%nHealth in plain text:%n")
  private ManagementOptions management = new ManagementOptions();

  @ArgGroup(validate = false, heading = "%nPlanning:%n")
  private PlanningOptions planning = new PlanningOptions();

  @ArgGroup(validate = false, heading = "%nConnections:%n")
  private ConnectionOptions connections = new ConnectionOptions();

  @ArgGroup(validate = false, heading = "%nStart and stop:%n")
  private LifeOptions life = new LifeOptions();

  @ArgGroup(validate = false, heading = "%nMetrics:%n")
  private MetricsOptions metrics = new MetricsOptions();

  @ArgGroup(validate = false, heading = "%nTraces:%n")
  private TracingOptions tracing = new TracingOptions();

  @ArgGroup(validate = false, heading = "%nLog:%n")
  private LoggingOptions logging = new LoggingOptions();

  @ArgGroup(validate = false, heading = "%nLimits:%n")
  private LimitOptions limits = new LimitOptions();

  /**
   * Has a command with these options read environment variables, and tell of them in its help.
   *
   * @param environment the variables, by name
   */
  public static void configure(CommandLine commandLine, Map<String, String> environment) {
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new Environment(environment))
        .setHelpFactory(SettingsHelp::new);
  }

  /** What is wrong, in one line. */
  public static String message(ParameterException fault) {
    String variable = environment(fault.getCommandLine().getCommandSpec()).behind(fault);
    return "%s (%ssee --help)"
        .formatted(fault.getMessage(), variable == null ? "" : "from " + variable + "; ");
  }

  /**
   * The settings that flags, variables and defaults state, in this order.
   *
   * @param command the parsed command with these options
   * @throws IllegalArgumentException if one is out of range, contradicts another, or is an unknown
   *     environment variable
   */
  public Settings settings(CommandSpec command) {
    environment(command).check(options(command));
    Listen listenSettings = listen.settings();
    InetSocketAddress managementAddress = management.settings(listen, listenSettings);
    return new Settings(
        listenSettings,
        tls.settings(),
        managementAddress,
        connections.settings(),
        planning.settings(),
        life.settings(listenSettings),
        new Telemetry(
            metrics.settings(management, listen, listenSettings),
            tracing.settings(),
            logging.settings()),
        limits.settings());
  }

  /**
   * Writes every setting as it is in effect and where it comes from, one a line. To be called after
   * {@link #settings}, which completes them.
   */
  public void print(CommandSpec command, PrintWriter out) {
    Environment environment = environment(command);
    for (OptionSpec option : options(command)) {
      String source;
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        source = option.longestName();
      } else {
        source = environment.states(option) ? Environment.variable(option) : "default";
      }
      out.printf("%s = %s  # %s%n", Environment.name(option), text(option.getValue()), source);
    }
    out.flush();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> values) {
      return values.isEmpty()
          ? text(null)
          : values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
    return value == null ? "none" : value.toString();
  }

  private static Environment environment(CommandSpec command) {
    return (Environment) command.defaultValueProvider();
  }

  /** The options of settings, in the order of the help. */
  private static List<OptionSpec> options(CommandSpec command) {
    return command.options().stream().filter(option -> option.group() != null).toList();
  }
}
