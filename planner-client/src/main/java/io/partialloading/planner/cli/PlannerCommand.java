// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.partialloading.planner.show.Text;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command line as an object: streams in, exit code out. */
public final class PlannerCommand {
  private final PrintWriter out;
  private final PrintWriter err;
  private final InputStream in;
  private final Supplier<EmbeddedPlanner> embeddedPlanner;
  private final Supplier<EmbeddedPlanner> embeddedForEvaluation;
  private final EvaluationParts evaluationParts;
  private final int columns;

  /**
   * A command line that plans in this process unless it is given a server, for a terminal of 110
   * columns.
   */
  public PlannerCommand(PrintWriter out, PrintWriter err, InputStream in) {
    this(out, err, in, Text.WIDTH);
  }

  private PlannerCommand(PrintWriter out, PrintWriter err, InputStream in, int columns) {
    this(
        out,
        err,
        in,
        EmbeddedPlanner::start,
        EmbeddedPlanner::startInCallingThreads,
        EvaluationParts.STANDARD,
        columns);
  }

  PlannerCommand(
      PrintWriter out, PrintWriter err, InputStream in, Supplier<EmbeddedPlanner> embeddedPlanner) {
    this(out, err, in, embeddedPlanner, embeddedPlanner, EvaluationParts.STANDARD, Text.WIDTH);
  }

  PlannerCommand(
      PrintWriter out,
      PrintWriter err,
      InputStream in,
      Supplier<EmbeddedPlanner> embeddedPlanner,
      Supplier<EmbeddedPlanner> embeddedForEvaluation,
      EvaluationParts evaluationParts,
      int columns) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.embeddedPlanner = embeddedPlanner;
    this.embeddedForEvaluation = embeddedForEvaluation;
    this.evaluationParts = evaluationParts;
    this.columns = columns;
  }

  /** Runs the program on the standard streams and ends the process. */
  public static void main(String[] args) {
    // The command says itself what is wrong, in one line; gRPC's log would add stack traces.
    LogManager.getLogManager().reset();
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, UTF_8));
    PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, UTF_8), true);
    int columns = Text.columns(System.getenv("COLUMNS"));
    System.exit(new PlannerCommand(out, err, System.in, columns).run(args));
  }

  /**
   * Runs one command. The exit codes are listed by {@code --help}.
   *
   * @param args the arguments, as after the program's name
   * @return the exit code
   */
  public int run(String... args) {
    CommandLine commandLine =
        new CommandLine(new Top())
            .addSubcommand(new PlanCommand(connection("plan", embeddedPlanner), columns))
            .addSubcommand(new VerifyCommand(connection("verify", embeddedPlanner)))
            .addSubcommand(new AnalyzeCommand(connection("analyze", embeddedPlanner)))
            .addSubcommand(new GenerateCommand(out, err))
            .addSubcommand(
                new EvaluateCommand(connection("evaluate", embeddedForEvaluation), evaluationParts))
            .addSubcommand(new BenchLoadCommand(connection("bench-load", embeddedPlanner)))
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true)
            // A file may be called @something.
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((e, unused) -> usageError(e))
            .setExecutionExceptionHandler((e, unused, parsed) -> internalError(e));
    int exitCode = commandLine.execute(args);
    out.flush();
    err.flush();
    return exitCode;
  }

  private PlannerConnection connection(String command, Supplier<EmbeddedPlanner> planner) {
    return new PlannerConnection(command, out, err, in, planner);
  }

  private int usageError(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + e.getMessage());
    err.println("Try '" + command + " --help'.");
    return ExitCode.USAGE;
  }

  private int internalError(Exception e) {
    err.println("planner: internal error: " + e);
    return ExitCode.REFUSED;
  }

  @Command(
      name = "planner",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "(plan | verify | analyze | generate | evaluate | bench-load)",
      description = "Plans which users an edge server serves next, and on which models.",
      footer = {
        "",
        "Exit codes:",
        "  0  everything asked for was done",
        "  1  some request was refused, planning it failed, or a schedule is infeasible",
        "  2  wrong usage, or a file, or something in it, that cannot be read, understood or written",
        "  3  no answer: the server cannot be reached, or the deadline passed",
        "With several inputs the rest are still answered after a failure, and the highest code applies.",
      })
  private static final class Top implements Runnable {
    @CommandLine.Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(
            spec.commandLine(),
            "say what to do: plan, verify, analyze, generate, evaluate or bench-load");
      }
    }
  }

  /** The version that the jar's manifest states. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = PlannerCommand.class.getPackage().getImplementationVersion();
      return new String[] {"planner " + (version == null ? "(built from sources)" : version)};
    }
  }
}
