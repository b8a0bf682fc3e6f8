// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlanStream;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.show.PlanTable;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plans every given request and prints the plans. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = {
      "Plans requests, on a server or in this process.",
      "",
      "JSON is proto3 JSON, several requests one after another, and more where what is meant is"
          + " clear: durations have any of the units ns, us, ms, s and min, such as \"500ms\"; names of"
          + " values may be short, such as \"qam64\"; an uplinkMcs that is a fraction is a"
          + " meanUplinkMcs. Everything that is wrong with a request is told with its path, line and"
          + " column. Requests on standard input are answered as they come.",
    },
    footer = {
      "",
      "Exit codes: 0 all planned; 1 some request refused or failed; 2 wrong usage or unreadable input;",
      "3 server unreachable or deadline passed. The highest applies; the other requests, those in the same",
      "file included, are still planned.",
    })
final class PlanCommand implements Callable<Integer> {
  private final int columns;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "PlanRequests: one in binary if the name ends in .binpb, otherwise any number in JSON, one"
              + " a line or one after another; - is JSON from standard input.")
  private List<String> files = new ArrayList<>();

  @Mixin private PlannerConnection connection;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      converter = AlgorithmName.class,
      completionCandidates = AlgorithmName.class,
      description =
          "Overrides the request's algorithm: ${COMPLETION-CANDIDATES}; any case, - or _.")
  private @Nullable Algorithm algorithm;

  @Option(
      names = "--sensitivity",
      description = "Also say how many users could be served with 10%% more of each resource.")
  private boolean sensitivity;

  @Option(
      names = "--search-effort",
      paramLabel = "X",
      description =
          "Put X times the default effort, about 20 ms, into what must be searched; up to 1000.")
  private @Nullable Double searchEffort;

  @Option(
      names = "--stream",
      description =
          "Send all requests over one stream: one without a library or server is planned with the"
              + " last one sent.")
  private boolean stream;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "table is for people; its timeline is as wide as COLUMNS in the environment says, at most 200"
              + " columns, left out below 80, and 110 without COLUMNS. json is one PlanResponse a line"
              + " as proto3 JSON, without fields that have their default value. Default:"
              + " ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      converter = TimelineFile.Converter.class,
      description =
          "Also draw the plan in this file, over what it held: a drawing if its name ends in .svg, a"
              + " page that needs nothing else if in .html. For one request only: of several in a file"
              + " the first is drawn, and the exit code is 2.")
  private @Nullable TimelineFile timeline;

  @Spec private @Nullable CommandSpec spec;

  /** Whether a plan has been drawn. */
  private boolean drawn;

  /** Whether a plan could not be drawn, or there is more than one. */
  private boolean undrawn;

  /** The stream in use; null before the first request, and without --stream. */
  private @Nullable PlanStream plans;

  /** The last library sent over it. */
  private BlockLibrary library = BlockLibrary.getDefaultInstance();

  /**
   * The command.
   *
   * @param columns of the terminal
   */
  PlanCommand(PlannerConnection connection, int columns) {
    this.connection = connection;
    this.columns = columns;
  }

  @Override
  public Integer call() {
    if (spec != null && timeline != null && files.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--timeline draws one plan, and there are " + files.size() + " FILEs");
    }
    try {
      int exitCode = connection.askAbout(files, Contents.REQUESTS, this::plan);
      return undrawn ? Math.max(exitCode, ExitCode.USAGE) : exitCode;
    } finally {
      if (plans != null) {
        plans.close();
      }
    }
  }

  private void plan(PlannerClient planner, Named<PlanRequest> input) {
    PlanRequest asked = withOptions(input.message());
    PlanResponse response = stream ? planOverStream(planner, asked) : planner.plan(asked);
    PlanRequest request = withLibrary(asked);
    String title = response.getLabel().isEmpty() ? input.name() : response.getLabel();
    PlanTable table = new PlanTable(request, response, columns);
    connection.out().print(output.of(response, () -> table.print(title)));
    if (timeline != null && !undrawn) {
      draw(timeline, title, request, response);
    }
  }

  private void draw(TimelineFile file, String title, PlanRequest request, PlanResponse response) {
    try {
      if (drawn) {
        connection.err().println(file.path() + ": shows the first plan; there are more");
        undrawn = true;
        return;
      }
      file.write(title, request, response);
      drawn = true;
    } catch (IOException e) {
      connection.err().println(file.path() + ": cannot be written: " + RequestFile.reason(e));
      undrawn = true;
    }
  }

  private PlanResponse planOverStream(PlannerClient planner, PlanRequest request) {
    if (plans == null) {
      plans = planner.openStream();
    }
    plans.send(request);
    return plans.receive().orElseThrow();
  }

  private PlanRequest withOptions(PlanRequest request) {
    PlanRequest.Builder changed = request.toBuilder();
    if (algorithm != null) {
      changed.getOptionsBuilder().setAlgorithm(algorithm);
    }
    if (sensitivity) {
      changed.getOptionsBuilder().setSensitivity(true);
    }
    if (searchEffort != null) {
      changed.getOptionsBuilder().setSearchEffort(searchEffort);
    }
    return changed.build();
  }

  /** A request with the library that it was planned with, which a stream lets it leave out. */
  private PlanRequest withLibrary(PlanRequest request) {
    if (request.hasBlockLibrary()) {
      library = request.getBlockLibrary();
      return request;
    }
    return request.toBuilder().setBlockLibrary(library).build();
  }
}
