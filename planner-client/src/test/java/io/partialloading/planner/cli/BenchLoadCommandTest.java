// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("socket")
class BenchLoadCommandTest {
  private static final String SHORT =
      "--rate=500 --arrivals=uniform --warm-up=1ms --duration=50ms ";
  private static final int SHORT_CALLS = 25;

  @TempDir private Path folder;
  private Server server;
  private int port;
  private volatile Function<PlanRequest, PlanResponse> answers =
      request -> PlanResponse.newBuilder().setLabel(request.getLabel()).build();

  @BeforeEach
  void start() throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(PlannerServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new FakePlanner(request -> answers.apply(request)))
            .addService(health.getHealthService())
            .build()
            .start();
    port = server.getPort();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void benchLoad_everyCallAnswered_isDone() {
    Result result = bench(SHORT + "--output=json --connections=2 --per-second -");
    assertEquals(ExitCode.PLANNED, result.exitCode(), result::toString);
    assertEquals("", result.err());
    JsonObject json = result.json();
    assertEquals(SHORT_CALLS, json.get("due").getAsInt());
    assertEquals(SHORT_CALLS, json.getAsJsonObject("codes").get("OK").getAsInt());
    assertEquals(SHORT_CALLS, json.getAsJsonObject("answered").get("calls").getAsInt());
    assertEquals(SHORT_CALLS, json.getAsJsonObject("madeLate").get("calls").getAsInt());
    JsonObject share = json.getAsJsonObject("servers").getAsJsonObject("127.0.0.1:" + port);
    assertEquals(SHORT_CALLS, share.get("calls").getAsInt());
    assertEquals(0, share.get("lastSecond").getAsInt());
    assertEquals(500, json.get("goodput").getAsDouble());
    assertEquals(1, json.getAsJsonArray("seconds").size());
    assertFalse(json.has("echo"));
  }

  @Test
  void benchLoad_table_hasTheSame() {
    Result result = bench(SHORT + "--per-second --echo -");
    assertEquals(ExitCode.PLANNED, result.exitCode(), result::toString);
    for (String part :
        new String[] {
          "  due         25 calls in 0.05 s, 500/s, uniform; warm-up 0.001 s before\n",
          "  answered    25 (100.00 %), 500.0/s\n",
          "  refused     0 (0.00 %)\n",
          "  failed      0 (0.00 %)\n",
          "  servers     127.0.0.1:" + port + " 25\n",
          "  latency, ms  calls",
          "  echo            25",
          "times the echo's\n",
          "  second  due  answered  refused  failed",
        }) {
      assertTrue(result.out().contains(part), () -> part + " is not in\n" + result.out());
    }
  }

  /** Requests take turns, so of 26 calls the first, for a, is the warm-up's, and 9 are for b. */
  @Test
  void benchLoad_someCallsRefusedOrFailed_saysHowMany() throws Exception {
    Set<String> planned = ConcurrentHashMap.newKeySet();
    answers =
        request -> {
          boolean first = planned.add(request.getLabel());
          if (!first && request.getLabel().equals("b")) {
            throw Status.RESOURCE_EXHAUSTED.withDescription("busy").asRuntimeException();
          }
          if (!first && request.getLabel().equals("c")) {
            throw Status.UNAVAILABLE.withDescription("gone").asRuntimeException();
          }
          return PlanResponse.getDefaultInstance();
        };
    Result result = bench(SHORT + "--no-retries " + file("a") + file("b") + file("c"));
    assertEquals(ExitCode.REFUSED, result.exitCode(), result::toString);
    assertTrue(result.out().contains("  answered    8 (32.00 %), 160.0/s\n"), result::out);
    assertTrue(result.out().contains("  refused     9 (36.00 %)\n"), result::out);
    assertTrue(result.out().contains("  failed      8 (32.00 %): UNAVAILABLE 8\n"), result::out);
    assertTrue(result.out().contains("    UNAVAILABLE: gone\n"), result::out);
  }

  @Test
  void benchLoad_withRetries_losesNoCall() {
    AtomicInteger calls = new AtomicInteger();
    answers =
        request -> {
          if (calls.getAndIncrement() % 10 == 1) {
            throw Status.UNAVAILABLE.asRuntimeException();
          }
          return PlanResponse.getDefaultInstance();
        };
    Result result = bench(SHORT + "-");
    assertEquals(ExitCode.PLANNED, result.exitCode(), result::toString);
    assertTrue(calls.get() > SHORT_CALLS + 2, calls::toString);
  }

  @Test
  void benchLoad_severalRequestsInAFile_takeTurns() throws Exception {
    Set<String> labels = ConcurrentHashMap.newKeySet();
    answers =
        request -> {
          labels.add(request.getLabel());
          return PlanResponse.getDefaultInstance();
        };
    Path file = folder.resolve("several.json");
    Files.writeString(file, "{\"label\": \"a\"}\n{\"label\": \"b\"}\n");
    assertEquals(ExitCode.PLANNED, bench(SHORT + file).exitCode());
    assertEquals(Set.of("a", "b"), labels);

    Files.writeString(file, "{\"labl\": \"a\"}\n{\"label\": \"b\"}\n{\"options\": 5}");
    Result wrong = bench(SHORT + file);
    assertEquals(ExitCode.USAGE, wrong.exitCode());
    assertEquals(
        List.of(
            "planner bench-load: "
                + file
                + ", number 1 at line 1: line 1, column 2: labl: no such field; did you mean label?",
            file
                + ", number 3 at line 3: line 3, column 13: options: 5 is not an object in braces"),
        wrong.err().lines().toList());
  }

  @Test
  void benchLoad_scenario_asksDifferentRequests() {
    Set<String> labels = ConcurrentHashMap.newKeySet();
    answers =
        request -> {
          labels.add(request.getLabel());
          return PlanResponse.getDefaultInstance();
        };
    assertEquals(ExitCode.PLANNED, bench(SHORT + "--scenario=general --requests=3").exitCode());
    assertEquals(Set.of("general seed 1", "general seed 2", "general seed 3"), labels);
  }

  @Test
  void benchLoad_echo_isAskedAsOften() {
    JsonObject echo = bench(SHORT + "--echo --output=json -").json().getAsJsonObject("echo");
    assertEquals(SHORT_CALLS, echo.getAsJsonObject("codes").get("OK").getAsInt());
    assertTrue(echo.get("medianRatio").getAsDouble() > 0);
  }

  @Test
  void benchLoad_findPeakThatIsNotThere_isRefused() {
    Result result =
        bench("--find-peak --p99=1ns --rate=4 --arrivals=uniform --warm-up=1ms --duration=1ms -");
    assertEquals(ExitCode.REFUSED, result.exitCode(), result::toString);
    assertTrue(result.out().startsWith("peak 0.0 calls/s"), result::out);
    assertEquals(6, result.err().lines().count(), result::err);
    assertTrue(result.err().lines().allMatch(line -> line.endsWith(": too much")), result::err);
  }

  @Test
  void benchLoad_findPeakAsJson_listsTheTrials() {
    JsonObject json =
        bench("--find-peak --p99=1ns --rate=2 --arrivals=uniform --duration=1ms --output=json -")
            .json();
    assertEquals(0, json.get("peakRate").getAsDouble());
    assertEquals(4, json.getAsJsonArray("trials").size());
    JsonObject trial = json.getAsJsonArray("trials").get(3).getAsJsonObject();
    assertEquals(1, trial.get("rate").getAsDouble());
    assertFalse(trial.get("borne").getAsBoolean());
  }

  @Test
  void benchLoad_requestThatCannotBePlanned_isRefusedBeforehand() {
    answers =
        request -> {
          throw Status.INVALID_ARGUMENT.withDescription("no users").asRuntimeException();
        };
    assertEquals(new Result(ExitCode.REFUSED, "", "<stdin>: no users\n"), bench("-"));
  }

  @Test
  void benchLoad_withoutServer_isUnreachable() throws Exception {
    server.shutdownNow().awaitTermination();
    Result result = bench("-");
    assertEquals(ExitCode.UNREACHABLE, result.exitCode(), result::toString);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"                                | say what to ask: either FILEs or --scenario",
        "- --scenario=general              | say what to ask: either FILEs or --scenario",
        "--scenario=general --requests=0   | --requests must be at least 1: 0",
        "missing.json                      | missing.json: cannot be read: no such file or directory",
        "- --find-peak                     | --find-peak and --p99 are of use only together",
        "- --p99=5ms                       | --find-peak and --p99 are of use only together",
        "- --find-peak --p99=5ms --echo    | --echo is of no use with --find-peak",
        "- --find-peak --p99=5ms --per-second | --per-second is of no use with --find-peak",
        "- --rate=0                        | the rate must be above 0 and at most 1000000 calls a second: 0.0",
        "- --duration=2h                   | '2h' is not a duration",
        "- --duration=61min                | the duration must be above 0 and at most 1 h: PT1H1M",
        "- --connections=0                 | --connections must be at least 1: 0",
        "- --max-under-way=0               | at least one call must be allowed under way: 0",
        "- --arrivals=bursty               | bursty",
        "- --scenario=square               | 'square' is neither bottom-layer nor general",
      })
  void benchLoad_wrongUsage_saysWhatIsWrong(String options, String message) {
    Result result = bench(options);
    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("planner bench-load: "), result::err);
    assertTrue(result.err().contains(message), result::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench-load -", "bench-load --tls-ca=ca.pem -"})
  void benchLoad_withoutTarget_isWrongUsage(String arguments) {
    assertEquals(
        new Result(
            ExitCode.USAGE, "", "planner bench-load: say which server: --target HOST:PORT\n"),
        run(arguments));
  }

  private String file(String label) throws IOException {
    return Files.writeString(folder.resolve(label), "{\"label\": \"" + label + "\"}") + " ";
  }

  private Result bench(String options) {
    return run("bench-load --target=127.0.0.1:" + port + " " + options);
  }

  private static Result run(String arguments) {
    return Result.of("{\"label\": \"in\"}", arguments.trim().split(" +"));
  }
}
