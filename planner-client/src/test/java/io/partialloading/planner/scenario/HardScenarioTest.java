// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HardScenarioTest {
  private static final ScenarioConstants PAPER = ScenarioConstants.paper();
  private static final int ANCESTOR_LAYERS = 18;

  @Test
  void realisation_ofTheSameSeed_isTheSame() {
    HardScenario scenario = new HardScenario(25);
    assertEquals(scenario.realisation(PAPER, 7), scenario.realisation(PAPER, 7));
    assertNotEquals(scenario.realisation(PAPER, 7), scenario.realisation(PAPER, 8));
  }

  @Test
  void realisation_sharesAboutThreeQuartersOfOneAncestorsLayersAnywhere() {
    PlanRequest request = new HardScenario(25).realisation(PAPER, 1);
    List<Model> models = request.getBlockLibrary().getModelsList();
    assertEquals(25, models.size());
    Set<List<Integer>> shared = new HashSet<>();
    for (Model model : models) {
      assertEquals(ANCESTOR_LAYERS, model.getBlockIdsCount());
      List<Integer> ofAncestor =
          model.getBlockIdsList().stream().filter(id -> id <= ANCESTOR_LAYERS).toList();
      // 70 to 80 % of 18 layers, never the classifier
      assertTrue(ofAncestor.size() >= 13 && ofAncestor.size() <= 14, model.getId());
      assertTrue(!ofAncestor.contains(ANCESTOR_LAYERS), model.getId());
      shared.add(ofAncestor);
    }
    assertTrue(shared.size() > 20, shared::toString);
  }

  @Test
  void realisation_hasUsersOfEveryModel() {
    PlanRequest request = new HardScenario(40).realisation(PAPER, 1);
    assertEquals(100, request.getUserSnapshot().getUsersCount());
    assertEquals(
        40,
        request.getUserSnapshot().getUsersList().stream().map(User::getModelId).distinct().count());
  }
}
