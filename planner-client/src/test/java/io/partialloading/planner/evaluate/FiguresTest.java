// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.evaluate.Figure.Claim;
import io.partialloading.planner.evaluate.Figure.Scale;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final ScenarioConstants PAPER = ScenarioConstants.paper();
  private static final List<Figure> FIGURES = Figures.all(PAPER);

  @Test
  void figures_areThoseOfThePaperAndMore() {
    assertEquals(
        List.of(
            "6a", "6b", "6c", "6d", "7a", "7b", "7c", "7d", "8a", "8b", "8c", "8d", "9a", "9b",
            "slots", "prb", "hard", "lora"),
        FIGURES.stream().map(Figure::id).toList());
  }

  @Test
  void figures_sweepThePapersValues() {
    assertEquals(List.of(10.0, 50.0, 100.0, 200.0, 300.0, 400.0), axis("6a"));
    assertEquals(List.of(60.0, 70.0, 80.0, 90.0, 100.0), axis("7b"));
    assertEquals(List.of(500.0, 600.0, 700.0, 800.0, 900.0), axis("6c"));
    assertEquals(List.of(75.0, 80.0, 85.0, 90.0, 95.0), axis("7d"));
    assertEquals(List.of(1.0, 2.0, 5.0, 10.0, 20.0), axis("slots"));
  }

  @Test
  void figures_ofTheSameSweep_haveTheSameSettings() {
    assertEquals(settingIds("6a"), settingIds("8a"));
    assertEquals(settingIds("6b"), settingIds("8b"));
    assertEquals(settingIds("7a"), settingIds("8c"));
    assertEquals(settingIds("7b"), settingIds("8d"));
  }

  @Test
  void settings_haveTheSameId_ifAndOnlyIfTheyDrawTheSame() {
    Map<String, PlanRequest> byId = new HashMap<>();
    Map<String, Integer> mostById = new HashMap<>();
    for (Setting setting : settings()) {
      PlanRequest drawn = setting.draw().apply(1);
      assertEquals(drawn, byId.getOrDefault(setting.id(), drawn), setting.id());
      assertEquals(
          setting.mostRealisations(),
          mostById.getOrDefault(setting.id(), setting.mostRealisations()),
          setting.id());
      byId.put(setting.id(), drawn);
      mostById.put(setting.id(), setting.mostRealisations());
    }
    // Four sweeps of each kind meet in the default setting, which has an id in each.
    int meetings = 2 * (4 - 1);
    assertEquals(byId.size() - meetings, Set.copyOf(byId.values()).size());
  }

  @Test
  void settings_ofTheSameSeed_drawTheSame() {
    for (Setting setting : settings()) {
      assertEquals(setting.draw().apply(7), setting.draw().apply(7), setting.id());
      assertNotEquals(setting.draw().apply(7), setting.draw().apply(8), setting.id());
      assertTrue(setting.mostRealisations() >= 1, setting.id());
    }
  }

  @Test
  void curves_haveTheAdaptivePlannerFirst_andIdsThatAreTheirs() {
    Map<String, String> names = new HashMap<>();
    for (Figure figure : FIGURES) {
      assertEquals("adaptive", figure.curves().get(0).id(), figure.id());
      Set<String> ids = new HashSet<>();
      for (Curve curve : figure.curves()) {
        assertTrue(ids.add(curve.id()), figure.id());
        assertEquals(curve.name(), names.getOrDefault(curve.id(), curve.name()));
        names.put(curve.id(), curve.name());
      }
    }
    assertEquals(names.size(), Set.copyOf(names.values()).size());
  }

  @Test
  void claims_areAboutTheFiguresCurves() {
    for (Figure figure : FIGURES) {
      Set<String> curves = figure.curves().stream().map(Curve::id).collect(toSet());
      for (Claim claim : figure.claims()) {
        assertTrue(curves.contains(claim.better()), figure.id());
        assertTrue(curves.contains(claim.worse()), figure.id());
        assertNotEquals(claim.better(), claim.worse(), figure.id());
      }
    }
  }

  /** What the paper states about a figure, without our explanations. */
  private static List<Claim> stated(String id) {
    return figure(id).claims().stream()
        .map(claim -> new Claim(claim.better(), claim.worse(), claim.points()))
        .toList();
  }

  @Test
  void claims_areThoseOfThePaper() {
    assertEquals(
        List.of(new Claim("spec", "independent", 26), new Claim("gen", "independent", 21)),
        stated("6d"));
    assertEquals(List.of(new Claim("gen", "independent", 39)), stated("7d"));
    assertEquals(
        List.of(
            new Claim("spec", "spec-equal-5", 9.9),
            new Claim("spec", "spec-equal-10", 16.9),
            new Claim("spec", "spec-equal-20", 26.2)),
        stated("8a"));
    assertEquals(
        List.of(
            new Claim("gen", "gen-equal-5", 3.4),
            new Claim("gen", "gen-equal-10", 7.7),
            new Claim("gen", "gen-equal-20", 16.1)),
        stated("8d"));
    assertEquals(List.of(new Claim("exhaustive", "gen", 4.3)), stated("9b"));
    assertTrue(figure("lora").claims().isEmpty());
  }

  @Test
  void figures_ofOneSetting_haveNoAxis() {
    for (Figure figure : FIGURES) {
      assertEquals(figure.settings().size() == 1, figure.scale() == Scale.NONE, figure.id());
    }
  }

  @Test
  void curves_ofEveryFigure_planWhatItsSettingsDraw() throws Exception {
    try (InProcessPlanner service = new InProcessPlanner()) {
      PlannerClient planner = service.client();
      for (Figure figure : FIGURES) {
        // The first, because it takes the least.
        Setting setting =
            figure.id().equals("slots")
                ? figure.settings().get(figure.settings().size() - 1)
                : figure.settings().get(0);
        int adaptive = served(planner, setting, figure.curves().get(0));
        assertTrue(adaptive > 0, figure.id());
        for (Curve curve : figure.curves()) {
          assertTrue(served(planner, setting, curve) <= adaptive, figure.id() + " " + curve.id());
        }
      }
    }
  }

  /** Users served, by a plan that the verifier accepts. */
  private static int served(PlannerClient planner, Setting setting, Curve curve) {
    PlanRequest request = curve.variant().apply(setting.draw().apply(1));
    PlanResponse plan = planner.plan(request);
    assertEquals(
        List.of(),
        planner
            .verify(
                VerifyScheduleRequest.newBuilder()
                    .setRequest(request)
                    .setSchedule(plan.getSchedule())
                    .build())
            .getViolationsList(),
        setting.id() + " " + curve.id());
    return plan.getServedUserCount();
  }

  @Test
  void slots_areThoseOfTheSetting_andMeanNothingToTheAdaptivePlanner() {
    Figure figure = figure("slots");
    PlanRequest drawn = figure.settings().get(0).draw().apply(1);
    assertEquals(
        1_000_000, figure.curves().get(1).variant().apply(drawn).getOptions().getSlot().getNanos());
    assertFalse(figure.curves().get(0).variant().apply(drawn).getOptions().hasSlot());
  }

  @Test
  void grids_haveTheBandwidthOfTheirSetting() {
    Figure figure = figure("prb");
    for (Setting setting : figure.settings()) {
      PlanRequest drawn = setting.draw().apply(1);
      assertEquals(setting.x() * 360_000, drawn.getChannelState().getBandwidthHz());
      PlanRequest onGrid = figure.curves().get(1).variant().apply(drawn);
      assertEquals(0, onGrid.getChannelState().getBandwidthHz());
      assertEquals(setting.x(), onGrid.getChannelState().getPrbGrid().getPrbCount());
    }
  }

  @Test
  void sweeps_areThoseOfTheConstants() throws Exception {
    ScenarioConstants changed =
        ScenarioConstants.parse(
            ScenarioConstants.paperText()
                .replaceFirst("sweep.bandwidth-mhz .*", "sweep.bandwidth-mhz = 2.50, 1e1"));
    assertEquals(
        List.of("bottom-layer-bandwidth-2.5", "bottom-layer-bandwidth-10"),
        Figures.all(changed).get(0).settings().stream().map(Setting::id).toList());
  }

  private static List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    FIGURES.forEach(figure -> settings.addAll(figure.settings()));
    return settings;
  }

  private static List<Double> axis(String id) {
    return figure(id).settings().stream().map(Setting::x).toList();
  }

  private static List<String> settingIds(String id) {
    return figure(id).settings().stream().map(Setting::id).toList();
  }

  private static Figure figure(String id) {
    return FIGURES.stream().filter(figure -> figure.id().equals(id)).findFirst().orElseThrow();
  }
}
