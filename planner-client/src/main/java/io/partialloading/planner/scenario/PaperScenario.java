// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import io.partialloading.planner.v1.PlanRequest;
import java.time.Duration;
import java.util.List;

/**
 * A point in the paper's parameter space, from which requests are drawn.
 *
 * @param kind how the library's models share layers
 * @param users number of users K, at least 0
 * @param models number of models I, at least 1
 * @param bandwidthHz bandwidth B in Hz, above 0
 * @param latencyBudget latency budget, above 0
 * @param sharing share θ of its layers that a model shares with its ancestor, on average, 0 to 1. A
 *     model's own share stays within 0 and 1 too, so the average is missed where the spread reaches
 *     beyond.
 */
public record PaperScenario(
    SharingKind kind,
    int users,
    int models,
    double bandwidthHz,
    Duration latencyBudget,
    double sharing) {

  public PaperScenario {
    require(users >= 0, "the number of users must be at least 0", users);
    require(models >= 1, "the number of models must be at least 1", models);
    require(
        bandwidthHz > 0 && Double.isFinite(bandwidthHz),
        "the bandwidth must be finite and above 0 Hz",
        bandwidthHz);
    require(
        !latencyBudget.isNegative() && !latencyBudget.isZero(),
        "the latency budget must be above 0",
        latencyBudget);
    require(sharing >= 0 && sharing <= 1, "the sharing must be from 0 to 1 (100 %)", sharing);
  }

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /** The paper's default setting of a kind of library. */
  public static PaperScenario defaults(SharingKind kind, ScenarioConstants constants) {
    return new PaperScenario(
        kind,
        constants.users(),
        constants.library(kind).models(),
        constants.bandwidthHz(),
        constants.latencyBudget(),
        constants.sharing());
  }

  /** This point with another bandwidth, in Hz. */
  public PaperScenario withBandwidthHz(double hz) {
    return new PaperScenario(kind, users, models, hz, latencyBudget, sharing);
  }

  /** This point with another number of users. */
  public PaperScenario withUsers(int count) {
    return new PaperScenario(kind, count, models, bandwidthHz, latencyBudget, sharing);
  }

  /** This point with another latency budget. */
  public PaperScenario withLatencyBudget(Duration budget) {
    return new PaperScenario(kind, users, models, bandwidthHz, budget, sharing);
  }

  /** This point with another average share of layers shared, 0 to 1. */
  public PaperScenario withSharing(double share) {
    return new PaperScenario(kind, users, models, bandwidthHz, latencyBudget, share);
  }

  /**
   * Draws a request. The same scenario, constants and seed give the same request on every machine.
   * Library, requests and radio are drawn from streams of their own: with the same seed, more users
   * or less bandwidth leave the library as it is, and the first users where they are.
   */
  public PlanRequest realisation(ScenarioConstants constants, long seed) {
    return new Cell(constants, users, bandwidthHz, latencyBudget)
        .draw(
            kind.id(),
            random ->
                FineTunedLibrary.draw(
                    constants, List.of(ResNet.values()), kind, models, sharing, random),
            Cell.serverLoadingFromStorage(constants.library(kind).loadBytesPerSecond())
                .setGpuMemoryBytes(constants.gpuMemoryBytes()),
            seed);
  }
}
