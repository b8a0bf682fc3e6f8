package io.partialloading.planner.server;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The server's main program. */
public final class PlannerServer {
  /** Exit code where the address cannot be listened on, or the server fails. */
  static final int CANNOT_SERVE = 1;

  /** Exit code for wrong options. */
  static final int WRONG_OPTIONS = 2;

  private final PrintWriter out;
  private final PrintWriter err;

  PlannerServer(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Serves until the process is told to stop. */
  public static void main(String[] args) {
    // Guice intercepts nothing here; generating code all the same makes JDK 24 and later warn.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    System.exit(
        new PlannerServer(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
            .run(args));
  }

  /** Serves as the arguments say, and returns the exit code when done. */
  int run(String... args) {
    return new CommandLine(new ServeCommand())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(this::reportWrongOptions)
        .execute(args);
  }

  private int reportWrongOptions(CommandLine.ParameterException exception, String[] args) {
    err.printf("planner-service: %s (see --help)%n", exception.getMessage());
    return WRONG_OPTIONS;
  }
}
