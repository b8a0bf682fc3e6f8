// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules through the command line and the service that it embeds. */
class VerifyCommandTest {
  private static final String LORA = "examples/lora.json";

  private static final String FEASIBLE =
      """
      one base model, three adapters
        feasible    yes, keeps every constraint
        served      4 of 6 users
        completion  793.00 of 850.00 ms, 57.00 to spare

      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {LORA, "examples/paper-bottom-layer.json", "examples/paper-general.json"})
  void verify_whatPlanPrints_isFeasible(String request) {
    String plan = Result.of("", "plan", "--output=json", request).out();

    Result result = Result.of(plan, "verify", request, "-");

    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(result.out().contains("  feasible    yes, keeps every constraint\n"), result::out);
  }

  @Test
  void verify_scheduleOrResponseInBothForms_givesTheSame() {
    PlanResponse plan = plan();
    String[] files = {
      json("response.json", plan),
      json("schedule.json", plan.getSchedule()),
      binary("response.binpb", plan),
      binary("schedule.binpb", plan.getSchedule())
    };
    for (String file : files) {
      assertEquals(new Result(0, FEASIBLE, ""), Result.of("", "verify", LORA, file), file);
    }
  }

  @Test
  void verify_requestFromStandardInput_isJudged() throws IOException {
    assertEquals(
        new Result(0, FEASIBLE, ""),
        Result.of(Files.readString(Path.of(LORA)), "verify", "-", json("plan.json", plan())));
  }

  @Test
  void verify_damagedSchedule_printsALineForEachViolation() {
    Result result =
        verifyDamaged(
            schedule -> {
              Batch.Builder second = schedule.getBatchesBuilder(1);
              second.getGrantsBuilder(0).setBandwidthFraction(1.25);
              second.clearLoadBlockIds();
              schedule.setCompletion(Durations.fromMillis(900));
            });

    assertEquals(
        new Result(
            ExitCode.REFUSED,
            """
            one base model, three adapters
              feasible    no, 7 violations
              served      4 of 6 users
              completion  791.40 of 850.00 ms, 58.60 to spare

              batch  user or block    violation                     by  what is wrong
                  2  user cleo        wrong upload rate      -25000000  upload rate stated as 1.0E8, is 1.25E8 bit/s
                  2  user cleo        fraction out of range       0.25  fraction 1.25 of the band is not above 0 and at most 1
                  2                   fractions exceed band       0.25  fractions add to 1.25 of the band
                  2  lora-translator  block not loaded        60000000  block 3 of 60000000 bytes must be loaded
                  2                   wrong time               1600000  upload stated as 8000000 ns, takes 6400000 ns
                all                   wrong time             107000000  completion stated as 900000000 ns, the last batch ends at 793000000 ns
                all                   budget exceeded         50000000  completes 50000000 ns after the latency budget

            """,
            ""),
        result);
  }

  @Test
  void verify_tooLate_saysByHowMuch() throws IOException {
    PlanResponse plan = plan();
    String hurried =
        Files.readString(Path.of(LORA))
            .replaceFirst("\"latencyBudget\": \"[^\"]*\"", "\"latencyBudget\": \"0.7s\"");

    Result result = Result.of(hurried, "verify", "-", json("plan.json", plan));

    assertEquals(ExitCode.REFUSED, result.exitCode(), result::toString);
    assertTrue(
        result.out().contains("  completion  793.00 of 700.00 ms, 93.00 too late\n"), result::out);
    assertTrue(
        result.out().contains("    all                 budget exceeded  93000000"), result::out);
  }

  @Test
  void verify_absurdTimes_arePrinted() {
    Result result =
        verifyDamaged(
            schedule ->
                schedule.getBatchesBuilder(0).getGrantsBuilder(0).setBandwidthFraction(1e-300));

    assertEquals(ExitCode.REFUSED, result.exitCode(), result::toString);
    assertTrue(result.out().contains(" too late\n"), result::out);
  }

  @Test
  void verify_controlCharacters_doNotReachTheTerminal() {
    Result result =
        verifyDamaged(schedule -> schedule.getBatchesBuilder(0).setModelId("a\u001b[2Jb\nc"));

    assertEquals(ExitCode.REFUSED, result.exitCode());
    assertTrue(result.out().contains("no model \"a?[2Jb?c\""), result::out);
  }

  @Test
  void verify_jsonOutput_isTheResponse() throws IOException {
    Result result = Result.of("", "verify", "--output=json", LORA, json("plan.json", plan()));

    assertEquals(1, result.out().lines().count());
    VerifyScheduleResponse.Builder judgement = VerifyScheduleResponse.newBuilder();
    JsonFormat.parser().merge(result.out(), judgement);
    assertTrue(judgement.getFeasible());
    assertEquals(plan().getSchedule(), judgement.getTimedSchedule());
  }

  @Test
  void verify_invalidRequest_printsEveryFault() {
    Result result =
        Result.of("{}", "verify", "-", json("schedule.json", Schedule.getDefaultInstance()));

    assertEquals(ExitCode.REFUSED, result.exitCode());
    assertTrue(result.err().startsWith("<stdin>: request.block_library: "), result::err);
    assertTrue(result.err().lines().count() > 3, result::err);
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{} {}",
        "{\"users\": 1}",
        "{\"algorithm\": \"ALGORITHM_ADAPTIVE\"}"
      })
  void verify_whatIsNoSchedule_isUnreadableInOneLine(String json) {
    Result result = Result.of(json, "verify", LORA, "-");

    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertTrue(result.err().startsWith("<stdin>: "), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertEquals("", result.out());
  }

  @Test
  void verify_severalRequests_takeAsManySchedules() throws IOException {
    String request = Files.readString(Path.of(LORA));
    String hurried =
        request.replaceFirst("\"latencyBudget\": \"[^\"]*\"", "\"latencyBudget\": \"700ms\"");
    Path requests = Files.writeString(folder.resolve("requests.json"), request + hurried + request);
    String plans = Result.of("", "plan", "--output=json", requests.toString()).out();
    assertEquals(3, plans.lines().count());

    Result judged = Result.of(plans, "verify", requests.toString(), "-");
    assertEquals(0, judged.exitCode(), judged::toString);
    assertEquals(3, judged.out().split("feasible    yes", -1).length - 1, judged::out);

    String first = plans.lines().findFirst().orElseThrow();
    Result late = Result.of(first + first + first, "verify", requests.toString(), "-");
    assertEquals(ExitCode.REFUSED, late.exitCode(), late::toString);
    assertEquals(2, late.out().split("feasible    yes", -1).length - 1, late::out);
    assertEquals(1, late.out().split("feasible    no", -1).length - 1, late::out);

    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            "<stdin>: holds 2 schedules for 3 requests; each request takes one, in the same"
                + " order\n"),
        Result.of(first + first, "verify", requests.toString(), "-"));
  }

  @Test
  void verify_anyInputThatIsWrong_isToldAndNothingIsJudged() throws IOException {
    Path requests =
        Files.writeString(
            folder.resolve("requests.json"), Files.readString(Path.of(LORA)) + "{\"labl\": 1}");

    Result result =
        Result.of("{\"batchs\": []} {\"label\": \"a\"}", "verify", requests.toString(), "-");

    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            """
            <stdin>: line 1, column 2: batchs: no such field; did you mean batches?
            <stdin>, number 2 at line 1: a PlanResponse without schedule
            """),
        result);
  }

  @Test
  void verify_missingFiles_areUnreadable() {
    String missing = folder.resolve("missing.json").toString();
    Result noSchedule = Result.of("", "verify", LORA, missing);
    Result noRequest = Result.of("{}", "verify", missing, "-");

    assertEquals(
        new Result(ExitCode.USAGE, "", missing + ": cannot be read: no such file or directory\n"),
        noSchedule);
    assertEquals(noSchedule, noRequest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"verify", "verify -", "verify - -", "verify a b c", "verify --output=xml - a"})
  void verify_withWrongUsage_saysSoAndPrintsNothing(String line) {
    Result result = Result.of("{}", line.split(" "));

    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertEquals("", result.out());
    assertTrue(result.err().contains("Try 'planner verify --help'."), result::err);
  }

  @Test
  void verify_help_fitsTheWidth() {
    Result result = Result.of("", "verify", "--help");

    assertEquals(0, result.exitCode());
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 100), result::out);
  }

  @Tag("socket")
  @Test
  void verify_withoutServerAtTheTarget_isUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }

    Result result = Result.of("{}", "verify", "--target=127.0.0.1:" + port, LORA, "-");

    assertEquals(ExitCode.UNREACHABLE, result.exitCode(), result::toString);
    assertTrue(result.err().startsWith(LORA + ": the planner cannot be reached: "), result::err);
  }

  private Result verifyDamaged(Consumer<Schedule.Builder> damage) {
    Schedule.Builder damaged = plan().getSchedule().toBuilder();
    damage.accept(damaged);
    return Result.of("", "verify", LORA, json("damaged.json", damaged.build()));
  }

  private static PlanResponse plan() {
    PlanResponse.Builder plan = PlanResponse.newBuilder();
    try {
      JsonFormat.parser().merge(Result.of("", "plan", "--output=json", LORA).out(), plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plan.build();
  }

  private String json(String name, Message message) {
    try {
      return Files.writeString(folder.resolve(name), JsonFormat.printer().print(message))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String binary(String name, Message message) {
    try {
      return Files.write(folder.resolve(name), message.toByteArray()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
