// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.fixture.Drawing.millis;
import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static io.partialloading.planner.fixture.Visits.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import org.junit.jupiter.api.Test;

class IndependentLoadingTest {
  private static Solution independent(int slotMillis, Instance instance) {
    return new IndependentLoading(millis(slotMillis)).solve(instance, StopSignal.NEVER);
  }

  @Test
  void sharedBlocks_areChargedAgain() {
    Instance instance =
        withinMillis(90).model("x30 a10", 10).model("x30 b10", 10).model("x30 c10", 10).instance();

    assertEquals("A1", plan(independent(10, instance)));
    assertEquals(
        "A1 B1 C1", plan(new PartialLoadingSpec(millis(10)).solve(instance, StopSignal.NEVER)));
  }

  @Test
  void structure_isThatOfTheModelsAllTheSame() {
    Instance instance = withinMillis(100).model("a10 x30", 10).model("b10 x30", 10).instance();

    assertEquals(SharingStructure.NESTED, independent(10, instance).sharingStructure());
  }

  @Test
  void modelWithMostUsersPerSlot_isLeftOutWhereOthersFillTheBudgetBetter() {
    Instance instance =
        withinMillis(100)
            .model("a40", 3, 3, 3, 3, 3, 3) // 6 in 6, 3 in 5
            .model("b38", 3, 3, 3, 3) // 4 in 5
            .model("c38", 3, 3, 3, 3)
            .instance();

    assertEquals("B4 C4", plan(independent(10, instance)));
    assertEquals("A6", plan(new PartialLoadingGen(millis(10)).solve(instance, StopSignal.NEVER)));
  }

  @Test
  void slots_moreThanTheTablesHold_areRefused() {
    Instance instance = withinMillis(1000).model("a1", 1).instance();

    assertThrows(
        NotApplicableException.class,
        () -> new IndependentLoading(1).solve(instance, StopSignal.NEVER));
  }

  @Test
  void slot_notPositive_isAnError() {
    assertThrows(IllegalArgumentException.class, () -> new IndependentLoading(0));
  }
}
