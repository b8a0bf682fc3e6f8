// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.evaluate.Figure.Scale;
import io.partialloading.planner.scenario.HardScenario;
import io.partialloading.planner.scenario.LoraScenario;
import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import io.partialloading.planner.v1.PlanRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What is evaluated: Figures 6 to 9 of the paper, and more that the paper has not. */
public final class Figures {
  /** With slots of 1 ms, PartialLoading Spec takes about a fifth of a second. */
  private static final int MOST_SLOT_REALISATIONS = 15;

  /** Searching large components takes tens of milliseconds. */
  private static final int MOST_HARD_REALISATIONS = 100;

  private final ScenarioConstants constants;

  private Figures(ScenarioConstants constants) {
    this.constants = constants;
  }

  /** All figures, the paper's first, in its order. */
  public static List<Figure> all(ScenarioConstants constants) {
    List<Figure> figures = new ArrayList<>(new PaperFigures(constants).all());
    Figures further = new Figures(constants);
    figures.addAll(List.of(further.slots(), further.prbs(), further.hard(), further.lora()));
    return List.copyOf(figures);
  }

  private Figure slots() {
    return new Figure(
        "slots",
        "Time slots against continuous time",
        "How fine must slots be to come up to planning without them, and what do they cost? The"
            + " program over slots takes time by the square of their number.",
        "Slot (ms)",
        Scale.LOGARITHMIC,
        constants.sweeps().slotsMs().stream().map(this::slot).toList(),
        List.of(Curves.ADAPTIVE, Curves.SPEC_WITH_SLOT),
        List.of());
  }

  private Setting slot(BigDecimal slotMs) {
    PaperScenario scenario = PaperScenario.defaults(SharingKind.BOTTOM_LAYER, constants);
    return new Setting(
        "slot-" + slotMs.stripTrailingZeros().toPlainString(),
        slotMs.doubleValue(),
        seed -> {
          PlanRequest.Builder request = scenario.realisation(constants, seed).toBuilder();
          request
              .getOptionsBuilder()
              .setSlot(Durations.fromNanos(slotMs.scaleByPowerOfTen(6).longValue()));
          return request.build();
        },
        MOST_SLOT_REALISATIONS,
        true);
  }

  private Figure prbs() {
    return new Figure(
        "prb",
        "Whole physical resource blocks against any share of the band",
        "What does it cost that 5G NR grants whole physical resource blocks? Carriers of 10 to 100"
            + " MHz with sub-carriers "
            + Curves.SUBCARRIER_SPACING_KHZ
            + " kHz apart; both curves have the bandwidth of the grid.",
        "Physical resource blocks (PRBs)",
        Scale.LINEAR,
        constants.sweeps().prbCounts().stream().map(this::prbs).toList(),
        List.of(Curves.ADAPTIVE, Curves.ADAPTIVE_ON_PRBS),
        List.of());
  }

  private Setting prbs(int count) {
    PaperScenario scenario =
        PaperScenario.defaults(SharingKind.GENERAL, constants)
            .withBandwidthHz(count * Curves.PRB_HZ);
    return new Setting("prb-" + count, count, seed -> scenario.realisation(constants, seed));
  }

  private Figure hard() {
    return new Figure(
        "hard",
        "Libraries of one ancestor, over their size",
        "How good are plans where the problem is hard? All models are fine-tunes of one ResNet-18 with"
            + " layers frozen at arbitrary positions. This planner is exact for some 16 of them; for more it"
            + " searches, and its bound says how many users it can be missing at most.",
        "Models",
        Scale.LINEAR,
        constants.sweeps().hardModels().stream().map(this::hard).toList(),
        List.of(Curves.ADAPTIVE, Curves.GEN, Curves.MAXIMUM_OVERLAP, Curves.INDEPENDENT),
        List.of());
  }

  private Setting hard(int models) {
    HardScenario scenario = new HardScenario(models);
    return new Setting(
        "hard-" + models,
        models,
        seed -> scenario.realisation(constants, seed),
        MOST_HARD_REALISATIONS,
        true);
  }

  private Figure lora() {
    return new Figure(
        "lora",
        "A language model with LoRA adapters, over their number",
        "How far does one base model go when every user may want another adapter? The base is loaded"
            + " once, or for every adapter anew by a server that does not share.",
        "Adapters",
        Scale.LOGARITHMIC,
        constants.sweeps().loraAdapters().stream().map(this::lora).toList(),
        List.of(Curves.ADAPTIVE, Curves.GEN, Curves.INDEPENDENT),
        List.of());
  }

  private Setting lora(int adapters) {
    LoraScenario scenario = new LoraScenario(adapters);
    return new Setting("lora-" + adapters, adapters, seed -> scenario.realisation(constants, seed));
  }
}
