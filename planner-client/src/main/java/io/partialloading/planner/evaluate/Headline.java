// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A number that sums the evaluation up.
 *
 * @param number such as {@code +4.2 points}
 * @param meaning what it is
 */
record Headline(String number, String meaning) {
  private static final String SPEC = "spec";
  private static final String GEN = "gen";
  private static final String INDEPENDENT = "independent";

  /** The headlines that the figures measured allow. */
  static List<Headline> of(Results results) {
    List<Headline> headlines = new ArrayList<>();
    addGain(
        headlines,
        results,
        SPEC,
        figure -> true,
        "PartialLoading Spec, the paper's algorithm for bottom-layer sharing");
    addGain(
        headlines,
        results,
        GEN,
        figure -> !figure.has(SPEC),
        "PartialLoading Gen, the paper's algorithm for general sharing");
    addGain(
        headlines,
        results,
        INDEPENDENT,
        figure -> true,
        "Independent Loading, which shares nothing");
    addProven(headlines, results);
    headlines.add(checks(results.checks()));
    return headlines;
  }

  /** The first curve's gain over another, over the paper's sweeps that have both. */
  private static void addGain(
      List<Headline> headlines,
      Results results,
      String rival,
      Predicate<Figure> filter,
      String meaning) {
    // Figures share settings; each counts once.
    Map<String, Setting> settings = new LinkedHashMap<>();
    List<Figure> figures =
        results.figures().stream()
            .filter(Headline::isSweepOfThePaper)
            .filter(figure -> figure.has(rival))
            .filter(filter)
            .toList();
    for (Figure figure : figures) {
      figure.settings().forEach(setting -> settings.put(setting.id(), setting));
    }
    if (settings.isEmpty()) {
      return;
    }
    Figure figure = figures.get(0);
    Curve worse = figure.curve(rival);
    Comparison gain = Comparison.of(results, settings.values(), figure.curves().get(0), worse);
    headlines.add(
        new Headline(
            Numbers.signed(gain.points()) + " points",
            "of users served, compared with "
                + meaning
                + "; mean over "
                + gain.settings()
                + (gain.settings() == 1 ? " setting" : " settings")));
  }

  private static boolean isSweepOfThePaper(Figure figure) {
    return figure.scale() != Figure.Scale.NONE && !figure.claims().isEmpty();
  }

  private static void addProven(List<Headline> headlines, Results results) {
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (Figure figure : results.figures()) {
      Curve first = figure.curves().get(0);
      for (Setting setting : figure.settings()) {
        samples.put(setting.id(), results.sample(setting, first));
      }
    }
    if (!samples.isEmpty()) {
      headlines.add(
          new Headline(
              Numbers.percent(Findings.provenShare(samples.values())) + " %",
              "of this planner's plans are proven optimal: no plan serves more users"));
    }
  }

  private static Headline checks(Results.Checks checks) {
    return new Headline(
        Numbers.count(checks.infeasible()),
        "of "
            + Numbers.count(checks.plans())
            + " plans broke a constraint, by a verifier that shares no code with the planner");
  }
}
