// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.evaluate.Comparison.Claimed;
import io.partialloading.planner.evaluate.Table.Row;
import io.partialloading.planner.show.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of the report in tables. */
record ReportTables(Results results) {
  /** A figure's numbers: a row for each setting, a column for each curve. */
  Table served(Figure figure) {
    Curve first = figure.curves().get(0);
    List<String> heads = new ArrayList<>();
    heads.add(figure.axis());
    figure.curves().forEach(curve -> heads.add(curve.name()));
    heads.add("Upper bound");
    heads.add("Proven optimal");
    heads.add("Realisations");
    List<Row> rows = new ArrayList<>();
    for (Setting setting : figure.settings()) {
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.given(setting.x()));
      for (Curve curve : figure.curves()) {
        cells.add(Numbers.percent(results.sample(setting, curve)));
      }
      Sample sample = results.sample(setting, first);
      cells.add(Numbers.percent(sample.bound()));
      cells.add(Numbers.percent(Findings.provenShare(List.of(sample))));
      cells.add(Numbers.count(sample.realisations()));
      rows.add(Row.of(cells));
    }
    return new Table(
        "Users served in percent, with half the 95 % confidence interval; bound and proofs are those"
            + " of "
            + first.name(),
        1,
        heads,
        rows);
  }

  /** A timed figure's planning times, beside those of its first curve. */
  Table times(Figure figure) {
    Curve first = figure.curves().get(0);
    List<Row> rows = new ArrayList<>();
    for (Setting setting : figure.settings()) {
      if (setting.timed()) {
        for (Curve curve : figure.curves()) {
          Sample sample = results.sample(setting, curve);
          rows.add(
              Row.of(
                  List.of(
                      Numbers.given(setting.x()),
                      curve.name(),
                      Unit.rounded(sample.medianMicros()),
                      Unit.rounded(sample.meanMicros()),
                      Numbers.ratio(Findings.timeRatio(results, setting, curve, first)))));
        }
      }
    }
    return new Table(
        "Planning times, and how many times that of " + first.name() + " the median is",
        2,
        List.of(figure.axis(), "Planned by", "Median", "Mean", "Times as long"),
        rows);
  }

  /** What the paper states beside what came out. */
  Table claims() {
    List<Row> rows = new ArrayList<>();
    for (Claimed claimed : Comparison.claimed(results)) {
      Comparison ours = claimed.ours();
      rows.add(
          new Row(
              claimed.isFarOff(),
              List.of(
                  claimed.figure().id(),
                  ours.better().name() + " over " + ours.worse().name(),
                  Numbers.given(claimed.paper()),
                  Numbers.signed(ours.points()),
                  Numbers.signed(claimed.difference()),
                  Numbers.signed(ours.relative()),
                  claimed.remark())));
    }
    return new Table(
        "Improvements that the paper states, beside ours: percentage points of users served,"
            + " averaged over a figure's settings",
        2,
        List.of("Figure", "Improvement", "Paper", "Here", "Difference", "Relative (%)", "Remark"),
        rows);
  }

  /** What was checked of every plan. */
  Table checks() {
    Results.Checks checks = results.checks();
    return new Table(
        "Checks of every single plan",
        1,
        List.of("Check", "Number"),
        List.of(
            check("Plans made", checks.plans()),
            check("Schedules that broke a constraint, by the verifier", checks.infeasible()),
            check(
                "Realisations in which another plan served more users than the adaptive one",
                checks.beaten()),
            check(
                "Realisations in which a plan served more users than the bound of an answer allows",
                checks.boundBroken())));
  }

  private static Row check(String name, long number) {
    return Row.of(List.of(name, Numbers.count(number)));
  }

  /** How it was measured: names and values. */
  Map<String, String> run() {
    Map<String, String> run = new LinkedHashMap<>();
    run.put("Machine", results.machine());
    run.put("Realisations", Numbers.count(results.realisations()) + " a setting at most");
    run.put("Seed", Long.toString(results.seed()));
    run.put("Measuring took", Unit.inTwoUnits(results.took()));
    return run;
  }
}
