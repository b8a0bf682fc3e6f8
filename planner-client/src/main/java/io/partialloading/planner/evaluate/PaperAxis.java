// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The parameters that the paper sweeps, the others at their defaults. */
enum PaperAxis {
  BANDWIDTH("bandwidth", "bandwidth", "Bandwidth (MHz)"),
  USERS("users", "number of users", "Users"),
  LATENCY_BUDGET("budget", "latency budget", "Latency budget (ms)"),
  SHARING("sharing", "share of layers shared", "Layers shared (%)");

  private final String id;
  private final String words;
  private final String label;

  PaperAxis(String id, String words, String label) {
    this.id = id;
    this.words = words;
    this.label = label;
  }

  /** What it is called in a sentence. */
  String words() {
    return words;
  }

  /** What it is called on an axis, with its unit. */
  String label() {
    return label;
  }

  /** The settings of a kind of library along this axis. */
  List<Setting> settings(SharingKind kind, ScenarioConstants constants) {
    return values(constants.sweeps()).stream()
        .map(value -> setting(kind, constants, value))
        .toList();
  }

  private List<BigDecimal> values(ScenarioConstants.Sweeps sweeps) {
    return switch (this) {
      case BANDWIDTH -> sweeps.bandwidthsMhz();
      case USERS -> sweeps.users().stream().map(BigDecimal::valueOf).toList();
      case LATENCY_BUDGET -> sweeps.latencyBudgetsMs();
      case SHARING -> sweeps.sharingPercents();
    };
  }

  private Setting setting(SharingKind kind, ScenarioConstants constants, BigDecimal value) {
    PaperScenario scenario = at(value, PaperScenario.defaults(kind, constants));
    return new Setting(
        kind.id() + "-" + id + "-" + value.stripTrailingZeros().toPlainString(),
        value.doubleValue(),
        seed -> scenario.realisation(constants, seed));
  }

  private PaperScenario at(BigDecimal value, PaperScenario defaults) {
    return switch (this) {
      case BANDWIDTH -> defaults.withBandwidthHz(value.scaleByPowerOfTen(6).doubleValue());
      case USERS -> defaults.withUsers(value.intValueExact());
      case LATENCY_BUDGET ->
          defaults.withLatencyBudget(Duration.ofNanos(value.scaleByPowerOfTen(6).longValue()));
      case SHARING -> defaults.withSharing(value.scaleByPowerOfTen(-2).doubleValue());
    };
  }
}
