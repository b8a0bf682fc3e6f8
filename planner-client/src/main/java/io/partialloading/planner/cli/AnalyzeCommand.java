// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.show.AnalysisTable;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how the models of every given library share blocks. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description =
        "Says how the models of libraries share blocks, and whether plans for them are exact.",
    footer = {
      "",
      "Exit codes: 0 all analysed; 1 some library refused; 2 wrong usage or unreadable input;",
      "3 server unreachable or deadline passed. The highest applies; the other libraries,",
      "those in the same file included, are still analysed.",
    })
final class AnalyzeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "PlanRequests or BlockLibraries: one in binary if the name ends in .binpb, otherwise any"
              + " number in JSON, one after another; - is JSON from standard input.")
  private List<String> files = new ArrayList<>();

  @Mixin private PlannerConnection connection;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "table is for people. json is one AnalyzeLibraryResponse a line as proto3 JSON, without"
              + " fields that have their default value. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  AnalyzeCommand(PlannerConnection connection) {
    this.connection = connection;
  }

  @Override
  public Integer call() {
    return connection.askAbout(files, Contents.LIBRARIES, this::analyze);
  }

  private void analyze(PlannerClient planner, Named<BlockLibrary> input) {
    BlockLibrary library = input.message();
    AnalyzeLibraryResponse analysis = planner.analyze(library);
    AnalysisTable table = new AnalysisTable(library, analysis);
    connection.out().print(output.of(analysis, () -> table.print(input.name())));
  }
}
