// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static io.partialloading.planner.fixture.Visits.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.instance.StopSignal;
import org.junit.jupiter.api.Test;

class MaximumOverlapTest {
  private static String plannedBy(Drawing drawing) {
    return plan(new MaximumOverlap().solve(drawing.instance(), StopSignal.NEVER));
  }

  @Test
  void nextModel_sharesMostBytesWithTheLoadedOne() {
    Drawing drawing =
        withinMillis(200).model("p1 q1 r20 a1", 10).model("p1 q1 b1", 10).model("r20 c1", 10);

    assertEquals("A1 C1 B1", plannedBy(drawing));
  }

  @Test
  void overlap_isWithTheLastLoadedModelAlone() {
    Drawing drawing =
        withinMillis(200)
            .model("x20 a1", 10)
            .model("x10 z10", 10) // x10 is not x20
            .model("x20 y5", 10)
            .model("y5 d1", 10)
            .model("x20 e1", 10);

    // After A: C and E share 20 each. After C: E. After E nothing: library order.
    assertEquals("A1 C1 E1 B1 D1", plannedBy(drawing));
  }

  @Test
  void counts_areAsManyUsersAsFitWithoutSlots() {
    assertEquals("A2 B1", plannedBy(withinMillis(39).model("a10", 8, 8, 14).model("b4", 9)));
  }

  @Test
  void model_noUserOfWhichFits_isSkippedAndNotLoaded() {
    Drawing drawing = withinMillis(31).model("x10", 10).model("x10 b100", 10).model("x10 y1", 10);

    assertEquals("A1 C1", plannedBy(drawing));
  }

  @Test
  void sharing_ignored_leavesTheLibraryOrder() {
    Drawing drawing =
        withinMillis(200)
            .model("x20 a1", 10)
            .model("b1", 10)
            .model("x20 c1", 10)
            .withoutParameterSharing();

    assertEquals("A1 B1 C1", plannedBy(drawing));
  }
}
