// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoraScenarioTest {
  private static final ScenarioConstants PAPER = ScenarioConstants.paper();

  @Test
  void realisation_ofTheSameSeed_isTheSame() {
    LoraScenario scenario = new LoraScenario(20);
    assertEquals(scenario.realisation(PAPER, 7), scenario.realisation(PAPER, 7));
    assertNotEquals(scenario.realisation(PAPER, 7), scenario.realisation(PAPER, 8));
  }

  @Test
  void realisation_hasOneBaseAndAnAdapterOfEachModel() {
    PlanRequest request = new LoraScenario(200).realisation(PAPER, 1);
    List<ParameterBlock> blocks = request.getBlockLibrary().getBlocksList();
    assertEquals(201, blocks.size());
    assertEquals(14_000_000_000L, blocks.get(0).getSizeBytes());
    Set<Integer> adapters = new HashSet<>();
    for (Model model : request.getBlockLibrary().getModelsList()) {
      assertEquals(2, model.getBlockIdsCount());
      assertEquals(1, model.getBlockIds(0));
      assertTrue(adapters.add(model.getBlockIds(1)), model.getId());
    }
    assertEquals(200, adapters.size());
    for (ParameterBlock adapter : blocks.subList(1, 201)) {
      long bytes = adapter.getSizeBytes();
      assertTrue(bytes >= 140_000_000 && bytes <= 560_000_000, adapter::toString);
    }
  }

  @Test
  void realisation_hasRoomForTheLargestBatchOfAnyModel() {
    PlanRequest request = new LoraScenario(200).realisation(PAPER, 1);
    assertEquals(18_760_000_000L, request.getEdgeServer().getGpuMemoryBytes());
    for (Model model : request.getBlockLibrary().getModelsList()) {
      // 14,560 MB of weights, and what batches of 32 take.
      assertEquals(15_560_000_000L, model.getMemory().getAffine().getFixedBytes());
      assertEquals(100_000_000, model.getMemory().getAffine().getBytesPerSample());
    }
  }

  @Test
  void realisation_loadsFromHostMemory() {
    PlanRequest request = new LoraScenario(10).realisation(PAPER, 1);
    assertFalse(request.getEdgeServer().hasStorageToHost());
    assertEquals(25e9, request.getEdgeServer().getHostToGpu().getAffine().getBytesPerSecond());
  }
}
