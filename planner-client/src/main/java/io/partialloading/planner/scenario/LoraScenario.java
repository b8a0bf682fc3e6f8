// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A large language model and low-rank adapters (LoRA) of it: every model is the base and an adapter
 * of a few per cent of its size. Base and adapters are in host memory.
 *
 * @param adapters number of adapters, at least 1
 */
public record LoraScenario(int adapters) {
  private static final int BASE = 1;

  /**
   * Draws a request. The same scenario, constants and seed give the same request on every machine.
   */
  public PlanRequest realisation(ScenarioConstants constants, long seed) {
    ScenarioConstants.Lora lora = constants.lora();
    return new Cell(constants, lora.users(), constants.bandwidthHz(), lora.latencyBudget())
        .draw(
            "lora",
            random -> library(constants, random),
            Cell.serverLoadingFromHost(lora.loadBytesPerSecond())
                .setGpuMemoryBytes(lora.largestModelBytes() + constants.gpuMemoryBytes()),
            seed);
  }

  /** Adapters' sizes are uniform between the smallest and the largest. */
  private BlockLibrary library(ScenarioConstants constants, SplittableRandom random) {
    ScenarioConstants.Lora lora = constants.lora();
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    library.addBlocks(
        ParameterBlock.newBuilder().setId(BASE).setName("base").setSizeBytes(lora.baseBytes()));
    int digits = Math.max(2, Integer.toString(adapters - 1).length());
    for (int i = 0; i < adapters; i++) {
      double share =
          lora.leastAdapterShare()
              + (lora.mostAdapterShare() - lora.leastAdapterShare()) * random.nextDouble();
      String id = String.format(Locale.ROOT, "lora-%0" + digits + "d", i);
      int adapter = BASE + 1 + i;
      library.addBlocks(
          ParameterBlock.newBuilder()
              .setId(adapter)
              .setName(id)
              .setSizeBytes(Math.max(1, Math.round(share * lora.baseBytes()))));
      library
          .addModelsBuilder()
          .setId(id)
          .addBlockIds(BASE)
          .addBlockIds(adapter)
          .setCompute(Profiles.compute(lora.compute()))
          .setMemory(Profiles.memory(constants, lora.largestModelBytes()));
    }
    return library.build();
  }
}
