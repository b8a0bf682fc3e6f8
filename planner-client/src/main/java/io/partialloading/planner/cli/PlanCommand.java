package io.partialloading.planner.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.client.PlannerException;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans every given request and prints the plans. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Plans requests, on a server or in this process.",
    footer = {
      "",
      "Exit codes: 0 all planned; 1 some request refused or failed; 2 wrong usage or unreadable input;",
      "3 server unreachable or deadline passed. The highest applies; the other inputs are still planned.",
    })
final class PlanCommand implements Callable<Integer> {
  private enum Output {
    TABLE,
    JSON
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final InputStream in;
  private final Supplier<EmbeddedPlanner> embeddedPlanner;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "PlanRequests: binary if the name ends in .binpb, otherwise proto3 JSON; - is JSON from"
              + " standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = "The server to ask, in plain text. Without it a planner runs in this process.")
  private @Nullable String target;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      converter = AlgorithmName.class,
      completionCandidates = AlgorithmName.class,
      description =
          "Overrides the request's algorithm: ${COMPLETION-CANDIDATES}; any case, - or _.")
  private @Nullable Algorithm algorithm;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "table is for people. json is one PlanResponse a line as proto3 JSON, without fields that"
              + " have their default value. Default: ${DEFAULT-VALUE}.")
  private Output output = Output.TABLE;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = DurationText.class,
      defaultValue = "30s",
      description = "How long each plan may take, such as 500ms. Default: ${DEFAULT-VALUE}.")
  private Duration deadline = PlannerClient.DEFAULT_DEADLINE;

  PlanCommand(
      PrintWriter out, PrintWriter err, InputStream in, Supplier<EmbeddedPlanner> embeddedPlanner) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.embeddedPlanner = embeddedPlanner;
  }

  @Override
  public Integer call() {
    if (target == null) {
      try (EmbeddedPlanner planner = embeddedPlanner.get();
          PlannerClient client = PlannerClient.over(planner.channel(), deadline)) {
        return planAll(client);
      }
    }
    PlannerClient remote;
    try {
      remote = PlannerClient.connect(target, deadline);
    } catch (IllegalArgumentException e) {
      err.println("planner plan: '" + target + "' is not a host:port: " + e.getMessage());
      return ExitCode.USAGE;
    }
    try (remote) {
      return planAll(remote);
    }
  }

  private int planAll(PlannerClient client) {
    int exitCode = ExitCode.PLANNED;
    for (String file : files) {
      exitCode = Math.max(exitCode, plan(client, new RequestFile(file)));
      out.flush();
      err.flush();
    }
    return exitCode;
  }

  private int plan(PlannerClient client, RequestFile file) {
    try {
      PlanRequest request = withAlgorithm(file.read(in));
      print(file, request, client.plan(request));
      return ExitCode.PLANNED;
    } catch (RequestFile.UnreadableException e) {
      complain(file, e.getMessage());
      return ExitCode.USAGE;
    } catch (PlannerException.InvalidRequest e) {
      for (PlannerException.Fault fault : e.faults()) {
        complain(file, fault.field() + ": " + fault.description());
      }
      if (e.faults().isEmpty()) {
        complain(file, e.getMessage());
      }
      return ExitCode.REFUSED;
    } catch (PlannerException.Unreachable e) {
      complain(file, "the planner cannot be reached: " + e.getMessage());
      return ExitCode.UNREACHABLE;
    } catch (PlannerException.DeadlineExceeded e) {
      complain(file, "no plan within the deadline: " + e.getMessage());
      return ExitCode.UNREACHABLE;
    } catch (PlannerException e) {
      complain(file, e.code() + ": " + e.getMessage());
      return ExitCode.REFUSED;
    }
  }

  private PlanRequest withAlgorithm(PlanRequest request) {
    if (algorithm == null) {
      return request;
    }
    PlanRequest.Builder changed = request.toBuilder();
    changed.getOptionsBuilder().setAlgorithm(algorithm);
    return changed.build();
  }

  private void print(RequestFile file, PlanRequest request, PlanResponse response) {
    switch (output) {
      case TABLE -> {
        String title = response.getLabel().isEmpty() ? file.displayName() : response.getLabel();
        out.print(new PlanTable(request, response).print(title));
      }
      case JSON -> out.print(json(response) + "\n");
    }
  }

  private static String json(PlanResponse response) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(response);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e); // only for an Any of unknown type; a response has none
    }
  }

  private void complain(RequestFile file, @Nullable String what) {
    err.println(file.displayName() + ": " + what);
  }
}
