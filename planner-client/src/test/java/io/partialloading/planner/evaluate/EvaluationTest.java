// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.evaluate.FakeService.plan;
import static io.partialloading.planner.evaluate.TestFigures.ADAPTIVE;
import static io.partialloading.planner.evaluate.TestFigures.GEN;
import static io.partialloading.planner.evaluate.TestFigures.INDEPENDENT;
import static io.partialloading.planner.evaluate.TestFigures.figure;
import static io.partialloading.planner.evaluate.TestFigures.setting;
import static io.partialloading.planner.evaluate.TestFigures.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.partialloading.planner.client.PlannerException;
import io.partialloading.planner.v1.PlanResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // what is not there fails the test
class EvaluationTest {
  private static final Duration NO_WARM_UP = Duration.ZERO;
  private static final PlanResponse FIVE_SERVED = plan(5, 8);
  private static final Figure TWO_SETTINGS = figure("f", settings("a", "b"), ADAPTIVE, GEN);

  @TempDir private Path folder;

  /** Notes and figures finished, in their order. */
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void measure_drawsByTheSeedAndTheRealisation() throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      measure(service, campaign(1, 3, figure("f", settings("a"), ADAPTIVE)));
      assertEquals(Set.of("a 1", "a 2", "a 3"), service.labels());
      measure(service, campaign(3, 1, figure("f", settings("b"), ADAPTIVE)));
      assertTrue(service.labels().contains("b 2000001"), service.labels()::toString);
    }
  }

  @Test
  void measure_settingThatTakesLong_drawsFewer() throws Exception {
    Figure figure = figure("f", List.of(setting("a", 2, false)), ADAPTIVE);
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      Measured measured = measure(service, campaign(1, 50, figure));
      assertEquals(2, measured.samples().get("a").get("adaptive").realisations());
      assertEquals(2, service.plans());
    }
  }

  @Test
  void measure_settingOfSeveralFigures_isMeasuredOnceInAllWays() throws Exception {
    Campaign campaign =
        campaign(
            1,
            4,
            figure("f", settings("a", "b"), ADAPTIVE, GEN),
            figure("g", settings("b"), ADAPTIVE, INDEPENDENT));
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      Measured measured = measure(service, campaign);
      assertEquals(4 * (2 + 3), service.plans());
      assertEquals(4 * (2 + 3), measured.checks().plans());
      assertEquals(Set.of("adaptive", "gen", "independent"), measured.samples().get("b").keySet());
      assertEquals(Set.of("adaptive", "gen"), measured.samples().get("a").keySet());
    }
    assertEquals(List.of("begin 2 0 20", "f", "g", "end"), told);
    assertEquals(
        """
        figure,setting,x,curve,realisations,users,served,served_share,ci95_low,ci95_high,\
        upper_bound_share,proven_share,planning_mean_us,planning_median_us
        g,b,1.5,adaptive,4,40,20,0.500000,0.500000,0.500000,0.800000,0.000000,,
        g,b,1.5,independent,4,40,20,0.500000,0.500000,0.500000,0.800000,0.000000,,
        """,
        csv("g"));
  }

  @Test
  void measure_settingWithTwoDefinitions_isRefused() {
    Campaign campaign =
        campaign(
            1,
            4,
            figure("f", List.of(setting("a", 5, false)), ADAPTIVE),
            figure("g", List.of(setting("a", 6, false)), ADAPTIVE));
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      assertThrows(IllegalArgumentException.class, () -> measure(service, campaign));
    }
  }

  @Test
  void measure_timedSetting_statesTimesAfterWarmingUp() throws Exception {
    PlanResponse.Builder answer = FIVE_SERVED.toBuilder();
    answer.getPlanningTimeBuilder().setNanos(12_345);
    Figure figure = figure("f", List.of(setting("a", 2, true)), ADAPTIVE);
    try (FakeService service = FakeService.planning(request -> answer.build())) {
      measure(service, campaign(1, 2, figure));
      assertEquals(1 + 2, service.plans());
    }
    assertTrue(csv("f").endsWith(",12.345,12.345\n"), csv("f"));
  }

  @Test
  void measure_again_makesNoPlans() throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      Measured first = measure(service, campaign(1, 3, TWO_SETTINGS));
      service.plans();
      String csv = csv("f");
      Measured second = measure(service, campaign(1, 3, TWO_SETTINGS));
      assertEquals(0, service.plans());
      assertEquals(first, second);
      assertEquals(csv, csv("f"));
    }
    assertEquals(List.of("begin 2 0 12", "f", "end", "begin 2 2 0", "f", "end"), told);
  }

  @Test
  void measure_afterAFailure_goesOnWhereItWas() throws Exception {
    Campaign campaign = campaign(1, 3, figure("f", settings("a", "b", "c"), ADAPTIVE, GEN));
    try (FakeService service =
        FakeService.planning(
            request -> {
              if (request.getLabel().startsWith("c")) {
                throw Status.UNAVAILABLE.asRuntimeException();
              }
              return FIVE_SERVED;
            })) {
      MeasuringException failure =
          assertThrows(MeasuringException.class, () -> measure(service, campaign));
      assertInstanceOf(PlannerException.Unreachable.class, failure.reason());
      assertTrue(failure.getMessage().startsWith("setting c, curve adaptive, seed "));
    }
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      Measured measured = measure(service, campaign);
      assertEquals(3 * 2, service.plans());
      assertEquals(Set.of("c 1", "c 2", "c 3"), service.labels());
      assertEquals(3 * 3 * 2, measured.checks().plans());
    }
    assertEquals(List.of("begin 3 0 18", "end", "begin 3 2 6", "f", "end"), told);
  }

  @Test
  void measure_stopped_keepsWhatIsMeasured() throws Exception {
    SettingMeter meter = new SettingMeter(2, NO_WARM_UP);
    Campaign campaign = campaign(1, 3, TWO_SETTINGS);
    try (FakeService service =
        FakeService.planning(
            request -> {
              if (request.getLabel().equals("b 2")) {
                meter.stop();
              }
              return FIVE_SERVED;
            })) {
      Evaluation evaluation = new Evaluation(campaign, folder, meter, Progress.NONE);
      assertThrows(CancellationException.class, () -> evaluation.measure(service.client()));
      assertEquals(1, evaluation.measuredSettings());
      assertEquals(2, evaluation.settings());
    }
    assertEquals(Set.of("a.json"), names(folder.resolve("points")));
    assertFalse(Files.exists(folder.resolve("f.csv")));
  }

  @Test
  void measure_underOtherConditions_measuresAgain() throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      Campaign before = campaign(1, 3, TWO_SETTINGS);
      measure(service, before);
      List<Campaign> others =
          List.of(
              campaign(2, 3, TWO_SETTINGS),
              campaign(2, 2, TWO_SETTINGS),
              new Campaign(before.figures(), 2, 2, "other", "program", "planner"),
              new Campaign(before.figures(), 2, 2, "other", "newer", "planner"),
              new Campaign(before.figures(), 2, 2, "other", "newer", "elsewhere"));
      for (Campaign other : others) {
        service.plans();
        measure(service, other);
        assertEquals(2 * 2 * other.realisations(), service.plans());
      }
    }
    assertEquals(
        List.of(
            "measured again, for it has another seed: a and 1 more",
            "measured again, for it has another number of realisations: a and 1 more",
            "measured again, for it has other constants: a and 1 more",
            "measured again, for it has another version of the program: a and 1 more",
            "measured again, for it has another planner: a and 1 more"),
        told.stream().filter(line -> line.startsWith("measured")).toList());
  }

  @Test
  void measure_pointWithMoreCurves_isUsed_withFewerIsNot() throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      measure(service, campaign(1, 3, figure("f", settings("a"), ADAPTIVE, GEN)));
      service.plans();
      measure(service, campaign(1, 3, figure("g", settings("a"), GEN)));
      assertEquals(0, service.plans());
      measure(service, campaign(1, 3, figure("h", settings("a"), ADAPTIVE, INDEPENDENT)));
      assertEquals(3 * 2, service.plans());
    }
    assertTrue(told.contains("measured again, for it has other curves: a"), told::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"setting\": \"a\"}",
        "{\"setting\": \"a\", \"curves\": {}}",
        "\u0000"
      })
  void measure_damagedPoint_isMeasuredAgain(String damaged) throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      measure(service, campaign(1, 3, TWO_SETTINGS));
      service.plans();
      Files.writeString(folder.resolve("points/a.json"), damaged);
      measure(service, campaign(1, 3, TWO_SETTINGS));
      assertEquals(3 * 2, service.plans());
    }
    assertTrue(told.contains("measured again, for it has a damaged file: a"), told::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"setting", "conditions", "constants", "program", "curves", "checks"})
  void measure_pointThatLacksSomething_isMeasuredAgain(String missing) throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      measure(service, campaign(1, 3, TWO_SETTINGS));
      service.plans();
      Path point = folder.resolve("points/a.json");
      String text = Files.readString(point);
      String name = '"' + missing + '"';
      assertTrue(text.contains(name), text);
      Files.writeString(point, text.replace(name, "\"other\""));
      measure(service, campaign(1, 3, TWO_SETTINGS));
      assertEquals(3 * 2, service.plans());
    }
    assertTrue(told.contains("measured again, for it has a damaged file: a"), told::toString);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9, 0.99})
  void measure_pointCutShort_isMeasuredAgain(double part) throws Exception {
    try (FakeService service = FakeService.planning(request -> FIVE_SERVED)) {
      measure(service, campaign(1, 3, TWO_SETTINGS));
      service.plans();
      Path point = folder.resolve("points/b.json");
      String text = Files.readString(point);
      Files.writeString(point, text.substring(0, (int) (part * text.length())));
      measure(service, campaign(1, 3, TWO_SETTINGS));
      assertEquals(3 * 2, service.plans());
    }
  }

  @Test
  void measure_refusedPlan_saysWhich() {
    try (FakeService service =
        FakeService.planning(
            request -> {
              throw Status.FAILED_PRECONDITION.withDescription("no").asRuntimeException();
            })) {
      MeasuringException failure =
          assertThrows(
              MeasuringException.class,
              () -> measure(service, campaign(7, 1, TWO_SETTINGS), 1, NO_WARM_UP));
      assertEquals("setting a, curve adaptive, seed 6000001", failure.getMessage());
      assertInstanceOf(PlannerException.NotApplicable.class, failure.reason());
    }
  }

  @Test
  void campaign_withoutRealisations_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> campaign(1, 0, TWO_SETTINGS));
    assertThrows(IllegalArgumentException.class, () -> campaign(1, 100_001, TWO_SETTINGS));
  }

  @Test
  void conditions_ofOneCampaign_areEqual() {
    Campaign campaign = campaign(1, 3, TWO_SETTINGS);
    Setting first = TWO_SETTINGS.settings().get(0);
    assertEquals(campaign.conditionsOf(first), campaign.conditionsOf(first));
    assertNotEquals(campaign.conditionsOf(first), campaign(2, 3, TWO_SETTINGS).conditionsOf(first));
  }

  private static Campaign campaign(long seed, int realisations, Figure... figures) {
    return new Campaign(List.of(figures), realisations, seed, "constants", "program", "planner");
  }

  private Measured measure(FakeService service, Campaign campaign) throws IOException {
    return measure(service, campaign, 2, NO_WARM_UP);
  }

  private Measured measure(FakeService service, Campaign campaign, int workers, Duration warmUp)
      throws IOException {
    try (SettingMeter meter = new SettingMeter(workers, warmUp)) {
      return new Evaluation(campaign, folder, meter, new Told()).measure(service.client());
    }
  }

  private String csv(String figure) throws IOException {
    return Files.readString(folder.resolve(figure + ".csv"));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private final class Told implements Progress {
    @Override
    public void begin(int settings, int known, long plans) {
      told.add("begin " + settings + " " + known + " " + plans);
    }

    @Override
    public void note(String line) {
      told.add(line);
    }

    @Override
    public void finished(Figure figure) {
      told.add(figure.id());
    }

    @Override
    public void end() {
      told.add("end");
    }
  }
}
