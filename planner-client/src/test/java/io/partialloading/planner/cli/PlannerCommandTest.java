// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.partialloading.planner.show.Text;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerCommandTest {
  /** Answers with what was asked: the label and the algorithm. */
  private static final Function<PlanRequest, PlanResponse> ECHO =
      request ->
          PlanResponse.newBuilder()
              .setLabel(request.getLabel())
              .setAlgorithm(request.getOptions().getAlgorithm())
              .build();

  private static final Function<PlanRequest, PlanResponse> NEVER =
      request -> {
        throw new AssertionError("not to be planned");
      };

  @TempDir private Path folder;

  @Test
  void plan_jsonOutput_printsOneLineForEachInput() throws Exception {
    Result result =
        Result.of(ECHO, "{\"label\": \"c\"}", "plan", "--output=json", file("a"), file("b"), "-");
    assertEquals(
        new Result(0, "{\"label\":\"a\"}\n{\"label\":\"b\"}\n{\"label\":\"c\"}\n", ""), result);
  }

  @Test
  void plan_binaryFile_isReadByItsEnding() throws Exception {
    Path binary = folder.resolve("request.binpb");
    Files.write(binary, PlanRequest.newBuilder().setLabel("binary").build().toByteArray());
    assertEquals(
        new Result(0, "{\"label\":\"binary\"}\n", ""),
        Result.of(ECHO, "", "plan", "--output", "json", binary.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"partial-loading-spec", "PARTIAL_LOADING_SPEC", "Partial-Loading_Spec"})
  void plan_algorithm_isSpelledInAnyCaseWithEitherHyphen(String name) throws Exception {
    assertEquals(
        new Result(0, "{\"label\":\"a\",\"algorithm\":\"ALGORITHM_PARTIAL_LOADING_SPEC\"}\n", ""),
        Result.of(ECHO, "", "plan", "--output=json", "--algorithm", name, file("a")));
  }

  @Test
  void plan_sensitivity_isAskedFor() throws Exception {
    assertEquals(
        new Result(0, "{\"servedUserCount\":1}\n", ""),
        Result.of(
            request ->
                PlanResponse.newBuilder()
                    .setServedUserCount(request.getOptions().getSensitivity() ? 1 : 0)
                    .build(),
            "{}",
            "plan",
            "--output=json",
            "--sensitivity",
            "-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec", "unspecified", "unrecognized", ""})
  void plan_unknownAlgorithm_isWrongUsage(String name) throws Exception {
    Result result = Result.of(ECHO, "", "plan", "--algorithm=" + name, file("a"));
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertTrue(result.err().contains("is not one of adaptive, partial-loading-spec,"), result::err);
  }

  @Test
  void algorithmName_ofEveryAlgorithm_readsBack() {
    AlgorithmName names = new AlgorithmName();
    for (String name : names) {
      assertEquals(name, Text.bareName(names.convert(name), "ALGORITHM_"));
    }
    assertEquals(Algorithm.ALGORITHM_ADAPTIVE, names.convert("adaptive"));
  }

  @Test
  void plan_invalidRequest_printsEveryFaultAndPlansTheRest() throws Exception {
    Result result =
        Result.of(
            request -> {
              if (request.getLabel().equals("bad")) {
                throw invalid("latency_budget", "must be above 0", "edge_server", "is missing");
              }
              return ECHO.apply(request);
            },
            "",
            "plan",
            "--output=json",
            file("bad"),
            file("good"));
    String bad = folder.resolve("bad.json").toString();
    assertEquals(
        new Result(
            ExitCode.REFUSED,
            "{\"label\":\"good\"}\n",
            bad + ": latency_budget: must be above 0\n" + bad + ": edge_server: is missing\n"),
        result);
  }

  @Test
  void plan_refusedByTheAlgorithm_saysWhy() throws Exception {
    Result result =
        Result.of(
            request -> {
              throw Status.FAILED_PRECONDITION.withDescription("too nested").asRuntimeException();
            },
            "{}",
            "plan",
            "-");
    assertEquals(
        new Result(ExitCode.REFUSED, "", "<stdin>: FAILED_PRECONDITION: too nested\n"), result);
  }

  @Test
  void plan_unknownField_isUnreadableAndNamed() throws Exception {
    Result result = Result.of(ECHO, "{\"latencyBugdet\": \"1s\"}", "plan", "-");
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            "<stdin>: line 1, column 2: latencyBugdet: no such field; did you mean"
                + " latencyBudget?\n"),
        result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"latencyBudget\": 1.5}", "{} {", "\u0000"})
  void plan_brokenJson_isUnreadableInOneLine(String json) throws Exception {
    Result result = Result.of(ECHO, json, "plan", "-");
    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @Test
  void plan_severalRequestsInAFile_plansEach() throws Exception {
    String several = "{\"label\": \"a\"}\n{\n  \"label\": \"b\"\n}{\"label\": \"c\"}";
    Path file = Files.writeString(folder.resolve("several.json"), several);
    Result expected =
        new Result(0, "{\"label\":\"a\"}\n{\"label\":\"b\"}\n{\"label\":\"c\"}\n", "");
    assertEquals(expected, Result.of(ECHO, "", "plan", "--output=json", file.toString()));
    assertEquals(expected, Result.of(ECHO, several, "plan", "--output=json", "-"));
  }

  @Test
  void plan_wrongRequestsAmongSeveral_areToldByNumberAndTheRestIsPlanned() throws Exception {
    Function<PlanRequest, PlanResponse> planner =
        request -> {
          if (request.getLabel().equals("bad")) {
            throw invalid("latency_budget", "must be above 0");
          }
          return ECHO.apply(request);
        };
    String several =
        """
        {"label": "bad"}
        {"label": "a"}
        {"label": 1.5, "labl": "x", "options": []}

        {"label": "b"
        {"label": "c"}
        """;
    Path file = Files.writeString(folder.resolve("several.json"), several);
    String told =
        """
        FILE, number 1 at line 1: latency_budget: must be above 0
        FILE, number 3 at line 3: line 3, column 16: labl: no such field; did you mean label?
        FILE, number 3 at line 3: line 3, column 40: options: a list is not an object in braces
        FILE, number 4 at line 5: line 6, column 1: expected ',' or '}', found '{'
        """;
    String planned = "{\"label\":\"a\"}\n{\"label\":\"c\"}\n";
    assertEquals(
        new Result(ExitCode.USAGE, planned, told.replace("FILE", file.toString())),
        Result.of(planner, "", "plan", "--output=json", file.toString()));
    assertEquals(
        new Result(
            ExitCode.USAGE,
            planned,
            told.replace("FILE, number 1 at line 1", "<stdin>").replace("FILE", "<stdin>")),
        Result.of(planner, several, "plan", "--output=json", "-"));
  }

  /** A program may send its next request when it has the answer to the one before. */
  @Test
  void plan_requestsThatComeOneByOne_areAnsweredOneByOne() {
    StringWriter out = new StringWriter();
    List<Integer> answersBeforeRead = new ArrayList<>();
    Iterator<String> requests =
        List.of("{\"label\": \"a\"}\n", "{\"label\": \"b\"}", "\n{\"label\": \"c\"}").iterator();
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            answersBeforeRead.add((int) out.toString().lines().count());
            if (!requests.hasNext()) {
              return -1;
            }
            byte[] request = requests.next().getBytes(UTF_8);
            System.arraycopy(request, 0, bytes, offset, request.length);
            return request.length;
          }
        };
    int exitCode =
        new PlannerCommand(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                in,
                () -> EmbeddedPlanner.start(new FakePlanner(ECHO)))
            .run("plan", "--output=json", "-");
    assertEquals(0, exitCode);
    assertEquals(List.of(0, 1, 2, 3), answersBeforeRead);
  }

  @Test
  void plan_inputThatBreaksOff_isToldOnceAfterWhatCameBefore() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream("{\"label\": \"a\"}\n{\"label".getBytes(UTF_8)), broken);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new PlannerCommand(
                new PrintWriter(out),
                new PrintWriter(err),
                in,
                () -> EmbeddedPlanner.start(new FakePlanner(ECHO)))
            .run("plan", "--output=json", "-");
    assertEquals(ExitCode.USAGE, exitCode);
    assertEquals(List.of("{\"label\":\"a\"}"), out.toString().lines().toList());
    assertEquals(
        List.of("<stdin>: cannot be read: the disk is gone"), err.toString().lines().toList());
  }

  @Test
  void plan_timelineOfSeveralRequestsInAFile_isOfTheFirst() throws Exception {
    Path drawing = folder.resolve("plan.svg");
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "{\"label\":\"a\"}\n{\"label\":\"b\"}\n{\"label\":\"c\"}\n",
            drawing + ": shows the first plan; there are more\n"),
        Result.of(
            ECHO,
            "{\"label\":\"a\"} {\"label\":\"b\"} {\"label\":\"c\"}",
            "plan",
            "--output=json",
            "--timeline=" + drawing,
            "-"));
    assertTrue(Files.readString(drawing).contains(">a</text>"));
  }

  @Test
  void plan_modelThatIsNone_isToldWithTheOneThatWasMeant() throws Exception {
    String json =
        """
        {"blockLibrary": {"models": [{"id": "assistant"}, {"id": "translator"}]},
         "userSnapshot": {"users": [{"id": "u", "modelId": "transaltor"}, {"id": "v", "modelId": "x"}]}}
        """;
    Result result =
        Result.of(
            request -> {
              throw invalid(
                  "user_snapshot.users[0].model_id", "\"transaltor\" is not a model",
                  "user_snapshot.users[1].model_id", "\"x\" is not a model",
                  "user_snapshot.users[9].model_id", "is far off");
            },
            json,
            "plan",
            "-");
    assertEquals(
        new Result(
            ExitCode.REFUSED,
            "",
            """
            <stdin>: user_snapshot.users[0].model_id: "transaltor" is not a model; did you mean translator?
            <stdin>: user_snapshot.users[1].model_id: "x" is not a model
            <stdin>: user_snapshot.users[9].model_id: is far off
            """),
        result);
  }

  @Test
  void plan_durationInMilliseconds_isPlanned() {
    Result result = Result.of("", "plan", "--output=json", field("duration-in-ms.json"));
    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(1, result.json().get("servedUserCount").getAsInt());
  }

  @Test
  void plan_bareMinusInfinity_isNamedWithItsPlaceAndWhatToWrite() {
    String file = field("bare-minus-infinity.json");
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            file
                + ": line 43, column 21: channelState.userChannels[0].uplinkSinrDb: -Infinity is"
                + " not a number in JSON; write \"-Infinity\", in quotes\n"),
        Result.of(NEVER, "", "plan", file));
  }

  @Test
  void plan_fractionalMcs_isAskedForAsAMean() {
    Result result =
        Result.of(
            request -> labelled(request.getChannelState().getUserChannels(0).toString().strip()),
            "",
            "plan",
            "--output=json",
            field("mean-mcs.json"));
    assertEquals(
        "user_id: \"u1\"\nmean_uplink_mcs: 18.6", result.json().get("label").getAsString());
  }

  @Test
  void plan_twoRequests_areBothPlanned() {
    Result result = Result.of("", "plan", "--output=json", field("two-requests.ndjson"));
    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(2, result.out().lines().count());
    assertTrue(result.out().lines().allMatch(line -> line.contains("\"servedUserCount\":1,")));
  }

  @Test
  void plan_textInBinaryFile_isUnreadable() throws Exception {
    Path binary = folder.resolve("text.binpb");
    Files.writeString(binary, "{\"label\": \"a\"}");
    Result result = Result.of(ECHO, "", "plan", binary.toString());
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertEquals(binary + ": not a binary PlanRequest, or not all of it\n", result.err());
  }

  @Test
  void plan_missingFile_isUnreadableAndTheRestIsPlanned() throws Exception {
    String missing = folder.resolve("missing.json").toString();
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "{\"label\":\"a\"}\n",
            missing + ": cannot be read: no such file or directory\n"),
        Result.of(ECHO, "", "plan", "--output=json", missing, file("a")));
  }

  @Tag("socket")
  @Test
  void plan_withoutServerAtTheTarget_isUnreachable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    Result result = Result.of(ECHO, "{}", "plan", "--target", "127.0.0.1:" + port, "-");
    assertEquals(ExitCode.UNREACHABLE, result.exitCode(), result::toString);
    assertTrue(result.err().startsWith("<stdin>: the planner cannot be reached: "), result::err);
  }

  @Tag("socket")
  @Test
  void plan_withTarget_asksThatServer() throws Exception {
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new FakePlanner(request -> labelled("from afar")))
            .build()
            .start();
    try {
      assertEquals(
          new Result(0, "{\"label\":\"from afar\"}\n", ""),
          Result.of(
              ECHO, "{}", "plan", "--output=json", "--target=127.0.0.1:" + server.getPort(), "-"));
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void plan_messageWithWhatNobodySees_isPrintedWithoutIt() {
    Result result =
        Result.of(
            request -> {
              throw Status.INTERNAL.withDescription("a\u202eb\u001b[2J").asRuntimeException();
            },
            "{}",
            "plan",
            "-");
    assertEquals(ExitCode.REFUSED, result.exitCode());
    assertTrue(result.err().contains("a?b?[2J"), result::err);
  }

  @Test
  void plan_withoutAnswerInTime_isUnreachable() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Result result =
        Result.of(
            request -> {
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return labelled("late");
            },
            "{}",
            "plan",
            "--deadline=50ms",
            "-");
    done.countDown();
    assertEquals(ExitCode.UNREACHABLE, result.exitCode(), result::toString);
    assertTrue(result.err().startsWith("<stdin>: no answer within the deadline"), result::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plan",
        "blan",
        "plan --output=xml -",
        "plan --deadline=0s -",
        "plan --deadline=5 -",
        "plan --target=:::: -",
        "analyze",
        "analyze --output=xml -",
        "analyze --target=:::: -",
        "generate",
        "generate --scenario=other",
        "generate --scenario=general --users=-1",
        "generate --scenario=general --models=0",
        "generate --scenario=general --sharing=101",
        "generate --scenario=general --bandwidth-mhz=0",
        "generate --scenario=general --budget=fast",
        "generate --scenario=general --output=no/such/folder/request.json",
      })
  void run_withWrongUsage_saysSoAndPrintsNothing(String line) throws Exception {
    Result result = Result.of(ECHO, "{}", line.isEmpty() ? new String[0] : line.split(" "));
    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertEquals("", result.out());
    assertTrue(!result.err().isBlank() && !result.err().contains("\tat "), result::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "plan --help",
        "analyze --help",
        "generate --help",
        "evaluate --help"
      })
  void run_askedForHelp_prints(String line) throws Exception {
    Result result = Result.of(ECHO, "", line.split(" "));
    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    assertTrue(result.out().lines().allMatch(l -> l.length() <= 100), result::out);
  }

  @Test
  void plan_tableWithoutUsers_saysSo() throws Exception {
    Result result =
        Result.of(
            request -> labelled("night").toBuilder().setAlgorithmValue(1).build(),
            "{\"latencyBudget\": \"0.7s\"}",
            "plan",
            "-");
    assertEquals(
        """
        night
          served      nobody: no users are waiting
          completion  0.00 of 700.00 ms, 700.00 to spare
          algorithm   adaptive
          sharing     not stated
          planned in  0 ns

        """,
        result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan.png", "plan", "svg", "plan.svg.gz"})
  void plan_timelineOfAnotherEnding_isWrongUsageBeforePlanning(String name) throws Exception {
    Path drawing = folder.resolve(name);
    Result result = Result.of(NEVER, "", "plan", "--timeline", drawing.toString(), file("a"));
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertTrue(result.err().contains("does not end in .svg or .html"), result::err);
    assertTrue(result.err().contains(name), result::err);
    assertFalse(Files.exists(drawing));
  }

  @Test
  void plan_timelineOfSeveralRequests_isWrongUsageBeforePlanning() throws Exception {
    Path drawing = folder.resolve("plan.svg");
    Result result = Result.of(NEVER, "", "plan", file("a"), file("b"), "--timeline=" + drawing);
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "",
            "planner plan: --timeline draws one plan, and there are 2 FILEs\n"
                + "Try 'planner plan --help'.\n"),
        result);
    assertFalse(Files.exists(drawing));
  }

  @Test
  void plan_timelineThatCannotBeWritten_printsThePlanAndSaysSo() throws Exception {
    Path noFolder = folder.resolve("none").resolve("plan.svg");
    assertEquals(
        new Result(
            ExitCode.USAGE,
            "{\"label\":\"a\"}\n",
            noFolder + ": cannot be written: no such file or directory\n"),
        Result.of(ECHO, "", "plan", "--output=json", "--timeline=" + noFolder, file("a")));

    Path notAFile = Files.createDirectory(folder.resolve("plan.html"));
    Result result =
        Result.of(ECHO, "", "plan", "--output=json", "--timeline=" + notAFile, file("a"));
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertTrue(result.err().startsWith(notAFile + ": cannot be written: "), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @Test
  void plan_timeline_isDrawnInTheFormOfItsEndingOverWhatWasThere() throws Exception {
    Path drawing = folder.resolve("plan.SVG");
    Path page = folder.resolve("plan.html");
    Files.writeString(drawing, "old");
    for (Path path : new Path[] {drawing, page}) {
      assertEquals(
          new Result(0, "{\"label\":\"from standard input\"}\n", ""),
          Result.of(
              ECHO,
              "{\"label\": \"from standard input\"}",
              "plan",
              "--output=json",
              "--timeline=" + path,
              "-"));
    }
    assertTrue(Files.readString(drawing).startsWith("<svg "));
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
    assertTrue(Files.readString(drawing).contains(">from standard input</text>"));
    assertTrue(Files.readString(page).contains(Files.readString(drawing)));
  }

  @Test
  void plan_timelineOfARefusedRequest_isNotDrawn() throws Exception {
    Path drawing = folder.resolve("plan.svg");
    Result result =
        Result.of(
            request -> {
              throw invalid("latency_budget", "must be above 0");
            },
            "{}",
            "plan",
            "--timeline=" + drawing,
            "-");
    assertEquals(
        new Result(ExitCode.REFUSED, "", "<stdin>: latency_budget: must be above 0\n"), result);
    assertFalse(Files.exists(drawing));
  }

  @Test
  void generate_toStandardOutput_isARequestThatPlanReads() throws Exception {
    Result generated =
        Result.of(
            ECHO, "", "generate", "--scenario=general", "--seed=4", "--users=5", "--models=3");
    assertEquals(0, generated.exitCode());
    PlanRequest.Builder request = PlanRequest.newBuilder();
    JsonFormat.parser().merge(generated.out(), request);
    assertEquals(5, request.getUserSnapshot().getUsersCount());
    assertEquals(3, request.getBlockLibrary().getModelsCount());
    assertEquals(
        new Result(0, "{\"label\":\"general seed 4\"}\n", ""),
        Result.of(ECHO, generated.out(), "plan", "--output=json", "-"));
  }

  @Test
  void generate_toFiles_writesTheSameRequestInBothForms() throws Exception {
    String[] options = {
      "generate", "--scenario=bottom-layer", "--bandwidth-mhz=10", "--budget=1.5s", "--sharing=90"
    };
    Path json = folder.resolve("request.json");
    Path binary = folder.resolve("request.binpb");
    for (Path path : new Path[] {json, binary}) {
      String[] args = Arrays.copyOf(options, options.length + 1);
      args[options.length] = "--output=" + path;
      assertEquals(new Result(0, "", ""), Result.of(ECHO, "", args));
    }
    PlanRequest.Builder fromJson = PlanRequest.newBuilder();
    JsonFormat.parser().merge(Files.readString(json), fromJson);
    assertEquals(PlanRequest.parseFrom(Files.readAllBytes(binary)), fromJson.build());
    assertEquals(10e6, fromJson.getChannelState().getBandwidthHz());
    assertEquals(Durations.fromMillis(1500), fromJson.getLatencyBudget());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bottom-layer", "general"})
  void generate_withSeed1_givesTheExample(String scenario) throws Exception {
    assertEquals(
        Files.readString(Path.of("examples/paper-" + scenario + ".json")),
        Result.of(ECHO, "", "generate", "--scenario", scenario, "--seed=1").out());
  }

  private static PlanResponse labelled(String label) {
    return PlanResponse.newBuilder().setLabel(label).build();
  }

  private static RuntimeException invalid(String... fieldsAndDescriptions) {
    BadRequest.Builder details = BadRequest.newBuilder();
    for (int i = 0; i < fieldsAndDescriptions.length; i += 2) {
      details.addFieldViolations(
          FieldViolation.newBuilder()
              .setField(fieldsAndDescriptions[i])
              .setDescription(fieldsAndDescriptions[i + 1]));
    }
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.INVALID_ARGUMENT.value())
            .setMessage("faults")
            .addDetails(Any.pack(details.build()))
            .build());
  }

  /** The name of a request as it came from the field. */
  private static String field(String name) {
    return "src/test/resources/field/" + name;
  }

  /** The name of a file whose request has a label and nothing else. */
  private String file(String label) throws IOException {
    Path path = folder.resolve(label + ".json");
    Files.writeString(path, "{\"label\": \"" + label + "\"}");
    return path.toString();
  }
}
