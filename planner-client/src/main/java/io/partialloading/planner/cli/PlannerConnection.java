// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.client.PlannerClientBuilder;
import io.partialloading.planner.client.PlannerException;
import io.partialloading.planner.show.Text;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which planner to ask, and asking it about one input after another. */
final class PlannerConnection {
  /** What a command does with an input. */
  interface Question {
    /**
     * Asks, and prints the answer.
     *
     * @throws RequestFile.UnreadableException if the input cannot be understood
     * @throws PlannerException if there is no answer
     */
    void ask(PlannerClient planner, RequestFile file) throws RequestFile.UnreadableException;
  }

  private final String command;
  private final PrintWriter out;
  private final PrintWriter err;
  private final InputStream in;
  private final Supplier<EmbeddedPlanner> embeddedPlanner;

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description =
          "The server to ask; of a name with several addresses all are asked in turn. Without it a planner runs in this process.")
  private @Nullable String target;

  @Mixin private ChannelOptions channel = new ChannelOptions();

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = DurationText.class,
      defaultValue = "30s",
      description = "How long each answer may take, such as 500ms. Default: ${DEFAULT-VALUE}.")
  private Duration deadline = PlannerClient.DEFAULT_DEADLINE;

  /** For the command of the given name, which messages refer to, with its standard streams. */
  PlannerConnection(
      String command,
      PrintWriter out,
      PrintWriter err,
      InputStream in,
      Supplier<EmbeddedPlanner> embeddedPlanner) {
    this.command = command;
    this.out = out;
    this.err = err;
    this.in = in;
    this.embeddedPlanner = embeddedPlanner;
  }

  /** Where answers go. */
  PrintWriter out() {
    return out;
  }

  /** Where complaints go. */
  PrintWriter err() {
    return err;
  }

  /** Standard input. */
  InputStream in() {
    return in;
  }

  /** Which planner is asked, in a few words. */
  String planner() {
    return (target == null ? "embedded" : "at " + target) + ", each answer within " + deadline;
  }

  /** The address of the server that is asked; null if the planner runs in this process. */
  @Nullable String target() {
    return target;
  }

  /** How long each answer may take. */
  Duration deadline() {
    return deadline;
  }

  /**
   * How the server is reached.
   *
   * @throws ChannelOptions.UsageException if there is none, or an option is wrong
   */
  PlannerClientBuilder builder() throws ChannelOptions.UsageException {
    if (target == null) {
      throw new ChannelOptions.UsageException("say which server: --target HOST:PORT");
    }
    return channel.builder(target, deadline);
  }

  /** Asks about every file, whatever becomes of the others, and returns the highest exit code. */
  int askAbout(List<String> files, Question question) {
    return connect(client -> askAbout(files, question, client));
  }

  /** Connects to the planner, and returns the exit code of what is done with it. */
  int connect(ToIntFunction<PlannerClient> use) {
    if (target == null) {
      try {
        channel.requireUnused();
      } catch (ChannelOptions.UsageException e) {
        return refuse(e.getMessage());
      }
      try (EmbeddedPlanner planner = embeddedPlanner.get();
          PlannerClient client = PlannerClient.over(planner.channel(), deadline)) {
        return use.applyAsInt(client);
      }
    }
    PlannerClient remote;
    try {
      remote = builder().build();
    } catch (ChannelOptions.UsageException e) {
      return refuse(e.getMessage());
    } catch (IllegalArgumentException e) {
      return refuse("'" + target + "' is not a host:port: " + e.getMessage());
    }
    try (remote) {
      return use.applyAsInt(remote);
    }
  }

  /** Says that the command cannot be followed, and returns the exit code. */
  int refuse(@Nullable String message) {
    err.println("planner " + command + ": " + message);
    return ExitCode.USAGE;
  }

  private int askAbout(List<String> files, Question question, PlannerClient client) {
    int exitCode = ExitCode.PLANNED;
    for (String file : files) {
      exitCode = Math.max(exitCode, askAbout(new RequestFile(file), question, client));
      out.flush();
      err.flush();
    }
    return exitCode;
  }

  private int askAbout(RequestFile file, Question question, PlannerClient client) {
    try {
      question.ask(client, file);
      return ExitCode.PLANNED;
    } catch (RequestFile.UnreadableException e) {
      complain(file.displayName(), e.getMessage());
      return ExitCode.USAGE;
    } catch (PlannerException e) {
      return complain(file.displayName(), e);
    }
  }

  /** Says why there is no answer about a subject, and returns the exit code. */
  int complain(String subject, PlannerException e) {
    if (e instanceof PlannerException.InvalidRequest invalid && !invalid.faults().isEmpty()) {
      for (PlannerException.Fault fault : invalid.faults()) {
        complain(
            subject,
            fault.field().isEmpty()
                ? fault.description()
                : fault.field() + ": " + fault.description());
      }
    } else if (e instanceof PlannerException.InvalidRequest) {
      complain(subject, e.getMessage());
    } else if (e instanceof PlannerException.Unreachable) {
      complain(subject, "the planner cannot be reached: " + e.getMessage());
      return ExitCode.UNREACHABLE;
    } else if (e instanceof PlannerException.DeadlineExceeded) {
      complain(subject, "no answer within the deadline: " + e.getMessage());
      return ExitCode.UNREACHABLE;
    } else {
      complain(subject, e.code() + ": " + e.getMessage());
    }
    return ExitCode.REFUSED;
  }

  private void complain(String subject, @Nullable String what) {
    (subject + ": " + what).lines().map(Text::printable).forEach(err::println);
  }
}
