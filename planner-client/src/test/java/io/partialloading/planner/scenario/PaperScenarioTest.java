// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaperScenarioTest {
  private static final ScenarioConstants PAPER = ScenarioConstants.paper();

  /** The layers of the three ancestors come first in every library. */
  private static final int ANCESTOR_BLOCKS = 18 + 34 + 50;

  @ParameterizedTest
  @EnumSource
  void realisation_ofTheSameSeed_isTheSame(SharingKind kind) {
    PaperScenario scenario = PaperScenario.defaults(kind, PAPER);
    assertEquals(scenario.realisation(PAPER, 7), scenario.realisation(PAPER, 7));
    assertNotEquals(scenario.realisation(PAPER, 7), scenario.realisation(PAPER, 8));
  }

  @Test
  void realisation_withMoreUsers_keepsTheLibraryAndTheFirstUsersChannels() {
    PlanRequest few = scenario(SharingKind.GENERAL, 30, 25, 0.85).realisation(PAPER, 3);
    PlanRequest many = scenario(SharingKind.GENERAL, 100, 25, 0.85).realisation(PAPER, 3);
    assertEquals(few.getBlockLibrary(), many.getBlockLibrary());
    assertEquals(
        few.getChannelState().getUserChannelsList(),
        many.getChannelState().getUserChannelsList().subList(0, 30));
  }

  @ParameterizedTest
  @CsvSource({"BOTTOM_LAYER, 50, 2.5e9", "GENERAL, 25, 0.9e9"})
  void realisation_ofTheDefaultSetting_hasThePapersNumbers(
      SharingKind kind, int models, double loadRate) {
    PlanRequest request = PaperScenario.defaults(kind, PAPER).realisation(PAPER, 1);
    assertEquals(80, request.getUserSnapshot().getUsersCount());
    assertEquals(models, request.getBlockLibrary().getModelsCount());
    assertEquals(200e6, request.getChannelState().getBandwidthHz());
    assertEquals(Durations.fromMillis(700), request.getLatencyBudget());
    double storage = request.getEdgeServer().getStorageToHost().getAffine().getBytesPerSecond();
    double host = request.getEdgeServer().getHostToGpu().getAffine().getBytesPerSecond();
    assertEquals(loadRate, 1 / (1 / storage + 1 / host), 1e-3);
  }

  @ParameterizedTest
  @EnumSource
  void realisation_hasRoomForExactlyTheLargestBatch(SharingKind kind) {
    PlanRequest request = PaperScenario.defaults(kind, PAPER).realisation(PAPER, 1);
    for (Model model : request.getBlockLibrary().getModelsList()) {
      AffineMemory memory = model.getMemory().getAffine();
      long free = request.getEdgeServer().getGpuMemoryBytes() - memory.getFixedBytes();
      assertEquals(32, free / memory.getBytesPerSample(), model.getId());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BOTTOM_LAYER, 0.75", "BOTTOM_LAYER, 0.85", "BOTTOM_LAYER, 0.95",
    "GENERAL, 0.75", "GENERAL, 0.85", "GENERAL, 0.90",
  })
  void realisation_sharesTheWantedPartOfLayersOnAverage(SharingKind kind, double sharing) {
    double sum = 0;
    int models = 0;
    for (long seed = 0; seed < 20; seed++) {
      PlanRequest request = scenario(kind, 0, 50, sharing).realisation(PAPER, seed);
      for (Model model : request.getBlockLibrary().getModelsList()) {
        double share = (double) sharedCount(model) / model.getBlockIdsCount();
        // Half a layer of rounding beyond the spread.
        double farthest = 0.05 + 0.5 / model.getBlockIdsCount();
        assertEquals(sharing, share, farthest + 1e-9, "seed " + seed + ", " + model.getId());
        sum += share;
        models++;
      }
    }
    assertEquals(sharing, sum / models, 0.01);
  }

  @Test
  void realisation_ofBottomLayerSharing_sharesAPrefix() {
    PlanRequest request =
        PaperScenario.defaults(SharingKind.BOTTOM_LAYER, PAPER).realisation(PAPER, 1);
    for (Model model : request.getBlockLibrary().getModelsList()) {
      List<Integer> shared = model.getBlockIdsList().subList(0, sharedCount(model));
      int first = shared.get(0);
      assertTrue(Set.of(1, 19, 53).contains(first), model.getId());
      for (int i = 0; i < shared.size(); i++) {
        assertEquals(first + i, shared.get(i), model.getId());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.85", "1"})
  void realisation_ofGeneralSharing_neverSharesTheClassifier(double sharing) {
    PlanRequest request = scenario(SharingKind.GENERAL, 10, 25, sharing).realisation(PAPER, 1);
    for (Model model : request.getBlockLibrary().getModelsList()) {
      int last = model.getBlockIds(model.getBlockIdsCount() - 1);
      assertTrue(last > ANCESTOR_BLOCKS, model.getId());
    }
  }

  @Test
  void realisation_withEnoughUsers_requestsEveryModel() {
    PlanRequest request = scenario(SharingKind.BOTTOM_LAYER, 60, 50, 0.85).realisation(PAPER, 1);
    Set<String> requested =
        request.getUserSnapshot().getUsersList().stream().map(User::getModelId).collect(toSet());
    assertEquals(50, requested.size());
  }

  @Test
  void realisation_hasUniqueIdsAndEveryReferenceResolves() {
    PlanRequest request = scenario(SharingKind.GENERAL, 1200, 120, 0.85).realisation(PAPER, 1);
    Set<Integer> blocks = new HashSet<>();
    request.getBlockLibrary().getBlocksList().forEach(b -> assertTrue(blocks.add(b.getId())));
    Set<String> models = new HashSet<>();
    for (Model model : request.getBlockLibrary().getModelsList()) {
      assertTrue(models.add(model.getId()));
      assertTrue(blocks.containsAll(model.getBlockIdsList()), model.getId());
      assertEquals(model.getBlockIdsCount(), Set.copyOf(model.getBlockIdsList()).size());
    }
    Set<String> users = new HashSet<>();
    for (User user : request.getUserSnapshot().getUsersList()) {
      assertTrue(users.add(user.getId()));
      assertTrue(models.contains(user.getModelId()), user.getId());
    }
    List<String> channels =
        request.getChannelState().getUserChannelsList().stream()
            .map(UserChannel::getUserId)
            .toList();
    assertEquals(
        request.getUserSnapshot().getUsersList().stream().map(User::getId).toList(), channels);
  }

  @Test
  void realisation_placesUsersUniformlyOverTheDiscWithUnitMeanFading() {
    PlanRequest request = scenario(SharingKind.GENERAL, 20_000, 1, 0.85).realisation(PAPER, 1);
    int inner = 0;
    double gain = 0;
    for (UserChannel channel : request.getChannelState().getUserChannelsList()) {
      double distance = channel.getLinkBudget().getDistanceM();
      assertTrue(distance > 0 && distance <= 250, channel::toString);
      inner += distance <= 125 ? 1 : 0;
      gain += channel.getLinkBudget().getFadingPowerGain();
    }
    // Half the radius holds a quarter of the area. Five standard deviations are 0.015 and 0.035.
    assertEquals(0.25, inner / 20_000.0, 0.015);
    assertEquals(1, gain / 20_000, 0.035);
  }

  @Test
  void realisation_withoutUsers_isEmpty() {
    PlanRequest request = scenario(SharingKind.BOTTOM_LAYER, 0, 3, 0.85).realisation(PAPER, 1);
    assertEquals(0, request.getUserSnapshot().getUsersCount());
    assertFalse(request.getBlockLibrary().getModelsList().isEmpty());
  }

  @Test
  void scenario_outOfRange_isRefused() {
    assertRefused(() -> scenario(SharingKind.GENERAL, -1, 25, 0.85));
    assertRefused(() -> scenario(SharingKind.GENERAL, 80, 0, 0.85));
    assertRefused(() -> scenario(SharingKind.GENERAL, 80, 25, 1.01));
    assertRefused(() -> scenario(SharingKind.GENERAL, 80, 25, Double.NaN));
    assertRefused(
        () -> new PaperScenario(SharingKind.GENERAL, 1, 1, Double.NaN, Duration.ofMillis(1), 1));
    assertRefused(() -> new PaperScenario(SharingKind.GENERAL, 1, 1, 1, Duration.ZERO, 1));
  }

  private static void assertRefused(Runnable scenario) {
    assertThrows(IllegalArgumentException.class, scenario::run);
  }

  private static PaperScenario scenario(SharingKind kind, int users, int models, double sharing) {
    return new PaperScenario(kind, users, models, 200e6, Duration.ofMillis(700), sharing);
  }

  private static int sharedCount(Model model) {
    return (int) model.getBlockIdsList().stream().filter(id -> id <= ANCESTOR_BLOCKS).count();
  }
}
