// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.evaluate.Figure.Claim;
import io.partialloading.planner.evaluate.Figure.Scale;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Results that nobody measured: smooth curves of about the shape of real ones. */
final class MadeUpResults {
  static final Curve ADAPTIVE = curve("adaptive", "Adaptive (this planner)");
  static final Curve SPEC = curve("spec", "PartialLoading Spec");
  static final Curve GEN = curve("gen", "PartialLoading Gen");
  static final Curve OVERLAP = curve("maximum-overlap", "Maximum Overlap");
  static final Curve INDEPENDENT = curve("independent", "Independent Loading");
  static final Curve EXHAUSTIVE = curve("exhaustive", "Exhaustive search: orders and counts");

  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, Map<String, Sample>> samples = new HashMap<>();

  /**
   * Figures of every kind: sweeps, an ablation, one setting, and timed ones on a logarithmic axis.
   */
  static Results all() {
    MadeUpResults results = new MadeUpResults();
    results.sweeps();
    results.ablation();
    results.small();
    results.slots();
    results.hard();
    return results.finished();
  }

  /** Results of a single figure, as added by the methods below. */
  static Results of(Figure figure, Map<String, Map<String, Sample>> samples) {
    return new Results(
        List.of(figure),
        samples,
        1000,
        1,
        new Results.Checks(4000, 0, 0, 0),
        Duration.ofSeconds(75),
        "a machine",
        "planner-client evaluate",
        "a = 1 # fitted");
  }

  static Curve curve(String id, String name) {
    return Curve.asking(id, name, PlanOptions.getDefaultInstance());
  }

  static Setting setting(String id, double x, boolean timed) {
    return new Setting(id, x, seed -> PlanRequest.getDefaultInstance(), 1000, timed);
  }

  /** A sample of 1,000 realisations of 80 users, all proven optimal. */
  static Sample sample(double ratio, double halfWidth, double micros) {
    long users = 80_000;
    return new Sample(
        1000,
        users,
        Math.round(ratio * users),
        ratio,
        halfWidth,
        ratio,
        1000,
        1.1 * micros,
        micros);
  }

  private void sweeps() {
    double[] bandwidths = {10, 50, 100, 200, 300, 400};
    double[] users = {60, 70, 80, 90, 100};
    double[] budgets = {500, 600, 700, 800, 900};
    double[] sharing = {75, 80, 85, 90, 95};
    List<Curve> five = List.of(ADAPTIVE, SPEC, GEN, OVERLAP, INDEPENDENT);
    sweep("6a", "bandwidth", "Bandwidth (MHz)", bandwidths, five, 24, 16);
    sweep("6b", "number of users", "Users", users, five, 24, 18);
    sweep("6c", "latency budget", "Latency budget (ms)", budgets, five, 22, 18);
    sweep("6d", "share of layers shared", "Layers shared (%)", sharing, five, 26, 21);
    List<Curve> four = List.of(ADAPTIVE, GEN, OVERLAP, INDEPENDENT);
    sweep("7a", "bandwidth", "Bandwidth (MHz)", bandwidths, four, 36);
    sweep("7b", "number of users", "Users", users, four, 38);
    sweep("7c", "latency budget", "Latency budget (ms)", budgets, four, 36);
    sweep("7d", "share of layers shared", "Layers shared (%)", sharing, four, 39);
  }

  private void sweep(
      String id, String words, String axis, double[] xs, List<Curve> curves, double... points) {
    String kind = id.startsWith("6") ? "bottom-layer" : "general";
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      claims.add(new Claim(curves.get(i + 1).id(), INDEPENDENT.id(), points[i]));
    }
    figures.add(
        new Figure(
            id,
            "Served users over " + words + ", " + kind + " sharing",
            "What do loading shared layers once, and planning without time slots, gain as the "
                + words
                + " grows?",
            axis,
            Scale.LINEAR,
            settings(kind + "-" + words, xs, curves, false),
            curves,
            claims));
  }

  private List<Setting> settings(String id, double[] xs, List<Curve> curves, boolean timed) {
    List<Setting> settings = new ArrayList<>();
    for (double x : xs) {
      Setting setting = setting(id + "-" + x, x, timed);
      settings.add(setting);
      double progress = 1 - Math.exp(-x / xs[xs.length - 1] * 4);
      progress = id.contains("users") ? 1.9 - progress : progress;
      for (int i = 0; i < curves.size(); i++) {
        double level = 0.97 - 0.06 * i - (curves.get(i).id().equals("independent") ? 0.15 : 0);
        add(setting, curves.get(i), sample(level * Math.min(1, 0.45 + 0.55 * progress), 0.004, 80));
      }
    }
    return settings;
  }

  private void add(Setting setting, Curve curve, Sample sample) {
    samples.computeIfAbsent(setting.id(), id -> new HashMap<>()).putIfAbsent(curve.id(), sample);
  }

  private void ablation() {
    List<Curve> curves = new ArrayList<>(List.of(ADAPTIVE, SPEC));
    List<Claim> claims = new ArrayList<>();
    for (int r : new int[] {5, 10, 20}) {
      Curve equal = curve("spec-equal-" + r, "PartialLoading Spec, equal bandwidth, r = " + r);
      curves.add(equal);
      claims.add(new Claim(SPEC.id(), equal.id(), 1 + 1.2 * r));
    }
    double[] bandwidths = {10, 50, 100, 200, 300, 400};
    figures.add(
        new Figure(
            "8a",
            "Optimal against equal bandwidth over bandwidth, bottom-layer sharing",
            "What does giving each user of a batch its best share of the band gain?",
            "Bandwidth (MHz)",
            Scale.LINEAR,
            settings("bottom-layer-bandwidth", bandwidths, curves, false),
            curves,
            claims));
  }

  private void small() {
    List<Curve> curves = List.of(ADAPTIVE, SPEC, GEN, EXHAUSTIVE);
    double[] shares = {0.934, 0.871, 0.842, 0.934};
    double[] micros = {84.9, 621, 402, 2_104_000};
    Setting setting = setting("small-bottom-layer", 20, true);
    for (int i = 0; i < curves.size(); i++) {
      add(setting, curves.get(i), sample(shares[i], 0.012, micros[i]));
    }
    figures.add(
        new Figure(
            "9a",
            "Small requests, bottom-layer sharing: served users and planning time",
            "What does the optimum cost?",
            "Users",
            Scale.NONE,
            List.of(setting),
            curves,
            List.of(
                new Claim(EXHAUSTIVE.id(), SPEC.id(), 0),
                new Claim(EXHAUSTIVE.id(), GEN.id(), 3.7))));
  }

  private void slots() {
    Curve slotted = curve("spec-slot", "PartialLoading Spec with this slot");
    List<Setting> settings = new ArrayList<>();
    for (double x : new double[] {1, 2, 5, 10, 20}) {
      Setting setting = setting("slot-" + x, x, true);
      settings.add(setting);
      add(setting, ADAPTIVE, sample(0.94, 0.003, 210));
      add(setting, slotted, sample(0.94 - 0.009 * x, 0.003, 250_000 / x / x));
    }
    figures.add(
        new Figure(
            "slots",
            "Time slots against continuous time",
            "How fine must slots be to come up to planning without them, and what do they cost?",
            "Slot (ms)",
            Scale.LOGARITHMIC,
            settings,
            List.of(ADAPTIVE, slotted),
            List.of()));
  }

  private void hard() {
    List<Setting> settings = new ArrayList<>();
    for (double x : new double[] {8, 12, 16, 20, 25, 30, 40}) {
      Setting setting = setting("hard-" + x, x, false);
      settings.add(setting);
      double share = 0.95 - 0.008 * x;
      Sample exact = sample(share, 0.012, 300);
      add(
          setting,
          ADAPTIVE,
          x <= 16
              ? exact
              : new Sample(
                  100, 8000, Math.round(share * 8000), share, 0.012, share + 0.03, 37, 900, 800));
      add(setting, GEN, sample(share - 0.04, 0.012, 500));
      add(setting, OVERLAP, sample(share - 0.02 - 0.001 * x, 0.012, 500));
    }
    figures.add(
        new Figure(
            "hard",
            "Libraries of one ancestor, over their size",
            "How good are plans where the problem is hard?",
            "Models",
            Scale.LINEAR,
            settings,
            List.of(ADAPTIVE, GEN, OVERLAP),
            List.of()));
  }

  private Results finished() {
    return new Results(
        figures,
        samples,
        1000,
        1,
        new Results.Checks(231_400, 0, 0, 0),
        Duration.ofMinutes(47),
        "2 cores of some processor, 8 GiB, Linux, Java 17.0.15",
        "java -jar planner-client/target/planner-client.jar evaluate --realisations 1000 --seed 1",
        """
        # --- Cell --------------------------------------------------------------------- paper
        cell.radius-m                     = 250
        # --- Transfer and computing --------------------------------------------------- fitted
        bottom-layer.load-bytes-per-second = 2.5e9
        """);
  }
}
