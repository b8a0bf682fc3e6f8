// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.grpc.ManagedChannel;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.client.PlannerClientBuilder;
import io.partialloading.planner.client.PlannerException;
import io.partialloading.planner.load.Clock;
import io.partialloading.planner.load.EchoServer;
import io.partialloading.planner.load.Load;
import io.partialloading.planner.load.LoadReport;
import io.partialloading.planner.load.LoadRun;
import io.partialloading.planner.load.PeakSearch;
import io.partialloading.planner.load.PlanCaller;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a server under load and says how it bears it. */
@Command(
    name = "bench-load",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = {
      "Asks a server for plans at a given rate and says what became of the calls, or searches the"
          + " highest rate that the server bears.",
      "",
      "Calls are made when they are due, whether or not earlier ones are answered, and their latency"
          + " counts from when they were due: a server that stalls cannot hide the calls behind."
          + " Refusals for overload (RESOURCE_EXHAUSTED) are counted apart from failures. First,"
          + " every request is asked once on its own, to see that it can be planned.",
    },
    footer = {
      "",
      "Exit codes: 0 every call was answered, or a rate was found; 1 some call was refused or failed,",
      "or no rate is borne; 2 wrong usage or unreadable input; 3 server unreachable or deadline passed",
      "when each request is asked at first.",
    })
final class BenchLoadCommand implements Callable<Integer> {
  private static final double MOST_CALLS = 0.99;
  private static final double PRECISION = 0.05;

  /** How long after its deadline a call may take to end. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Mixin private LoadRequests requests = new LoadRequests();
  @Mixin private PlannerConnection connection;
  @Mixin private LoadOptions options = new LoadOptions();

  @Option(names = "--no-retries", description = "Try every call once, and hedge none.")
  private boolean noRetries;

  @Option(
      names = "--echo",
      description =
          "Put the same load afterwards on a server in this process that answers with the same plans"
              + " without planning, to compare with.")
  private boolean echo;

  @Option(
      names = "--find-peak",
      description =
          "Search the highest rate, to 5%%, at which 99%% of calls are answered within --p99. A"
              + " rate is too high if it fails twice.")
  private boolean findPeak;

  @Option(
      names = "--p99",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "The bound of --find-peak, such as 5ms.")
  private @Nullable Duration bound;

  @Option(names = "--per-second", description = "Also say what became of each second's calls.")
  private boolean perSecond;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "table is for people, json is one object on one line. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  BenchLoadCommand(PlannerConnection connection) {
    this.connection = connection;
  }

  @Override
  public Integer call() throws IOException {
    try {
      PlannerClientBuilder server = connection.builder();
      if (findPeak != (bound != null)) {
        throw new ChannelOptions.UsageException("--find-peak and --p99 are of use only together");
      }
      if (findPeak && (echo || perSecond)) {
        throw new ChannelOptions.UsageException(
            (echo ? "--echo" : "--per-second") + " is of no use with --find-peak");
      }
      Load load = options.load(findPeak);
      List<Named<PlanRequest>> asked = requests.read(connection.in());
      List<PlanResponse> answers = new ArrayList<>();
      int exitCode = connection.connect(client -> askEach(client, asked, answers));
      return exitCode == ExitCode.PLANNED ? bench(server, load, asked, answers) : exitCode;
    } catch (ChannelOptions.UsageException e) {
      return connection.refuse(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.err().println("planner bench-load: interrupted");
      return ExitCode.REFUSED;
    }
  }

  private int askEach(
      PlannerClient client, List<Named<PlanRequest>> asked, List<PlanResponse> answers) {
    for (Named<PlanRequest> one : asked) {
      try {
        answers.add(client.plan(one.message()));
      } catch (PlannerException e) {
        return connection.complain(one, e);
      }
    }
    return ExitCode.PLANNED;
  }

  private int bench(
      PlannerClientBuilder server,
      Load load,
      List<Named<PlanRequest>> asked,
      List<PlanResponse> answers)
      throws IOException, InterruptedException {
    List<byte[]> messages = asked.stream().map(one -> one.message().toByteArray()).toList();
    if (findPeak) {
      return over(server, messages, run -> findPeak(load, run));
    }
    LoadReport report = over(server, messages, run -> run.run(load));
    LoadReport echoed = null;
    if (echo) {
      try (EchoServer echoServer = EchoServer.start(answers)) {
        PlannerClientBuilder beside =
            PlannerClient.builder(echoServer.target()).deadline(connection.deadline());
        echoed = over(beside, messages, run -> run.run(load));
      }
    }
    String target = String.valueOf(connection.target());
    PrintWriter out = connection.out();
    switch (output) {
      case TABLE -> out.print(new LoadTable(report, echoed, perSecond).print(target));
      case JSON -> out.println(new LoadJson(target).of(report, echoed, perSecond));
    }
    return report.allAnswered() ? ExitCode.PLANNED : ExitCode.REFUSED;
  }

  /** Does something with a load run over channels of its own, which it closes. */
  private <T> T over(PlannerClientBuilder server, List<byte[]> messages, Use<T> use)
      throws InterruptedException {
    if (noRetries) {
      server.withoutRetries();
    }
    List<ManagedChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < options.connections(); i++) {
        channels.add(server.buildChannel());
      }
      PlanCaller caller = new PlanCaller(Clock.SYSTEM, channels, messages, connection.deadline());
      return use.with(
          new LoadRun(Clock.SYSTEM, caller, connection.deadline().plus(GRACE).toNanos()));
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private int findPeak(Load load, LoadRun run) throws InterruptedException {
    Duration limit = Objects.requireNonNull(bound);
    List<LoadJson.Trial> trials = new ArrayList<>();
    PeakSearch.Trial trial =
        rate -> {
          LoadReport report = run.run(load.at(rate));
          boolean borne = report.answeredWithin(limit, MOST_CALLS);
          trials.add(new LoadJson.Trial(report, borne));
          connection.err().println(LoadTable.trial(report, borne));
          return borne;
        };
    PeakSearch.Trial twice =
        rate -> {
          boolean borne = trial.bears(rate);
          // Tried again where it fails, for something else may have disturbed it.
          return borne || trial.bears(rate);
        };
    double peak = new PeakSearch(twice, PRECISION).peak(load.ratePerSecond());
    PrintWriter out = connection.out();
    switch (output) {
      case TABLE ->
          out.printf(
              Locale.ROOT,
              "peak %.1f calls/s: the highest rate tried at which 99 %% of calls were answered"
                  + " within %s ms%n",
              peak,
              LoadTable.milliseconds(limit.toNanos()));
      case JSON ->
          out.println(new LoadJson(String.valueOf(connection.target())).peak(peak, limit, trials));
    }
    return peak > 0 ? ExitCode.PLANNED : ExitCode.REFUSED;
  }

  private interface Use<T> {
    T with(LoadRun run) throws InterruptedException;
  }
}
