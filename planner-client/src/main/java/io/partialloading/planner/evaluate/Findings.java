// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.show.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** What came out of a figure, in sentences made of its numbers. */
final class Findings {
  /** Leads that differ less than this are called about the same, in percentage points. */
  private static final double SAME = 0.5;

  /** A planning time so many times another is said to be. */
  private static final double WORTH_SAYING = 2;

  private final Results results;
  private final Figure figure;
  private final Curve first;
  private final List<Curve> others;

  private Findings(Results results, Figure figure) {
    this.results = results;
    this.figure = figure;
    first = figure.curves().get(0);
    others = figure.curves().subList(1, figure.curves().size());
  }

  /** What came out of a figure. */
  static String of(Results results, Figure figure) {
    Findings findings = new Findings(results, figure);
    List<String> sentences = new ArrayList<>();
    sentences.add(findings.served());
    findings.addLead(sentences);
    findings.addOptimality(sentences);
    findings.addTimes(sentences);
    return String.join(" ", sentences);
  }

  /** The share of plans that are proven optimal, 0 to 1. */
  static double provenShare(Collection<Sample> samples) {
    long proven = samples.stream().mapToLong(Sample::proven).sum();
    return (double) proven / samples.stream().mapToLong(Sample::realisations).sum();
  }

  private String served() {
    double share = Comparison.meanShare(results, figure.settings(), first);
    String subject = first.name() + " serves " + Numbers.percent(share) + " % of users";
    String average = figure.settings().size() > 1 ? " on average" : "";
    List<String> comparisons = new ArrayList<>();
    for (Curve other : others) {
      double points = against(other).points();
      boolean unitIsKnown = comparisons.stream().anyMatch(text -> text.contains("points"));
      comparisons.add(
          Numbers.isZero(points)
              ? "as many as " + other.name()
              : Numbers.points(points)
                  + (unitIsKnown ? "" : " points")
                  + (points > 0 ? " more than " : " fewer than ")
                  + other.name());
    }
    return subject + average + (comparisons.isEmpty() ? "." : ": " + listed(comparisons) + ".");
  }

  private Comparison against(Curve other) {
    return Comparison.of(results, figure.settings(), first, other);
  }

  /** Where the lead over the next best curve is large, and where small. */
  private void addLead(List<String> sentences) {
    if (figure.settings().size() < 2 || others.isEmpty()) {
      return;
    }
    Curve next =
        others.stream()
            .min(Comparator.comparingDouble(other -> Math.abs(against(other).points())))
            .orElseThrow();
    Comparator<Setting> byLead = Comparator.comparingDouble(setting -> lead(setting, next));
    Setting most = figure.settings().stream().max(byLead).orElseThrow();
    Setting least = figure.settings().stream().min(byLead).orElseThrow();
    double high = lead(most, next);
    double low = lead(least, next);
    if (Numbers.isZero(high) && Numbers.isZero(low)) {
      return;
    }
    String signedHigh = Numbers.signed(high);
    String signedLow = Numbers.signed(low);
    sentences.add(
        high - low < SAME
            ? "The difference from %s is about the same everywhere, %s points."
                .formatted(next.name(), range(signedLow, signedHigh))
            : "The difference from %s is largest at %s (%s points) and smallest at %s (%s)."
                .formatted(next.name(), place(most), signedHigh, place(least), signedLow));
  }

  private double lead(Setting setting, Curve other) {
    return Comparison.of(results, List.of(setting), first, other).points();
  }

  /** A setting in words: {@code 50 MHz}, {@code 80 users}. */
  private String place(Setting setting) {
    String axis = figure.axis();
    int unit = axis.lastIndexOf('(');
    return Numbers.given(setting.x())
        + " "
        + (unit >= 0 && axis.endsWith(")")
            ? axis.substring(unit + 1, axis.length() - 1)
            : axis.toLowerCase(Locale.ROOT));
  }

  private void addOptimality(List<String> sentences) {
    double proven = provenShare(samples(figure.settings()));
    if (proven == 1) {
      sentences.add("All its plans are proven optimal.");
      return;
    }
    double missing =
        100
            * samples(figure.settings()).stream()
                .mapToDouble(sample -> sample.bound() - sample.ratio())
                .max()
                .orElseThrow();
    sentences.add(
        Numbers.percent(proven)
            + " % of its plans are proven optimal"
            + (Numbers.isZero(missing)
                ? "."
                : "; by its bounds, the best plans could serve at most "
                    + Numbers.points(missing)
                    + " points more at any setting."));
  }

  private List<Sample> samples(List<Setting> settings) {
    return settings.stream().map(setting -> results.sample(setting, first)).toList();
  }

  private void addTimes(List<String> sentences) {
    List<Setting> timed = figure.settings().stream().filter(Setting::timed).toList();
    if (timed.isEmpty()) {
      return;
    }
    List<String> times = new ArrayList<>();
    times.add("It plans in " + times(timed, first) + " (median)");
    for (Curve other : others) {
      times.add(other.name() + " in " + times(timed, other) + slowness(timed, other));
    }
    sentences.add(listed(times) + ".");
  }

  private String times(List<Setting> timed, Curve curve) {
    DoubleSummaryStatistics micros =
        timed.stream()
            .mapToDouble(setting -> results.sample(setting, curve).medianMicros())
            .summaryStatistics();
    return range(Unit.rounded(micros.getMin()), Unit.rounded(micros.getMax()));
  }

  /** How much slower a curve is than the first at a single setting, if it is. */
  private String slowness(List<Setting> timed, Curve curve) {
    double ratio = timeRatio(results, timed.get(0), curve, first);
    return timed.size() == 1 && ratio >= WORTH_SAYING
        ? " (" + Numbers.ratio(ratio) + " times as long)"
        : "";
  }

  /** How many times as long planning takes as by another curve, by medians. */
  static double timeRatio(Results results, Setting setting, Curve curve, Curve other) {
    return results.sample(setting, curve).medianMicros()
        / results.sample(setting, other).medianMicros();
  }

  private static String range(String from, String to) {
    return from.equals(to) ? from : from + " to " + to;
  }

  private static String listed(List<String> items) {
    boolean commasInside = items.stream().anyMatch(item -> item.contains(", "));
    int last = items.size() - 1;
    return last == 0
        ? items.get(0)
        : String.join(commasInside ? "; " : ", ", items.subList(0, last))
            + (commasInside ? "; and " : " and ")
            + items.get(last);
  }
}
