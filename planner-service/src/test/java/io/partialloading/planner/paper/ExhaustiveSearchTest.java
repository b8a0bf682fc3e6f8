// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static io.partialloading.planner.fixture.Visits.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import org.junit.jupiter.api.Test;

class ExhaustiveSearchTest {
  private static Solution exhaustive(Drawing drawing) {
    return new ExhaustiveSearch().solve(drawing.instance(), StopSignal.NEVER);
  }

  /** Ring sharing: any two of the models share a block, and the order decides what is reused. */
  private static Drawing ring(int budgetMillis) {
    return withinMillis(budgetMillis)
        .model("x10 y30", 10)
        .model("x10 z20", 10)
        .model("y30 z20", 10);
  }

  @Test
  void plan_servesMostUsers() {
    Drawing drawing =
        withinMillis(100)
            .model("a40", 3, 3, 3, 3, 3, 3)
            .model("b38", 3, 3, 3, 3)
            .model("c38", 3, 3, 3, 3);

    Solution solution = exhaustive(drawing);

    assertEquals("B4 C4", plan(solution));
    assertTrue(solution.isProvenOptimal());
  }

  @Test
  void plan_amongThoseWithMostUsers_completesFirst() {
    // A B C, the first in order, loads 40 + 20 + 30; A C B loads 40 + 20 + 10, and so does B C A.
    assertEquals("A1 C1 B1", plan(exhaustive(ring(120))));
  }

  @Test
  void plan_amongEqualOnes_isTheFirstInLexicographicOrder() {
    assertEquals("A1 B1", plan(exhaustive(withinMillis(40).model("a10", 10).model("b10", 10))));
    assertEquals("A1", plan(exhaustive(withinMillis(20).model("a10", 10).model("b10", 10))));
  }

  @Test
  void bound_ofAnInstanceWithoutResidentBlocks_isItsOptimum() {
    Solution solution = exhaustive(ring(99));

    assertEquals(2, solution.servedUserCount());
    assertEquals(2, solution.servedUserUpperBound());
  }

  @Test
  void bound_ofAnInstanceWithResidentBlocks_isNotClaimed() {
    Solution solution = exhaustive(ring(99).resident("x10"));

    assertEquals(2, solution.servedUserCount());
    assertEquals(3, solution.servedUserUpperBound());
  }

  @Test
  void bound_withResidentBlocksThatAreNotReused_isItsOptimum() {
    assertTrue(exhaustive(ring(99).resident("x10").withoutParameterSharing()).isProvenOptimal());
  }

  @Test
  void loadsFasterInParts_ofModelsThatShareBlocks_areRefused() {
    Drawing drawing = withinMillis(5).model("x1", 1).model("x1 y1", 1);

    NotApplicableException refusal =
        assertThrows(
            NotApplicableException.class,
            () -> exhaustive(drawing.measuredLoads(new long[] {1, 2}, 1, 10)));

    assertEquals(
        "exhaustive search visits each model once, which is best only where no load is faster in two"
            + " parts than in one; these transfer times do not have that property, or have too many"
            + " points to tell",
        refusal.getMessage());
    assertTrue(exhaustive(drawing.withoutParameterSharing()).isProvenOptimal());
  }

  @Test
  void loadsFasterInParts_ofModelsThatShareNothing_makeNoDifference() {
    Drawing drawing = withinMillis(15).model("x1", 1).model("y1 z1", 1);

    Solution solution = exhaustive(drawing.measuredLoads(new long[] {1, 2}, 1, 10));

    assertEquals("A1 B1", plan(solution));
    assertTrue(solution.isProvenOptimal());
  }

  @Test
  void equalSubchannels_splitUsersAsIsBest() {
    // As printed the split is {2, 6} {12}, 36 ms; {2} {6, 12} takes 28 ms.
    Solution solution = exhaustive(withinMillis(30).model("a1", 2, 6, 12).equalSubchannels(2));

    assertEquals("A3", plan(solution));
    assertTrue(solution.isProvenOptimal());
  }

  @Test
  void planCount_isTheSumOverOrderedSubsetsAndCounts() {
    assertEquals(0, ExhaustiveSearch.planCount());
    assertEquals(2 + 3 + 2 * 2 * 3, ExhaustiveSearch.planCount(2, 3));
    assertEquals(157_780, ExhaustiveSearch.planCount(4, 4, 4, 4, 4));
    assertEquals(9_864_100, ExhaustiveSearch.planCount(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
  }

  @Test
  void instance_withTooManyPlans_isRefusedWithLimitAndSize() {
    Drawing drawing = withinMillis(100);
    for (int model = 0; model < 11; model++) {
      drawing.model("m" + (char) ('a' + model) + "10", 10);
    }

    NotApplicableException refusal =
        assertThrows(NotApplicableException.class, () -> exhaustive(drawing));

    assertEquals(
        "exhaustive search is limited to 1.0e+08 combinations of orders and counts; this instance of"
            + " 11 models has 1.1e+08",
        refusal.getMessage());
  }

  @Test
  void instance_whoseSizeOverflows_isRefused() {
    Drawing drawing = withinMillis(100);
    for (int model = 0; model < 200; model++) {
      drawing.model("m" + "x".repeat(model) + "10", 10);
    }

    assertThrows(NotApplicableException.class, () -> exhaustive(drawing));
  }

  @Test
  void models_noUserOfWhichFits_doNotCount() {
    Drawing drawing = withinMillis(30);
    for (int model = 0; model < 20; model++) {
      drawing.model("m" + (char) ('a' + model) + "10", model < 2 ? 10 : 31);
    }

    assertEquals("A1", plan(exhaustive(drawing)));
  }

  @Test
  void time_up_givesTheBestPlanSoFarWithoutProof() {
    Drawing drawing = withinMillis(100);
    for (int model = 0; model < 10; model++) {
      drawing.model("m" + (char) ('a' + model) + "10", 10);
    }

    Solution solution = new ExhaustiveSearch().solve(drawing.instance(), Stop.timeUp());

    assertEquals("A1 B1 C1 D1 E1", plan(solution));
    assertFalse(solution.isProvenOptimal());
  }
}
