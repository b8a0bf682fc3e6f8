// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.partialloading.planner.settings.SettingsOptions;
import io.partialloading.planner.telemetry.LastingLogManager;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** The server's main program. */
public final class PlannerServer {
  /** Exit code where the address cannot be listened on, or the server fails. */
  static final int CANNOT_SERVE = 1;

  /** Exit code for wrong settings. */
  static final int WRONG_SETTINGS = 2;

  /** How long a client may take to send its request for metrics, and the answer to go out. */
  private static final String METRICS_SECONDS = "5";

  private final PrintWriter out;
  private final PrintWriter err;

  private final Map<String, String> environment;

  PlannerServer(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** Serves until the process is told to stop. */
  public static void main(String[] args) {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    // Guice intercepts nothing here; generating code all the same makes JDK 24 and later warn.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    // By default the JDK waits for ever, and a few slow clients keep Prometheus from the metrics.
    System.setProperty("sun.net.httpserver.maxReqTime", METRICS_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", METRICS_SECONDS);
    System.exit(
        new PlannerServer(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                System.getenv())
            .run(args));
  }

  /** Serves as the arguments say, and returns the exit code when done. */
  int run(String... args) {
    CommandLine commandLine =
        new CommandLine(new ServeCommand())
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(this::reportWrongSettings);
    SettingsOptions.configure(commandLine, environment);
    return commandLine.execute(args);
  }

  private int reportWrongSettings(CommandLine.ParameterException exception, String[] args) {
    err.printf("planner-service: %s%n", SettingsOptions.message(exception));
    return WRONG_SETTINGS;
  }
}
