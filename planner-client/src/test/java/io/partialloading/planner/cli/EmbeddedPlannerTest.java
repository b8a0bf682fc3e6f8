// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.show.Text;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples through the command line and the service that it embeds. */
class EmbeddedPlannerTest {
  /** What examples/README.md works out by hand. */
  private static final String LORA_TABLE =
      """
      one base model, three adapters
        served      4 of 6 users; no plan serves more (proven)
        completion  793.00 of 850.00 ms, 57.00 to spare
        algorithm   adaptive
        sharing     bottom-layer
        planned in  ...

        batch  model       users  start ms  upload ms  load ms  compute ms  loaded MB  reused MB
            1  summarizer      1      0.00      10.00   615.00       30.00    2050.00       0.00
            2  translator      1    655.00       8.00    18.00       30.00      60.00    2000.00
            3  assistant       2    711.00      30.00    12.00       40.00      40.00    2000.00

        timeline, 9.66 ms a character: u upload, = load, c compute, | budget
                           0 ms                 200                 400                  600                  800
            1  summarizer  u================================================================ccc                    |
            2  translator                                                                      u==ccc              |
            3  assistant                                                                             uuu=cccc      |

        shares of the band
            1  eva 100.0%
            2  cleo 100.0%
            3  ana 33.3%, ben 66.7%

        blocks
            1  loads  base, lora-summarizer
            2  loads  lora-translator
               reuses base
            3  loads  lora-assistant
               reuses base

        left out
          out of reach:
            dan
          the budget would have to be longer to add them to this plan, by:
            finn 33.00 ms

      """;

  @Test
  void plan_loraExample_printsTheTable() {
    assertEquals(LORA_TABLE, withoutPlanningTime(plan("examples/lora.json")));
  }

  @Test
  void plan_inAnotherLocale_printsTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(LORA_TABLE, withoutPlanningTime(plan("examples/lora.json")));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"bottom-layer, 75", "general, 80"})
  void plan_paperExample_servesTheProvenOptimum(String scenario, int served) throws Exception {
    String json = plan("--output=json", "examples/paper-" + scenario + ".json");
    assertEquals(1, json.lines().count());
    PlanResponse.Builder response = PlanResponse.newBuilder();
    JsonFormat.parser().merge(json, response);
    assertEquals(served, response.getServedUserCount());
    assertEquals(Optimality.OPTIMALITY_PROVEN, response.getOptimality());
  }

  @Test
  void plan_stream_plansWithTheLastLibrary(@TempDir Path folder) throws Exception {
    PlanRequest.Builder request = PlanRequest.newBuilder();
    JsonFormat.parser().merge(Files.readString(Path.of("examples/lora.json")), request);
    Path bare = folder.resolve("bare.json");
    Files.writeString(
        bare, JsonFormat.printer().print(request.clearBlockLibrary().clearEdgeServer()));

    assertEquals(
        LORA_TABLE + LORA_TABLE,
        withoutPlanningTime(plan("--stream", "examples/lora.json", bare.toString())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bottom-layer", "general"})
  void plan_paperExample_fitsTheWidth(String scenario) {
    String table = plan("examples/paper-" + scenario + ".json");
    assertTrue(table.lines().allMatch(line -> line.length() <= Text.WIDTH), table);
  }

  @Test
  void plan_loraExample_drawsTheCommittedTimeline(@TempDir Path folder) throws Exception {
    Path drawing = folder.resolve("lora.svg");
    plan("examples/lora.json", "--timeline", drawing.toString());
    assertEquals(Files.readString(Path.of("examples/lora.svg")), Files.readString(drawing));
  }

  private static String plan(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "plan";
    System.arraycopy(args, 0, all, 1, args.length);
    Result result = Result.of("", all);
    assertEquals("", result.err());
    assertEquals(ExitCode.PLANNED, result.exitCode());
    return result.out();
  }

  private static String withoutPlanningTime(String table) {
    return table.replaceAll("planned in  .*", "planned in  ...");
  }
}
