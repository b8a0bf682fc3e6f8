// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.machine;

import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.StopSignal;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ServableUsersTest {
  private static int count(Drawing drawing) {
    return ServableUsers.count(new Machine(drawing.instance()), StopSignal.NEVER);
  }

  /** Twice the bytes take ten times as long. */
  private static Drawing superadditive(int budget) {
    return withinMillis(budget).measuredLoads(new long[] {1, 2, 3}, 1, 10, 100);
  }

  @Test
  void users_thatFitAlone_count() {
    // 10 ms to load and 2 to compute.
    Drawing drawing = withinMillis(20).model("a10", 8, 9, Drawing.OUT_OF_REACH).computing(1, 1);

    assertEquals(1, count(drawing));
  }

  @Test
  void users_ofAModelThatExceedsMemory_doNotCount() {
    assertEquals(1, count(withinMillis(20).modelTooLarge("a1", 1).model("b1", 1)));
  }

  @Test
  void residentBlocks_areFree() {
    assertEquals(1, count(withinMillis(5).model("a9", 5).resident("a9")));
    assertEquals(0, count(withinMillis(5).model("a9", 5).resident("a9").withoutParameterSharing()));
  }

  @Test
  void userWhoTakesNoTime_atTheVeryEndOfTheBudget_counts() {
    // A is loaded in 10 ms, which is the budget, and then B in none.
    Drawing drawing =
        withinMillis(10).model("x2", 0).model("x2 b1", 0).measuredLoads(new long[] {1, 2}, 0, 10);

    assertEquals(2, count(drawing));
  }

  @Test
  void loadsInParts_areReckonedWithWhereTheyAreFaster() {
    // B by itself takes 10 ms, after A and its cheapest user 1 + 2 + 1.
    Drawing drawing = superadditive(6).model("x1", 3, 2).model("x1 y1", 2, 3);

    assertEquals(3, count(drawing));
    assertEquals(2, count(superadditive(6).model("x1", 3, 2).model("y1 z1", 2, 3)));
  }

  @Test
  void loadsInParts_byWayOfTwoModels() {
    // 1 + 1 + 1 + 1 + 1, and a user of 3 ms.
    Drawing drawing = superadditive(8).model("x1 y1 z1", 3).model("x1 y1", 1).model("x1", 1);

    assertEquals(3, count(drawing));
  }

  @Test
  void loadsInParts_doNotHelpWithoutParameterSharing() {
    Drawing drawing = superadditive(6).model("x1", 3, 2).model("x1 y1", 2, 3);

    assertEquals(2, count(drawing.withoutParameterSharing()));
  }

  @Test
  void loadsInParts_byWayOfAModelThatCanServeNobody_areNot() {
    Drawing drawing = superadditive(6).modelTooLarge("x1", 1).model("x1 y1", 2);

    assertEquals(0, count(drawing));
  }

  @Test
  void count_thatNobodyWaitsFor_ends() {
    Machine machine = new Machine(superadditive(6).model("x1", 3, 2).instance());

    assertThrows(CancellationException.class, () -> ServableUsers.count(machine, Stop.cancelled()));
  }
}
