// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentSearchTest {
  private static final ScenarioConstants PAPER = ScenarioConstants.paper();
  private static final int SEEDS = 25;

  private InProcessPlanner service;
  private PlannerClient planner;

  @BeforeEach
  void start() throws Exception {
    service = new InProcessPlanner();
    planner = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void search_servesAsManyUsersAsTheSearchOverCounts(SharingKind kind) {
    Set<Integer> served = new HashSet<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      // Budgets from a fraction of a model's loading time to all of what the requests need.
      PlanRequest request = request(kind, 14, 5, Duration.ofMillis(10 * seed), seed);
      served.add(servedByBothSearches(request));
    }
    assertTrue(served.size() > 5, "the budgets tell too little: " + served);
  }

  /** Of the paper's size: 20 users of 5 models, nearly 1e8 assignments. */
  @ParameterizedTest
  @ValueSource(strings = {"9a", "9b"})
  void search_ofTheSmallFigures_servesAsManyUsersAsTheSearchOverCounts(String id) {
    Figure figure =
        Figures.all(PAPER).stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    for (int seed = 1; seed <= 5; seed++) {
      servedByBothSearches(figure.settings().get(0).draw().apply(seed));
    }
  }

  private int servedByBothSearches(PlanRequest request) {
    PlanResponse assignments = AssignmentSearch.plan(planner, request);
    PlanResponse counts = planner.plan(Curves.EXHAUSTIVE.variant().apply(request));
    assertEquals(counts.getServedUserCount(), assignments.getServedUserCount(), request.getLabel());
    // Both take a plan that completes first, each in arithmetic of its own.
    assertEquals(
        Durations.toNanos(counts.getSchedule().getCompletion()),
        Durations.toNanos(assignments.getSchedule().getCompletion()),
        100,
        request.getLabel());
    return assignments.getServedUserCount();
  }

  @ParameterizedTest
  @EnumSource
  void search_givesAScheduleThatKeepsEveryConstraint(SharingKind kind) {
    for (int seed = 1; seed <= 5; seed++) {
      PlanRequest request = request(kind, 12, 4, Duration.ofMillis(120), seed);
      PlanResponse plan = AssignmentSearch.plan(planner, request);
      VerifyScheduleResponse judgement =
          planner.verify(
              VerifyScheduleRequest.newBuilder()
                  .setRequest(request)
                  .setSchedule(plan.getSchedule())
                  .build());
      assertEquals(List.of(), judgement.getViolationsList());
      assertTrue(plan.getServedUserCount() > 0);
      assertEquals(plan.getServedUserCount(), judgement.getServedUserCount());
      assertEquals(plan.getServedUserCount(), plan.getServedUserUpperBound());
      assertEquals(Optimality.OPTIMALITY_PROVEN, plan.getOptimality());
      assertTrue(Durations.isPositive(plan.getPlanningTime()));
    }
  }

  @Test
  void count_ofSmallRequests_isWhatTheHandCounts() {
    assertEquals(0, AssignmentProblem.count());
    // One user; either of two, or both together.
    assertEquals(1, AssignmentProblem.count(1));
    assertEquals(3, AssignmentProblem.count(2));
    // A, B, AB, BA
    assertEquals(4, AssignmentProblem.count(1, 1));
    // Three batches of one model, one of the other, and the 3 · 1 pairs in both orders.
    assertEquals(3 + 1 + 2 * 3, AssignmentProblem.count(2, 1));
    // 5 · 15 + 20 · 15² + 60 · 15³ + 120 · 15⁴ + 120 · 15⁵
    assertEquals(
        75 + 4_500 + 202_500 + 6_075_000 + 91_125_000, AssignmentProblem.count(4, 4, 4, 4, 4));
  }

  @Test
  void search_withTimeForEverything_enumeratesEveryAssignment() {
    PlanRequest request = request(SharingKind.GENERAL, 9, 3, Duration.ofSeconds(10), 1);
    int[] users =
        request.getBlockLibrary().getModelsList().stream()
            .mapToInt(
                model ->
                    (int)
                        request.getUserSnapshot().getUsersList().stream()
                            .filter(user -> user.getModelId().equals(model.getId()))
                            .count())
            .toArray();
    AssignmentSearch search = new AssignmentSearch(new AssignmentProblem(request));
    search.run();
    assertEquals(AssignmentProblem.count(users), search.assignments());
    assertEquals(9, search.served());
  }

  @Test
  void search_withoutTimeForAnything_servesNobody() {
    PlanRequest request = request(SharingKind.GENERAL, 9, 3, Duration.ofMillis(1), 1);
    PlanResponse plan = AssignmentSearch.plan(planner, request);
    assertEquals(0, plan.getServedUserCount());
    assertEquals(0, plan.getSchedule().getBatchesCount());
  }

  @Test
  void search_ofWhatThePaperHasNot_isRefused() {
    assertRefused(request -> request.getOptionsBuilder().setUploadMargin(0.1));
    assertRefused(
        request -> request.getOptionsBuilder().setAlgorithm(Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH));
    assertRefused(request -> request.getChannelStateBuilder().setUplinkSlotRatio(0.5));
    assertRefused(
        request ->
            request
                .getChannelStateBuilder()
                .clearBandwidthHz()
                .getPrbGridBuilder()
                .setPrbCount(24));
    assertRefused(
        request -> request.getChannelStateBuilder().getUserChannelsBuilder(0).setUplinkSinrDb(10));
    assertRefused(request -> request.getEdgeServerBuilder().addResidentBlockIds(1));
    assertRefused(request -> request.getEdgeServerBuilder().getHostToGpuBuilder().clearAffine());
    assertRefused(
        request ->
            request.getBlockLibraryBuilder().getModelsBuilder(0).getComputeBuilder().clear());
    // Room for a batch of one.
    assertRefused(request -> request.getEdgeServerBuilder().setGpuMemoryBytes(1_100_000_000));
  }

  @Test
  void search_ofTooManyAssignments_isRefused() {
    PlanRequest request = request(SharingKind.GENERAL, 30, 1, Duration.ofSeconds(1), 1);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> AssignmentSearch.plan(planner, request));
    assertEquals("1.1e+09 assignments of users to batches are too many", refusal.getMessage());
  }

  private void assertRefused(Consumer<PlanRequest.Builder> change) {
    PlanRequest.Builder request =
        request(SharingKind.GENERAL, 6, 2, Duration.ofMillis(200), 1).toBuilder();
    change.accept(request);
    assertThrows(
        IllegalArgumentException.class, () -> AssignmentSearch.plan(planner, request.build()));
  }

  private static PlanRequest request(
      SharingKind kind, int users, int models, Duration budget, long seed) {
    return new PaperScenario(kind, users, models, 20e6, budget, 0.85).realisation(PAPER, seed);
  }
}
