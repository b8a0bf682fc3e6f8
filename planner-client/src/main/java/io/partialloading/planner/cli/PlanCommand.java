package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlanStream;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans every given request and prints the plans. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = "Plans requests, on a server or in this process.",
    footer = {
      "",
      "Exit codes: 0 all planned; 1 some request refused or failed; 2 wrong usage or unreadable input;",
      "3 server unreachable or deadline passed. The highest applies; the other inputs are still planned.",
    })
final class PlanCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final InputStream in;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "PlanRequests: binary if the name ends in .binpb, otherwise proto3 JSON; - is JSON from"
              + " standard input.")
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
          "table is for people. json is one PlanResponse a line as proto3 JSON, without fields that"
              + " have their default value. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  /** The stream in use; null before the first request, and without --stream. */
  private @Nullable PlanStream plans;

  /** The last library sent over it. */
  private BlockLibrary library = BlockLibrary.getDefaultInstance();

  PlanCommand(
      PrintWriter out, PrintWriter err, InputStream in, Supplier<EmbeddedPlanner> embeddedPlanner) {
    this.out = out;
    this.in = in;
    this.connection = new PlannerConnection("plan", out, err, embeddedPlanner);
  }

  @Override
  public Integer call() {
    try {
      return connection.askAbout(files, this::plan);
    } finally {
      if (plans != null) {
        plans.close();
      }
    }
  }

  private void plan(PlannerClient planner, RequestFile file)
      throws RequestFile.UnreadableException {
    PlanRequest request = withOptions(file.read(in));
    PlanResponse response = stream ? planOverStream(planner, request) : planner.plan(request);
    switch (output) {
      case TABLE -> {
        String title = response.getLabel().isEmpty() ? file.displayName() : response.getLabel();
        out.print(new PlanTable(withLibrary(request), response).print(title));
      }
      case JSON -> out.print(OutputFormat.json(response));
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
    if (algorithm == null && !sensitivity) {
      return request;
    }
    PlanRequest.Builder changed = request.toBuilder();
    if (algorithm != null) {
      changed.getOptionsBuilder().setAlgorithm(algorithm);
    }
    if (sensitivity) {
      changed.getOptionsBuilder().setSensitivity(true);
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
