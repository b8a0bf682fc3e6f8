// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.fixture.Times;
import io.partialloading.planner.fixture.Visits;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.BlockTimes.Costs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of block trees by hand, in ms. A's users take 1 and 3 ms, B's one 2 ms, C's one 100 ms. */
class BlockTimesTest {
  private static final Problem PROBLEM =
      Problem.of(
          withinMillis(1000).model("a1", 1, 2).model("b1", 2).model("c1", 100).instance(),
          StopSignal.NEVER);
  private static final LeastTimes A = new ModelTimes(PROBLEM, 0);
  private static final LeastTimes B = new ModelTimes(PROBLEM, 1);
  private static final LeastTimes C = new ModelTimes(PROBLEM, 2);

  private static Costs cold(int transfer, int latency) {
    return new Costs(millis(transfer), millis(latency), millis(transfer), millis(latency), false);
  }

  private static Costs resident(int transfer, int latency, int firstTransfer, int firstLatency) {
    return new Costs(
        millis(transfer), millis(latency), millis(firstTransfer), millis(firstLatency), true);
  }

  private static long millis(int millis) {
    return Drawing.millis(millis);
  }

  private static LeastTimes node(
      Costs costs, @Nullable LeastTimes below, @Nullable LeastTimes own) {
    return within(1000, costs, below, own);
  }

  private static LeastTimes within(
      int budget, Costs costs, @Nullable LeastTimes below, @Nullable LeastTimes own) {
    return new BlockTimes(costs, below, own, millis(budget), StopSignal.NEVER);
  }

  private static void assertCold(String millis, LeastTimes times) {
    assertEquals(Times.text(Times.millis(millis)), Times.text(times.curves().cold()));
  }

  private static void assertFirst(String millis, LeastTimes times) {
    assertEquals(Times.text(Times.millis(millis)), Times.text(times.curves().times(true)));
  }

  private static void assertVisits(String plan, LeastTimes times, int count, boolean isFirst) {
    assertEquals(plan, Visits.text(times.visits(count, isFirst)));
  }

  @Test
  void cold_ofOwnModelsAlone_isTransferLatencyAndService() {
    LeastTimes leaf = node(cold(10, 5), null, A);

    assertCold("0 16 18", leaf);
    assertVisits("A2", leaf, 2, false);
  }

  @Test
  void cold_ofNodesBelowAlone_addsTheTransferToTheirs() {
    LeastTimes node = node(cold(10, 5), node(cold(20, 5), null, B), null);

    assertCold("0 37", node);
    assertVisits("B1", node, 1, false);
  }

  @Test
  void cold_ofOwnModelsAndThoseBelow_takesTheLatencyOnlyWhereNobodyBelowIsServed() {
    LeastTimes node = node(cold(10, 5), node(cold(20, 5), null, B), A);

    // 10 + 5 + A; with B 10 + 20 + 5 + 2 + A.
    assertCold("0 16 18 40", node);
    assertVisits("A1", node, 1, false);
    assertVisits("A2", node, 2, false);
    assertVisits("B1 A2", node, 3, false);
  }

  @Test
  void cold_ofDearOwnModels_servesThoseBelowFirst() {
    LeastTimes node = node(cold(10, 5), node(cold(20, 5), null, B), C);

    assertCold("0 37 137", node);
    assertVisits("B1", node, 1, false);
    assertVisits("B1 C1", node, 2, false);
  }

  @ParameterizedTest
  @CsvSource({"40, 0 16 18 40", "39, 0 16 18", "18, 0 16 18", "17, 0 16", "15, 0", "9, 0", "1, 0"})
  void cold_shortBudget_endsWithinIt(int budget, String expected) {
    LeastTimes below = within(budget, cold(20, 5), null, B);

    assertCold(expected, within(budget, cold(10, 5), below, A));
  }

  @Test
  void first_noResidentBlock_isNotThere() {
    assertNull(node(cold(10, 5), node(cold(20, 5), null, B), A).curves().first());
  }

  @Test
  void first_allResident_isServiceAlone() {
    LeastTimes leaf = node(resident(10, 5, 0, 0), null, A);

    assertCold("0 16 18", leaf);
    assertFirst("- 1 3", leaf);
    assertVisits("A2", leaf, 2, true);
  }

  @Test
  void first_someBlocksMissing_isTheirTransferAndALatency() {
    assertFirst("- 10 12", node(resident(10, 5, 4, 5), null, A));
  }

  @ParameterizedTest
  @CsvSource({"12, - 10 12", "11, - 10", "9, -", "3, -"})
  void first_shortBudget_endsWithinIt(int budget, String expected) {
    assertFirst(expected, within(budget, resident(10, 5, 4, 5), null, A));
  }

  @Test
  void first_allResidentDownToANodeBelow_beginsThere() {
    LeastTimes node = node(resident(10, 5, 0, 0), node(resident(20, 5, 0, 0), null, B), A);

    assertFirst("- 1 3 5", node);
    assertVisits("A1", node, 1, true);
    assertVisits("A2", node, 2, true);
    assertVisits("B1 A2", node, 3, true);
  }

  @Test
  void first_ownBlocksResidentAlone_beginsWithAnOwnModelAndThenGoesBelow() {
    // To begin with B takes 20 + 5 + 2 and 3 for A; to begin with A its 3, and 27 for B.
    LeastTimes node = node(resident(10, 5, 0, 0), node(resident(20, 5, 20, 5), null, B), A);

    assertFirst("- 1 3 30", node);
    assertVisits("A2 B1", node, 3, true);
    assertVisits("B1 A2", node, 3, false);
  }

  @Test
  void first_blocksBelowResidentAlone_beginsBelow() {
    // To begin with A takes 10 + 5 + 3, and 27 for B; to begin with B 10 + 5 + 2 and 3 for A.
    LeastTimes below = node(resident(20, 5, 0, 5), null, B);
    LeastTimes node = node(resident(10, 5, 10, 5), below, A);

    assertFirst("- 16 18 20", node);
    assertVisits("B1 A2", node, 3, true);
  }

  @Test
  void first_ofANodeBelow_isItsPlanFromTheResidentBlocksOn() {
    LeastTimes below = node(resident(10, 5, 0, 0), node(resident(20, 5, 20, 5), null, B), A);
    LeastTimes node = node(resident(1, 5, 0, 0), below, null);

    assertFirst("- 1 3 30", node);
    assertVisits("A2 B1", node, 3, true);
    assertVisits("B1 A2", node, 3, false);
  }

  @Test
  void visits_notFirst_doNotCountOnResidentBlocks() {
    LeastTimes node = node(resident(10, 5, 0, 0), node(resident(20, 5, 0, 0), null, B), C);

    assertCold("0 37 137", node);
    assertFirst("- 2 102", node);
    assertVisits("B1 C1", node, 2, false);
    assertVisits("B1 C1", node, 2, true);
  }

  @Test
  void visits_ofADeepTree_comeFromTheDeepestNode() {
    LeastTimes deepest = node(cold(20, 5), null, C);
    LeastTimes node = node(cold(1, 5), node(cold(10, 5), deepest, B), A);

    assertCold("0 7 9 21 141", node);
    assertVisits("B1 A2", node, 3, false);
    assertVisits("C1 B1 A2", node, 4, false);
  }
}
