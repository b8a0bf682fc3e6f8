// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import io.partialloading.planner.v1.PlanRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a request drawn from one of the paper's scenarios. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = {
      "Writes a request of one of the paper's two scenarios (Section VII). The same options give the"
          + " same request.",
      "",
      "Models are fine-tuned from ResNet-18, -34 and -50; users are uniform over a disc, with Rayleigh"
          + " fading. Transfer and computing times are fitted, for the paper does not publish them.",
      "",
      "Every option but --scenario has the value of the paper's default setting by default.",
    })
final class GenerateCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;

  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "bottom-layer|general",
      converter = SharingKindName.class,
      description = "Which layers models share: the first ones, or any.")
  private SharingKind kind = SharingKind.BOTTOM_LAYER;

  @Option(names = "--seed", paramLabel = "N", description = "Decides what is drawn. Default: 1.")
  private long seed = 1;

  @Option(names = "--users", paramLabel = "K", description = "Number of users.")
  private @Nullable Integer users;

  @Option(names = "--models", paramLabel = "I", description = "Number of models.")
  private @Nullable Integer models;

  @Option(names = "--bandwidth-mhz", paramLabel = "MHZ", description = "Uplink bandwidth.")
  private @Nullable Double bandwidthMhz;

  @Option(
      names = "--budget",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Latency budget, such as 700ms or 1.5s.")
  private @Nullable Duration budget;

  @Option(
      names = "--sharing",
      paramLabel = "PERCENT",
      description = "Share of its layers that a model shares with its ancestor, on average.")
  private @Nullable Double sharingPercent;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "-",
      description =
          "Where to write: binary if the name ends in .binpb, otherwise JSON; - is standard output."
              + " Default: ${DEFAULT-VALUE}.")
  private String output = "-";

  GenerateCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    ScenarioConstants constants = ScenarioConstants.paper();
    PlanRequest request;
    try {
      request = scenario(constants).realisation(constants, seed);
    } catch (IllegalArgumentException e) {
      err.println("planner generate: " + e.getMessage());
      return ExitCode.USAGE;
    }
    RequestFile file = new RequestFile(output);
    if (file.isStandardStream()) {
      out.print(RequestFile.json(request));
      return ExitCode.PLANNED;
    }
    try {
      file.write(request);
      return ExitCode.PLANNED;
    } catch (UnreadableException e) {
      err.println(file.displayName() + ": " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private PaperScenario scenario(ScenarioConstants constants) {
    PaperScenario defaults = PaperScenario.defaults(kind, constants);
    return new PaperScenario(
        kind,
        Objects.requireNonNullElse(users, defaults.users()),
        Objects.requireNonNullElse(models, defaults.models()),
        bandwidthMhz == null ? defaults.bandwidthHz() : bandwidthMhz * 1e6,
        Objects.requireNonNullElse(budget, defaults.latencyBudget()),
        sharingPercent == null ? defaults.sharing() : sharingPercent / 100);
  }
}
