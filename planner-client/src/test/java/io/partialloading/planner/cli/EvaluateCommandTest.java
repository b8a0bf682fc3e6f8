// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.evaluate.Curve;
import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.evaluate.Results;
import io.partialloading.planner.evaluate.Setting;
import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import io.partialloading.planner.show.Text;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  private static final Supplier<EmbeddedPlanner> REAL = EmbeddedPlanner::startInCallingThreads;

  @TempDir private Path folder;

  /** What the report was written from. */
  private final List<Results> reported = new ArrayList<>();

  @Test
  void evaluate_measuresAndReports() throws Exception {
    Result result = run(REAL, "--realisations=3", "--seed=2");
    assertEquals(ExitCode.PLANNED, result.exitCode(), result::toString);
    assertEquals(
        """
        Users served, averaged over each figure's settings; others in points against the first
          6a    adaptive 73.3 %, independent -18.3
          7d    adaptive 39.2 %, gen -1.7

          figure  users served, difference in points  paper  here
          6a      adaptive over independent            24.0  18.3

        12 plans checked: 0 infeasible, 0 served more than the adaptive plan, 0 more than a bound
        """,
        withoutLastLine(result.out()));
    assertEquals(
        List.of("2 settings, 12 plans to be made", "figure 6a done", "figure 7d done"),
        result.err().lines().toList());

    Results results = reported.get(0);
    assertEquals(List.of("6a", "7d"), results.figures().stream().map(Figure::id).toList());
    assertEquals(3, results.realisations());
    assertEquals(2, results.seed());
    assertEquals(
        "java -jar planner-client.jar evaluate --realisations=3 --seed=2", results.command());
    assertTrue(results.constants().contains("cell.radius-m"), results::constants);
    assertFalse(results.took().isZero());
    assertEquals(1 + 2, Files.readAllLines(folder.resolve("out/6a.csv")).size());
  }

  @Test
  void evaluate_again_usesWhatIsMeasured() throws Exception {
    run(REAL, "--realisations=2", "--figure=7d");
    String csv = Files.readString(folder.resolve("out/7d.csv"));
    Result again = run(REAL, "--realisations=2");
    assertEquals(ExitCode.PLANNED, again.exitCode(), again::toString);
    assertTrue(
        again.err().startsWith("2 settings, 1 of them measured before, 4 plans to be made"),
        again::err);
    assertEquals(csv, Files.readString(folder.resolve("out/7d.csv")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"7d|7d", "7d,6a|6a 7d", "all|6a 7d", "7d,all|6a 7d", "6a,6a|6a"})
  void evaluate_someFigures_measuresThem(String figures, String measured) throws Exception {
    run(REAL, "--realisations=1", "--figure", figures);
    assertEquals(
        Arrays.asList(measured.split(" ")),
        reported.get(0).figures().stream().map(Figure::id).toList());
  }

  @Test
  void evaluate_unknownFigure_namesThoseThereAre() throws Exception {
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            "planner evaluate: there is no figure '6z'; there are 6a, 7d and all\n"),
        run(REAL, "--figure=6a,6z"));
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void evaluate_list_namesTheFigures() throws Exception {
    assertEquals(
        new Result(0, "6a      Served users over 6a\n7d      Served users over 7d\n", ""),
        run(REAL, "--list"));
  }

  @Test
  void evaluate_printConstants_printsThePapersFile() throws Exception {
    Result result = run(REAL, "--print-constants");
    assertEquals(ExitCode.PLANNED, result.exitCode());
    assertTrue(result.out().contains("\nresnet18.compute-ms-per-sample    = 0.10\n"), result::out);
  }

  @Test
  void evaluate_withConstants_readsAndStatesThem() throws Exception {
    Path file = folder.resolve("my.properties");
    String mine = run(REAL, "--print-constants").out().replace("= 49152", "= 4915200");
    Files.writeString(file, mine);
    run(REAL, "--realisations=1");
    run(REAL, "--realisations=1", "--constants=" + file);
    assertEquals(mine, reported.get(1).constants());
    assertTrue(reported.get(1).command().endsWith(" --constants=" + file));
    assertNotEquals(reported.get(0).samples(), reported.get(1).samples());
  }

  @Test
  void evaluate_withConstantsOfAnOddName_statesACommandThatAShellTakes() throws Exception {
    Path file = folder.resolve("my cell's.properties");
    Files.writeString(file, run(REAL, "--print-constants").out());
    run(REAL, "--realisations=1", "--constants=" + file);
    String quoted = "'" + folder.resolve("my cell'\\''s.properties") + "'";
    String command = reported.get(0).command();
    assertTrue(command.endsWith(" --constants=" + quoted), command);
  }

  @Test
  void evaluate_withUnusableConstants_saysEveryFault() throws Exception {
    Path bad = folder.resolve("bad.properties");
    Files.writeString(bad, "cell.radius-m = none\nupload.bytes = 0\n");
    Result result = run(REAL, "--constants=" + bad);
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertTrue(result.err().lines().count() > 2, result::err);
    assertTrue(result.err().lines().allMatch(line -> line.startsWith(bad + ": ")), result::err);
    assertTrue(
        result.err().contains("cell.radius-m") && result.err().contains("upload.bytes"),
        result::err);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
    assertEquals(
        new Result(ExitCode.USAGE, "", binary + ": not UTF-8 text\n"),
        run(REAL, "--constants=" + binary));
    Path missing = folder.resolve("missing.properties");
    assertEquals(
        new Result(ExitCode.USAGE, "", missing + ": cannot be read: no such file or directory\n"),
        run(REAL, "--constants=" + missing));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--realisations=0",
        "--realisations=-1",
        "--realisations=many",
        "--realisations=100001",
        "--seed=x",
        "--figure=",
        "--target=::::",
        "--deadline=0s",
        "unexpected"
      })
  void evaluate_withWrongUsage_saysSoAndWritesNothing(String option) throws Exception {
    Result result = run(REAL, option);
    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertEquals("", result.out());
    assertTrue(!result.err().isBlank() && !result.err().contains("\tat "), result::err);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void evaluate_intoAFile_isUnwritable() throws Exception {
    Path file = folder.resolve("out");
    Files.writeString(file, "");
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            file + ": cannot be written: a file is in the place of the folder\n"),
        run(REAL, "--realisations=1"));
  }

  @Test
  void evaluate_reportThatCannotBeWritten_saysSo() throws Exception {
    Result result =
        run(
            REAL,
            parts(
                (results, out) -> {
                  throw new IOException("disk full");
                }),
            "--realisations=1");
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertTrue(result.err().endsWith("out: cannot be written: disk full\n"), result::err);
  }

  @Tag("socket")
  @Test
  void evaluate_withoutServerAtTheTarget_isUnreachable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    Result result = run(REAL, "--target=127.0.0.1:" + port);
    assertEquals(ExitCode.UNREACHABLE, result.exitCode(), result::toString);
    assertTrue(
        result.err().contains(", curve adaptive, seed ")
            && result.err().contains(": the planner cannot be reached: "),
        result::err);
    assertTrue(
        result
            .err()
            .endsWith(
                "planner evaluate: stopped; 0 of 2 settings are measured, and the same command"
                    + " goes on from there\n"),
        result::err);
    assertEquals("", result.out());
  }

  @Test
  void evaluate_refusedPlan_saysWhich() throws Exception {
    Result result =
        run(
            fake(
                request -> {
                  throw Status.FAILED_PRECONDITION.withDescription("no").asRuntimeException();
                }),
            "--realisations=1");
    assertEquals(ExitCode.REFUSED, result.exitCode());
    assertTrue(
        result.err().contains("setting 6a, curve adaptive, seed 1: FAILED_PRECONDITION: no\n"),
        result::err);
    assertEquals(List.of(), reported);
  }

  @Test
  void evaluate_adaptivePlanBeaten_reportsItAndFails() throws Exception {
    Result result =
        run(
            fake(
                request -> {
                  boolean adaptive =
                      request.getOptions().getAlgorithm() == Algorithm.ALGORITHM_ADAPTIVE;
                  PlanResponse.Builder plan = PlanResponse.newBuilder();
                  plan.setServedUserCount(adaptive ? 4 : 5).setServedUserUpperBound(5);
                  plan.getScheduleBuilder().getCompletionBuilder().setSeconds(adaptive ? 4 : 5);
                  return plan.build();
                }),
            "--realisations=2",
            "--figure=7d");
    assertEquals(ExitCode.REFUSED, result.exitCode());
    assertTrue(
        result
            .out()
            .contains(
                """
                4 plans checked: 0 infeasible, 2 served more than the adaptive plan, 0 more than a bound
                  setting 7d, curve gen, seed 1: serves 5 users, the adaptive plan 4
                  setting 7d, curve gen, seed 2: serves 5 users, the adaptive plan 4
                """),
        result::out);
    assertEquals(new Results.Checks(4, 0, 2, 0), reported.get(0).checks());
  }

  private void report(Results results, Path folder) {
    reported.add(results);
  }

  private Result run(Supplier<EmbeddedPlanner> planner, String... options) {
    return run(planner, parts(this::report), options);
  }

  private Result run(Supplier<EmbeddedPlanner> planner, EvaluationParts parts, String... options) {
    List<String> args = new ArrayList<>(List.of("evaluate", "--out=" + folder.resolve("out")));
    args.addAll(Arrays.asList(options));
    return Result.of(
        (out, err, in) -> new PlannerCommand(out, err, in, planner, planner, parts, Text.WIDTH),
        "",
        args.toArray(new String[0]));
  }

  private static String withoutLastLine(String text) {
    return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
  }

  private static EvaluationParts parts(EvaluationParts.ReportWriter report) {
    return new EvaluationParts(
        constants ->
            List.of(
                figure(
                    "6a",
                    SharingKind.BOTTOM_LAYER,
                    constants,
                    curve("independent", Algorithm.ALGORITHM_INDEPENDENT_LOADING),
                    new Figure.Claim("adaptive", "independent", 24)),
                figure(
                    "7d",
                    SharingKind.GENERAL,
                    constants,
                    curve("gen", Algorithm.ALGORITHM_PARTIAL_LOADING_GEN))),
        report,
        Duration.ZERO);
  }

  /** A figure of one setting with its id, of 40 users and ten models. */
  private static Figure figure(
      String id,
      SharingKind kind,
      ScenarioConstants constants,
      Curve other,
      Figure.Claim... claims) {
    PaperScenario scenario = new PaperScenario(kind, 40, 10, 100e6, Duration.ofMillis(150), 0.85);
    return new Figure(
        id,
        "Served users over " + id,
        "",
        "",
        Figure.Scale.LINEAR,
        List.of(new Setting(id, 1, seed -> scenario.realisation(constants, seed), 1000, false)),
        List.of(curve("adaptive", Algorithm.ALGORITHM_ADAPTIVE), other),
        List.of(claims));
  }

  private static Curve curve(String id, Algorithm algorithm) {
    return Curve.asking(id, id, PlanOptions.newBuilder().setAlgorithm(algorithm).build());
  }

  /**
   * A planner whose schedules all count as feasible, and serve as many users as they take seconds.
   */
  private static Supplier<EmbeddedPlanner> fake(Function<PlanRequest, PlanResponse> planner) {
    BindableService service =
        new PlannerServiceGrpc.PlannerServiceImplBase() {
          @Override
          public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
            new FakePlanner(planner).plan(request, observer);
          }

          @Override
          public void verifySchedule(
              VerifyScheduleRequest request, StreamObserver<VerifyScheduleResponse> observer) {
            observer.onNext(
                VerifyScheduleResponse.newBuilder()
                    .setFeasible(true)
                    .setServedUserCount((int) request.getSchedule().getCompletion().getSeconds())
                    .build());
            observer.onCompleted();
          }
        };
    return () -> EmbeddedPlanner.start(service);
  }
}
