// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Message;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.client.PlannerClientBuilder;
import io.partialloading.planner.client.PlannerException;
import io.partialloading.planner.json.Suggestion;
import io.partialloading.planner.show.Text;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which planner to ask, and asking it about one input after another. */
final class PlannerConnection {
  /** What a command does with an input. */
  interface Question<T extends Message> {
    /**
     * Asks, and prints the answer.
     *
     * @throws PlannerException if there is no answer
     */
    void ask(PlannerClient planner, Named<T> input);
  }

  private static final Pattern MODEL_ID =
      Pattern.compile("(?:request\\.)?user_snapshot\\.users\\[([0-9]{1,9})]\\.model_id");

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

  /**
   * Asks about all that is in files, one after another as it is read and whatever becomes of the
   * others, and returns the highest exit code.
   */
  <T extends Message> int askAbout(List<String> files, Contents<T> contents, Question<T> question) {
    return connect(
        client ->
            files.stream()
                .mapToInt(file -> askAbout(new RequestFile(file), contents, question, client))
                .reduce(ExitCode.PLANNED, Math::max));
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

  private <T extends Message> int askAbout(
      RequestFile file, Contents<T> contents, Question<T> question, PlannerClient client) {
    int exitCode = ExitCode.PLANNED;
    try (Inputs<T> inputs = file.open(contents, in)) {
      while (inputs.hasNext()) {
        exitCode = Math.max(exitCode, askAboutNext(inputs, question, client));
      }
      return exitCode;
    } catch (UnreadableException e) {
      return complain(e);
    }
  }

  private <T extends Message> int askAboutNext(
      Inputs<T> inputs, Question<T> question, PlannerClient client) {
    try {
      return ask(inputs.next(), question, client);
    } catch (UnreadableException e) {
      return complain(e);
    }
  }

  /** Asks about one input, and returns the exit code. */
  <T extends Message> int ask(Named<T> input, Question<T> question, PlannerClient client) {
    try {
      question.ask(client, input);
      out.flush();
      return ExitCode.PLANNED;
    } catch (PlannerException e) {
      return complain(input, e);
    }
  }

  /** Says why something cannot be read, and returns the exit code. */
  int complain(UnreadableException e) {
    e.faults().stream().map(Text::printable).forEach(err::println);
    err.flush();
    return ExitCode.USAGE;
  }

  /** Says why there is no answer about an input, and returns the exit code. */
  int complain(Named<?> input, PlannerException e) {
    int exitCode = ExitCode.REFUSED;
    if (e instanceof PlannerException.InvalidRequest invalid && !invalid.faults().isEmpty()) {
      for (PlannerException.Fault fault : invalid.faults()) {
        complain(
            input.name(),
            (fault.field().isEmpty() ? "" : fault.field() + ": ")
                + fault.description()
                + suggestion(fault, input.message()));
      }
    } else if (e instanceof PlannerException.InvalidRequest) {
      complain(input.name(), e.getMessage());
    } else if (e instanceof PlannerException.Unreachable) {
      complain(input.name(), "the planner cannot be reached: " + e.getMessage());
      exitCode = ExitCode.UNREACHABLE;
    } else if (e instanceof PlannerException.DeadlineExceeded) {
      complain(input.name(), "no answer within the deadline: " + e.getMessage());
      exitCode = ExitCode.UNREACHABLE;
    } else {
      complain(input.name(), e.code() + ": " + e.getMessage());
    }
    err.flush();
    return exitCode;
  }

  /**
   * Which model of the library was meant by a user whose model is none; empty if that is unclear.
   */
  private static String suggestion(PlannerException.Fault fault, Message asked) {
    Matcher matcher = MODEL_ID.matcher(fault.field());
    if (!(asked instanceof PlanRequest request) || !matcher.matches()) {
      return "";
    }
    int user = Integer.parseInt(matcher.group(1));
    return user >= request.getUserSnapshot().getUsersCount()
        ? ""
        : Suggestion.of(
            request.getUserSnapshot().getUsers(user).getModelId(),
            request.getBlockLibrary().getModelsList().stream().map(Model::getId).toList());
  }

  private void complain(String subject, @Nullable String what) {
    (subject + ": " + what).lines().map(Text::printable).forEach(err::println);
  }
}
