// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Campaign;
import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.show.Text;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the figures of the paper's evaluation, and more, and writes a report. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = {
      "Reproduces the paper's evaluation (Section VII) with this planner beside, and more: draws"
          + " requests, has them planned in every way that a figure compares, judges every plan with"
          + " VerifySchedule, and writes a report.",
      "",
      "The same options give the same numbers, planning times aside. An evaluation that was"
          + " interrupted goes on where it was when the same command is given again.",
    },
    footer = {
      "",
      "Every figure is written as DIR/FIGURE.csv too, a line for each curve at each setting:",
      "  figure, setting, x   the point on the horizontal axis",
      "  curve                the way to plan",
      "  realisations         number of requests drawn",
      "  users, served        users waiting and served, over all of them",
      "  served_share         served / users",
      "  ci95_low, ci95_high  its 95 %% confidence interval, by Student's t; empty for one realisation",
      "  upper_bound_share    share of users that no plan exceeds, by the answers' bounds",
      "  proven_share         share of realisations whose plan is proven optimal",
      "  planning_mean_us, planning_median_us",
      "                       planning time on the server in microseconds; empty unless measured with",
      "                       nothing else running",
      "",
      "Exit codes: 0 done; 1 done, but a plan is infeasible, serves more users than the adaptive one",
      "or than a bound; or a plan was refused; 2 wrong usage, or a file that cannot be read or written;",
      "3 server unreachable or deadline passed; 130 interrupted.",
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final String ALL = "all";

  private final EvaluationParts parts;

  @Option(
      names = "--figure",
      split = ",",
      paramLabel = "ID",
      description = "The figures to measure, such as 6a,7d; all is the default. See --list.")
  private List<String> ids = new ArrayList<>(List.of(ALL));

  @Option(
      names = "--realisations",
      paramLabel = "N",
      description =
          "How many requests are drawn at each setting; some, which take long, draw fewer."
              + " Default: ${DEFAULT-VALUE}.")
  private int realisations = 50;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides what is drawn. With seed 1, realisation r is what generate --seed=r draws."
              + " Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--constants",
      paramLabel = "FILE",
      description = "The scenarios' constants, as --print-constants prints them.")
  private @Nullable String constantsFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write. Default: ${DEFAULT-VALUE}.")
  private String folder = "evaluation";

  @Option(names = "--list", description = "List the figures, and measure nothing.")
  private boolean list;

  @Option(
      names = "--print-constants",
      description = "Print the paper's constants to copy and change, and measure nothing.")
  private boolean printConstants;

  @Mixin private PlannerConnection connection;

  EvaluateCommand(PlannerConnection connection, EvaluationParts parts) {
    this.connection = connection;
    this.parts = parts;
  }

  @Override
  public Integer call() {
    PrintWriter out = connection.out();
    if (printConstants) {
      out.print(EvaluationConstants.paper().text());
      return ExitCode.PLANNED;
    }
    EvaluationConstants constants;
    try {
      constants =
          constantsFile == null
              ? EvaluationConstants.paper()
              : EvaluationConstants.read(constantsFile);
    } catch (UnreadableException e) {
      e.faults().forEach(this::complainOfConstants);
      return ExitCode.USAGE;
    }
    List<Figure> figures = parts.figures().apply(constants.values());
    if (list) {
      figures.forEach(figure -> out.println("%-6s  %s".formatted(figure.id(), figure.title())));
      return ExitCode.PLANNED;
    }
    Campaign campaign;
    Path directory;
    try {
      campaign =
          new Campaign(
              chosen(figures),
              realisations,
              seed,
              constants.text(),
              Program.version(),
              connection.planner());
      directory = Path.of(folder);
    } catch (IllegalArgumentException e) {
      return connection.refuse(e.getMessage());
    }
    EvaluationRun run =
        new EvaluationRun(campaign, directory, command(campaign), parts, connection);
    return connection.connect(run::measure);
  }

  private void complainOfConstants(String fault) {
    connection.err().println(constantsFile + ": " + fault);
  }

  /** The figures asked for, in the order of all. */
  private List<Figure> chosen(List<Figure> figures) {
    for (String id : ids) {
      if (!id.equals(ALL) && figures.stream().noneMatch(figure -> figure.id().equals(id))) {
        throw new IllegalArgumentException(
            "there is no figure '%s'; there are %s and %s"
                .formatted(
                    Text.printable(id),
                    figures.stream().map(Figure::id).collect(Collectors.joining(", ")),
                    ALL));
      }
    }
    return ids.contains(ALL)
        ? figures
        : figures.stream().filter(figure -> ids.contains(figure.id())).toList();
  }

  /** The command line that gives the same numbers. */
  private String command(Campaign campaign) {
    StringBuilder line = new StringBuilder("java -jar planner-client.jar evaluate");
    if (!ids.contains(ALL)) {
      line.append(" --figure=")
          .append(campaign.figures().stream().map(Figure::id).collect(Collectors.joining(",")));
    }
    line.append(" --realisations=").append(realisations).append(" --seed=").append(seed);
    if (constantsFile != null) {
      line.append(" --constants=").append(shellWord(constantsFile));
    }
    String target = connection.target();
    if (target != null) {
      line.append(" --target=").append(shellWord(target));
    }
    return line.toString();
  }

  /** A word as a shell takes it, in quotes where it would be taken apart. */
  private static String shellWord(String word) {
    return word.matches("[\\w./:@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
