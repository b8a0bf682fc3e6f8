// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.show.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an evaluation has come to, for a terminal.
 *
 * @param results what came out
 * @param offences the first of what the checks have caught
 */
public record ReportSummary(Results results, List<Offence> offences) {
  private static final int MOST_OFFENCES = 10;
  private static final double PERCENT = 100;

  public ReportSummary {
    offences = List.copyOf(offences);
  }

  /** The whole text. */
  public String print() {
    Text text = new Text();
    text.line(
        "Users served, averaged over each figure's settings; others in points against the first");
    for (Figure figure : results.figures()) {
      text.list(
          "  %-6s".formatted(figure.id()),
          figure.curves().stream().map(c -> share(figure, c)).toList());
    }
    claims(text);
    checks(text.line(""));
    return text.toString();
  }

  private String share(Figure figure, Curve curve) {
    Curve first = figure.curves().get(0);
    double share = mean(figure, curve);
    return curve.equals(first)
        ? String.format(Locale.ROOT, "%s %.1f %%", curve.id(), share)
        : String.format(Locale.ROOT, "%s %+.1f", curve.id(), share - mean(figure, first));
  }

  private void claims(Text text) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"figure", "users served, difference in points", "paper", "here"});
    for (Figure figure : results.figures()) {
      for (Figure.Claim claim : figure.claims()) {
        double better = mean(figure, figure.curve(claim.better()));
        double worse = mean(figure, figure.curve(claim.worse()));
        rows.add(
            new String[] {
              figure.id(),
              claim.better() + " over " + claim.worse(),
              String.format(Locale.ROOT, "%.1f", claim.points()),
              String.format(Locale.ROOT, "%.1f", better - worse),
            });
      }
    }
    if (rows.size() > 1) {
      text.line("").table(rows, 0, 1);
    }
  }

  private void checks(Text text) {
    Results.Checks checks = results.checks();
    text.line(
        String.format(
            Locale.ROOT,
            "%,d plans checked: %,d infeasible, %,d served more than the adaptive plan, %,d more"
                + " than a bound",
            checks.plans(),
            checks.infeasible(),
            checks.beaten(),
            checks.boundBroken()));
    offences.stream().limit(MOST_OFFENCES).forEach(offence -> text.line("  " + offence));
    if (offences.size() > MOST_OFFENCES) {
      text.line("  ...");
    }
  }

  /** Users served by a curve in per cent, averaged over the figure's settings. */
  private double mean(Figure figure, Curve curve) {
    return PERCENT * Comparison.meanShare(results, figure.settings(), curve);
  }
}
