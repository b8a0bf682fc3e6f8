// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Function;

/** What a command line has come to, its texts with the same ends of lines on every system. */
record Result(int exitCode, String out, String err) {
  /** Makes a command line of streams. */
  interface Maker {
    PlannerCommand make(PrintWriter out, PrintWriter err, InputStream in);
  }

  /** Runs a command of the real planner. */
  static Result of(String standardInput, String... args) {
    return of(PlannerCommand::new, standardInput, args);
  }

  /** Runs a command of a planner that answers so. */
  static Result of(
      Function<PlanRequest, PlanResponse> planner, String standardInput, String... args) {
    return of(
        (out, err, in) ->
            new PlannerCommand(out, err, in, () -> EmbeddedPlanner.start(new FakePlanner(planner))),
        standardInput,
        args);
  }

  static Result of(Maker command, String standardInput, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    InputStream in = new ByteArrayInputStream(standardInput.getBytes(UTF_8));
    int exitCode = command.make(new PrintWriter(out), new PrintWriter(err), in).run(args);
    return new Result(exitCode, text(out), text(err));
  }

  JsonObject json() {
    return JsonParser.parseString(out).getAsJsonObject();
  }

  private static String text(StringWriter writer) {
    return writer.toString().replace(System.lineSeparator(), "\n");
  }
}
