// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.scenario.SharingKind.BOTTOM_LAYER;
import static io.partialloading.planner.scenario.SharingKind.GENERAL;

import io.partialloading.planner.evaluate.Figure.Claim;
import io.partialloading.planner.evaluate.Figure.Scale;
import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import io.partialloading.planner.v1.Algorithm;
import java.util.ArrayList;
import java.util.List;

/** Figures 6 to 9 of the paper, with this planner's curve added, and what the paper states. */
record PaperFigures(ScenarioConstants constants) {
  /** Numbers of sub-channels of the ablation. */
  private static final int[] SUBCHANNELS = {5, 10, 20};

  /** The exhaustive search may take milliseconds a request, and they are measured one by one. */
  private static final int MOST_SMALL_REALISATIONS = 30;

  private static final String GEN_DEPENDS_ON_TIMES =
      "how far the greedy algorithm falls below the others depends on transfer and computing times,"
          + " which the paper does not publish and which are fitted to Independent Loading alone";

  private static final String UPLOADS_WEIGH_LESS =
      "equal sub-channels cost the more, the longer uploads take beside loads; with the fitted"
          + " transfer rates uploads may weigh less than in the paper";

  List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    figures.add(bottomLayer("6a", PaperAxis.BANDWIDTH, 24, 16));
    figures.add(bottomLayer("6b", PaperAxis.USERS, 24, 18));
    figures.add(bottomLayer("6c", PaperAxis.LATENCY_BUDGET, 22, 18));
    figures.add(bottomLayer("6d", PaperAxis.SHARING, 26, 21));
    figures.add(general("7a", PaperAxis.BANDWIDTH, 36));
    figures.add(general("7b", PaperAxis.USERS, 38));
    figures.add(general("7c", PaperAxis.LATENCY_BUDGET, 36));
    figures.add(general("7d", PaperAxis.SHARING, 39));
    figures.add(ablation("8a", BOTTOM_LAYER, PaperAxis.BANDWIDTH, 9.9, 16.9, 26.2));
    figures.add(ablation("8b", BOTTOM_LAYER, PaperAxis.USERS, 3.9, 7.7, 15.2));
    figures.add(ablation("8c", GENERAL, PaperAxis.BANDWIDTH, 9.6, 16.1, 25.6));
    figures.add(ablation("8d", GENERAL, PaperAxis.USERS, 3.4, 7.7, 16.1));
    figures.add(smallBottomLayer());
    figures.add(smallGeneral());
    return figures;
  }

  private Figure bottomLayer(String id, PaperAxis axis, double spec, double gen) {
    return new Figure(
        id,
        "Served users over " + axis.words() + ", bottom-layer sharing",
        "What do loading shared layers once, and planning without time slots, gain as the "
            + axis.words()
            + " grows? Models share their first layers with their ancestor.",
        axis.label(),
        Scale.LINEAR,
        axis.settings(BOTTOM_LAYER, constants),
        List.of(
            Curves.ADAPTIVE, Curves.SPEC, Curves.GEN, Curves.MAXIMUM_OVERLAP, Curves.INDEPENDENT),
        List.of(
            new Claim(Curves.SPEC.id(), Curves.INDEPENDENT.id(), spec),
            new Claim(Curves.GEN.id(), Curves.INDEPENDENT.id(), gen, GEN_DEPENDS_ON_TIMES)));
  }

  private Figure general(String id, PaperAxis axis, double gen) {
    return new Figure(
        id,
        "Served users over " + axis.words() + ", general sharing",
        "The same where models share layers at arbitrary positions. PartialLoading Spec does not"
            + " apply there, and Gen is a heuristic: how much does it leave?",
        axis.label(),
        Scale.LINEAR,
        axis.settings(GENERAL, constants),
        List.of(Curves.ADAPTIVE, Curves.GEN, Curves.MAXIMUM_OVERLAP, Curves.INDEPENDENT),
        List.of(new Claim(Curves.GEN.id(), Curves.INDEPENDENT.id(), gen, GEN_DEPENDS_ON_TIMES)));
  }

  /** Points by number of sub-channels, in the order of {@link #SUBCHANNELS}. */
  private Figure ablation(String id, SharingKind kind, PaperAxis axis, double... points) {
    boolean spec = kind == BOTTOM_LAYER;
    Curve optimal = spec ? Curves.SPEC : Curves.GEN;
    Algorithm algorithm =
        spec ? Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC : Algorithm.ALGORITHM_PARTIAL_LOADING_GEN;
    List<Curve> curves = new ArrayList<>(List.of(Curves.ADAPTIVE, optimal));
    List<Claim> claims = new ArrayList<>();
    for (int n = 0; n < SUBCHANNELS.length; n++) {
      Curve equal = Curves.equalBandwidth(optimal, algorithm, SUBCHANNELS[n]);
      curves.add(equal);
      claims.add(new Claim(optimal.id(), equal.id(), points[n], UPLOADS_WEIGH_LESS));
    }
    return new Figure(
        id,
        "Optimal against equal bandwidth over "
            + axis.words()
            + (spec ? ", bottom-layer sharing" : ", general sharing"),
        "What does giving each user of a batch its best share of the band gain over cutting the band"
            + " into r sub-channels, one user each?",
        axis.label(),
        Scale.LINEAR,
        axis.settings(kind, constants),
        curves,
        claims);
  }

  private Figure smallBottomLayer() {
    return new Figure(
        "9a",
        "Small requests, bottom-layer sharing: served users and planning time",
        "What does the optimum cost? In the paper Spec equals its exhaustive search in 5.6 ms, 3,681"
            + " times faster, and Gen is 3,749 times faster. Here the search is in continuous time;"
            + " Spec and Gen plan in slots, and can serve fewer for what slots round away.",
        "Users",
        Scale.NONE,
        List.of(small(BOTTOM_LAYER)),
        List.of(Curves.ADAPTIVE, Curves.SPEC, Curves.GEN, Curves.EXHAUSTIVE),
        List.of(
            new Claim(Curves.EXHAUSTIVE.id(), Curves.SPEC.id(), 0),
            new Claim(Curves.EXHAUSTIVE.id(), Curves.GEN.id(), 3.7)));
  }

  private Figure smallGeneral() {
    return new Figure(
        "9b",
        "Small requests, general sharing: served users and planning time",
        "The same for general sharing. In the paper Gen takes 12.5 ms, 2,478 times faster than its"
            + " exhaustive search.",
        "Users",
        Scale.NONE,
        List.of(small(GENERAL)),
        List.of(Curves.ADAPTIVE, Curves.GEN, Curves.EXHAUSTIVE),
        List.of(new Claim(Curves.EXHAUSTIVE.id(), Curves.GEN.id(), 4.3)));
  }

  private Setting small(SharingKind kind) {
    ScenarioConstants.Small small = constants.small();
    PaperScenario scenario =
        new PaperScenario(
            kind,
            small.users(),
            small.models(),
            constants.bandwidthHz(),
            small.latencyBudget(),
            constants.sharing());
    return new Setting(
        "small-" + kind.id(),
        small.users(),
        seed -> scenario.realisation(constants, seed),
        MOST_SMALL_REALISATIONS,
        true);
  }
}
