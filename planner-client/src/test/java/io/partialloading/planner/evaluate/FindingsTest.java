// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.evaluate.MadeUpResults.ADAPTIVE;
import static io.partialloading.planner.evaluate.MadeUpResults.GEN;
import static io.partialloading.planner.evaluate.MadeUpResults.SPEC;
import static io.partialloading.planner.evaluate.MadeUpResults.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.evaluate.Figure.Scale;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void sweep_saysHowMuchMoreIsServedAndWhere() {
    assertEquals(
        "Adaptive (this planner) serves 85.0 % of users on average: 4.5 points more than"
            + " PartialLoading Spec and as many as PartialLoading Gen. All its plans are proven"
            + " optimal.",
        findings(sample(0.8, 0, 1), sample(0.9, 0, 1)).replaceAll(" The difference.*?\\. ", " "));
  }

  @Test
  void lead_isSaidOverTheNextBestCurve() {
    Results results =
        results(
            List.of(ADAPTIVE, SPEC),
            Map.of("adaptive", sample(0.8, 0, 1), "spec", sample(0.77, 0, 1)),
            Map.of("adaptive", sample(0.9, 0, 1), "spec", sample(0.84, 0, 1)),
            false);
    assertEquals(
        "Adaptive (this planner) serves 85.0 % of users on average: 4.5 points more than"
            + " PartialLoading Spec. The difference from PartialLoading Spec is largest at 200 MHz"
            + " (+6.0 points) and smallest at 50 MHz (+3.0). All its plans are proven optimal.",
        Findings.of(results, results.figures().get(0)));
  }

  @Test
  void unprovenPlans_areMentionedWithWhatTheyCanBeMissing() {
    Sample unproven = new Sample(1000, 80_000, 64_000, 0.8, 0, 0.825, 400, 1, 1);
    Results results =
        results(
            List.of(ADAPTIVE),
            Map.of("adaptive", unproven),
            Map.of("adaptive", sample(0.9, 0, 1)),
            false);
    assertEquals(
        "Adaptive (this planner) serves 85.0 % of users on average. 70.0 % of its plans are proven"
            + " optimal; by its bounds, the best plans could serve at most 2.5 points more at any"
            + " setting.",
        Findings.of(results, results.figures().get(0)));
  }

  @Test
  void timedFigure_saysHowLongPlanningTakes() {
    Results results =
        results(
            List.of(ADAPTIVE, SPEC),
            Map.of("adaptive", sample(0.9, 0, 100), "spec", sample(0.9, 0, 730)),
            Map.of("adaptive", sample(0.9, 0, 200), "spec", sample(0.9, 0, 4_690_000)),
            true);
    assertEquals(
        "Adaptive (this planner) serves 90.0 % of users on average: as many as PartialLoading Spec."
            + " All its plans are proven optimal. It plans in 100 µs to 200 µs (median) and"
            + " PartialLoading Spec in 730 µs to 4.69 s.",
        Findings.of(results, results.figures().get(0)));
  }

  @Test
  void timedFigureOfOneSetting_saysHowMuchSlowerOthersAre() {
    Results all = MadeUpResults.all();
    Figure small =
        all.figures().stream().filter(figure -> figure.id().equals("9a")).findFirst().orElseThrow();
    String findings = Findings.of(all, small);
    assertTrue(
        findings.endsWith(
            "It plans in 84.9 µs (median), PartialLoading Spec in 621 µs (7.31 times as long),"
                + " PartialLoading Gen in 402 µs (4.73 times as long) and Exhaustive search: orders"
                + " and counts in 2.1 s (24,800 times as long)."),
        findings);
  }

  @Test
  void timeOfZero_isNoRatio() {
    Results results =
        results(
            List.of(ADAPTIVE, SPEC),
            Map.of("adaptive", sample(0.9, 0, 0), "spec", sample(0.9, 0, 5)),
            Map.of("adaptive", sample(0.9, 0, 0), "spec", sample(0.9, 0, 0)),
            true);
    assertEquals(
        "n/a",
        new ReportTables(results).times(results.figures().get(0)).rows().get(1).cells().get(4));
  }

  private static String findings(Sample few, Sample many) {
    Results results =
        results(
            List.of(ADAPTIVE, SPEC, GEN),
            Map.of("adaptive", few, "spec", sample(few.ratio() - 0.03, 0, 1), "gen", few),
            Map.of("adaptive", many, "spec", sample(many.ratio() - 0.06, 0, 1), "gen", many),
            false);
    return Findings.of(results, results.figures().get(0));
  }

  private static Results results(
      List<Curve> curves, Map<String, Sample> first, Map<String, Sample> second, boolean timed) {
    Figure figure =
        new Figure(
            "6a",
            "title",
            "question",
            "Bandwidth (MHz)",
            Scale.LINEAR,
            List.of(
                MadeUpResults.setting("narrow", 50, timed),
                MadeUpResults.setting("wide", 200, timed)),
            curves,
            List.of());
    return MadeUpResults.of(figure, Map.of("narrow", first, "wide", second));
  }
}
