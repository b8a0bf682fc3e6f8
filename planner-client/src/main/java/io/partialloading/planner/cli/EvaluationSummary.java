// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Curve;
import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.evaluate.Measured;
import io.partialloading.planner.evaluate.Offence;
import io.partialloading.planner.evaluate.Results;
import io.partialloading.planner.evaluate.Sample;
import io.partialloading.planner.evaluate.Setting;
import io.partialloading.planner.show.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What an evaluation has come to, for a terminal. */
final class EvaluationSummary {
  private static final int MOST_OFFENCES = 10;
  private static final double PERCENT = 100;

  private final List<Figure> figures;
  private final Measured measured;

  EvaluationSummary(List<Figure> figures, Measured measured) {
    this.figures = figures;
    this.measured = measured;
  }

  String print() {
    Text text = new Text();
    text.line(
        "Users served, averaged over each figure's settings; others in points against the first");
    for (Figure figure : figures) {
      text.list(
          "  %-6s".formatted(figure.id()),
          figure.curves().stream().map(c -> share(figure, c)).toList());
    }
    claims(text);
    checks(text);
    return text.toString();
  }

  private String share(Figure figure, Curve curve) {
    Curve first = figure.curves().get(0);
    double share = mean(figure, curve.id());
    return curve.equals(first)
        ? String.format(Locale.ROOT, "%s %.1f %%", curve.id(), share)
        : String.format(Locale.ROOT, "%s %+.1f", curve.id(), share - mean(figure, first.id()));
  }

  private void claims(Text text) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"figure", "users served, difference in points", "paper", "here"});
    for (Figure figure : figures) {
      for (Figure.Claim claim : figure.claims()) {
        rows.add(
            new String[] {
              figure.id(),
              claim.better() + " over " + claim.worse(),
              String.format(Locale.ROOT, "%.1f", claim.points()),
              String.format(
                  Locale.ROOT, "%.1f", mean(figure, claim.better()) - mean(figure, claim.worse())),
            });
      }
    }
    if (rows.size() > 1) {
      text.line("").table(rows, 0, 1);
    }
  }

  private void checks(Text text) {
    Results.Checks checks = measured.checks();
    text.line("")
        .line(
            String.format(
                Locale.ROOT,
                "%,d plans checked: %,d infeasible, %,d served more than the adaptive plan, %,d more"
                    + " than a bound",
                checks.plans(),
                checks.infeasible(),
                checks.beaten(),
                checks.boundBroken()));
    List<Offence> offences = measured.offences();
    offences.stream().limit(MOST_OFFENCES).forEach(offence -> text.line("  " + offence));
    if (offences.size() > MOST_OFFENCES) {
      text.line("  ...");
    }
  }

  /** Users served by a curve in per cent, averaged over the figure's settings. */
  private double mean(Figure figure, String curve) {
    return PERCENT
        * figure.settings().stream()
            .mapToDouble(setting -> sample(setting, curve).ratio())
            .average()
            .orElse(0);
  }

  private Sample sample(Setting setting, String curve) {
    Map<String, Sample> samples = Objects.requireNonNull(measured.samples().get(setting.id()));
    return Objects.requireNonNull(samples.get(curve));
  }
}
