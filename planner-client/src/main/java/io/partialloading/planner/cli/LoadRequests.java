// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import io.partialloading.planner.v1.PlanRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which requests a load is made of: files, or draws from a scenario. */
final class LoadRequests {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "PlanRequests, which take turns: one in binary if the name ends in .binpb, otherwise any"
              + " number in JSON; - is JSON from standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--scenario",
      paramLabel = "bottom-layer|general",
      converter = SharingKindName.class,
      description = "Instead of files: requests of the paper's default setting of this kind.")
  private @Nullable SharingKind scenario;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "How many requests of the scenario take turns, those of seeds 1 to N. Default:"
              + " ${DEFAULT-VALUE}.")
  private int count = 16;

  /**
   * The requests, at least one.
   *
   * @throws ChannelOptions.UsageException if the options say none, or a file cannot be read
   */
  List<Named<PlanRequest>> read(InputStream standardInput) throws ChannelOptions.UsageException {
    if (files.isEmpty() == (scenario == null)) {
      throw new ChannelOptions.UsageException("say what to ask: either FILEs or --scenario");
    }
    return scenario == null ? readFiles(standardInput) : draw(scenario);
  }

  private List<Named<PlanRequest>> readFiles(InputStream standardInput)
      throws ChannelOptions.UsageException {
    List<Named<PlanRequest>> requests = new ArrayList<>();
    for (String name : files) {
      try {
        requests.addAll(new RequestFile(name).readAll(Contents.REQUESTS, standardInput));
      } catch (UnreadableException e) {
        throw new ChannelOptions.UsageException(String.join("\n", e.faults()));
      }
    }
    return requests;
  }

  private List<Named<PlanRequest>> draw(SharingKind kind) throws ChannelOptions.UsageException {
    if (count < 1) {
      throw new ChannelOptions.UsageException("--requests must be at least 1: " + count);
    }
    ScenarioConstants constants = ScenarioConstants.paper();
    PaperScenario setting = PaperScenario.defaults(kind, constants);
    List<Named<PlanRequest>> requests = new ArrayList<>();
    for (int seed = 1; seed <= count; seed++) {
      requests.add(new Named<>(kind.id() + " seed " + seed, setting.realisation(constants, seed)));
    }
    return requests;
  }
}
