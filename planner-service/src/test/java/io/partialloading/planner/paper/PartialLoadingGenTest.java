// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.fixture.Drawing.millis;
import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static io.partialloading.planner.fixture.Visits.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import org.junit.jupiter.api.Test;

class PartialLoadingGenTest {
  private static String gen(int slotMillis, Instance instance) {
    return plan(new PartialLoadingGen(millis(slotMillis)).solve(instance, StopSignal.NEVER));
  }

  @Test
  void nextModel_hasMostUsersPerSlot() {
    Instance instance =
        withinMillis(100)
            .model("a20", 20) // 1 in 4
            .model("b10", 5, 5, 40) // 2 in 2, 3 in 6
            .instance();

    assertEquals("B2 A1", gen(10, instance));
  }

  @Test
  void load_afterAnotherModel_isThatOfTheBlocksItLacks() {
    Instance instance =
        withinMillis(60)
            .model("x20 a10", 10) // 1 in 4
            .model("b40", 10) // 1 in 5
            .model("c10 x20", 10) // 1 in 4, after A in 2
            .instance();

    assertEquals("A1 C1", gen(10, instance));
  }

  @Test
  void tie_ofRatios_goesToFewerSlots() {
    Instance instance =
        withinMillis(60)
            .model("a20", 10, 10) // 2 in 4
            .model("b10", 10) // 1 in 2
            .instance();

    assertEquals("B1 A2", gen(10, instance));
  }

  @Test
  void tie_ofRatiosAndSlots_goesToTheLibraryOrder() {
    assertEquals("A1 B1", gen(10, withinMillis(40).model("a10", 10).model("b10", 10).instance()));
  }

  @Test
  void users_whoTakeNoTime_areAllServed() {
    Instance instance =
        withinMillis(10).model("a1", 0, 0, 0).measuredLoads(new long[] {1}, 0).instance();

    assertEquals("A3", gen(10, instance));
  }

  @Test
  void tie_ofCountsOfOneModel_goesToTheFewer() {
    Instance instance = withinMillis(40).model("a10", 10, 20).model("b10", 10).instance();

    // A serves 1 in 2 slots and 2 in 4, B serves 1 in 2.
    assertEquals("A1 B1", gen(10, instance));
  }

  @Test
  void ratios_whoseProductsExceed64Bits_areComparedExactly() {
    // 16 users of A take 16·(2^55 - 16) + 1 slots of 1 ns, those of B 16·2^55 + 1.
    int[] userModels = new int[32];
    long[] uploadTimes = new long[32];
    for (int user = 0; user < 32; user++) {
      userModels[user] = user / 16;
      uploadTimes[user] = (1L << 55) - (user < 16 ? 16 : 0);
    }
    ComputeTimes compute = ComputeTimes.affine(1, 0);
    Instance instance =
        new Instance.Builder(1L << 60, new long[] {1, 1}, userModels, uploadTimes)
            .addModel(new int[] {0}, compute, Integer.MAX_VALUE)
            .addModel(new int[] {1}, compute, Integer.MAX_VALUE)
            .build();

    assertEquals("A16 B16", plan(new PartialLoadingGen(1).solve(instance, StopSignal.NEVER)));
  }

  @Test
  void slot_longerThanTheBudget_givesTheEmptyPlan() {
    assertEquals("", gen(51, withinMillis(50).model("a1", 1).instance()));
  }

  @Test
  void slot_notPositive_isAnError() {
    assertThrows(IllegalArgumentException.class, () -> new PartialLoadingGen(0));
  }
}
