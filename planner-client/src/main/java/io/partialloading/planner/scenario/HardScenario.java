// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import io.partialloading.planner.v1.PlanRequest;
import java.util.List;

/**
 * The hardest libraries: every model is a fine-tune of the same ResNet-18 with layers frozen at
 * arbitrary positions, so all models are in one component of general sharing. No two structures
 * keep apart what is to be planned, as in the paper's general case.
 *
 * @param models number of models, at least 1
 */
public record HardScenario(int models) {
  /**
   * Draws a request. The same scenario, constants and seed give the same request on every machine.
   */
  public PlanRequest realisation(ScenarioConstants constants, long seed) {
    ScenarioConstants.Hard hard = constants.hard();
    return new Cell(constants, hard.users(), constants.bandwidthHz(), hard.latencyBudget())
        .draw(
            "hard",
            random ->
                FineTunedLibrary.draw(
                    constants,
                    List.of(ResNet.RESNET_18),
                    SharingKind.GENERAL,
                    models,
                    hard.sharing(),
                    random),
            Cell.serverLoadingFromStorage(
                    constants.library(SharingKind.GENERAL).loadBytesPerSecond())
                .setGpuMemoryBytes(constants.gpuMemoryBytes()),
            seed);
  }
}
