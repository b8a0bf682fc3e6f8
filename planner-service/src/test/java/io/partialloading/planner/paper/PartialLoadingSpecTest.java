// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.fixture.Drawing.millis;
import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static io.partialloading.planner.fixture.Visits.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import org.junit.jupiter.api.Test;

class PartialLoadingSpecTest {
  private static Solution spec(int slotMillis, Instance instance) {
    return new PartialLoadingSpec(millis(slotMillis)).solve(instance, StopSignal.NEVER);
  }

  /**
   * A, B and C share a block of 1 MB, B and C another of 89 MB. In 11 slots A serves as many users
   * as B, so (19) does not let C follow B, after which it would need no more than a slot.
   */
  @Test
  void equation19_predecessorThatAddsNoUsersButMoreReuse_losesTheOptimum() {
    Instance instance = equation19CounterExample();

    Solution spec = spec(10, instance);
    Solution optimum = new ExhaustiveSearch().solve(instance, StopSignal.NEVER);

    assertEquals(3, spec.servedUserCount());
    assertEquals("B2 C2", plan(optimum));
    assertEquals(SharingStructure.BOTTOM_LAYER, spec.sharingStructure());
  }

  private static Instance equation19CounterExample() {
    long[] blockBytes = {1_000_000, 89_000_000, 98_000_000, 9_000_000, 9_000_000};
    int[] userModels = {0, 0, 0, 1, 1, 2, 2};
    long[] uploadTimes = {10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000};
    ComputeTimes compute = ComputeTimes.affine(10_000, 1_000);
    return new Instance.Builder(millis(120), blockBytes, userModels, uploadTimes)
        .loadTimes(new LoadTimes(TransferTime.NONE, TransferTime.affine(0, 1e9)))
        .addModel(new int[] {0, 2}, compute, Integer.MAX_VALUE)
        .addModel(new int[] {0, 1, 3}, compute, Integer.MAX_VALUE)
        .addModel(new int[] {0, 1, 4}, compute, Integer.MAX_VALUE)
        .build();
  }

  @Test
  void cluster_modelWithMoreSharedLayersFirstInTheLibrary_isVisitedLast() {
    Instance instance =
        withinMillis(150)
            .model("bottom50 middle20 a10", 10)
            .model("bottom50 b10", 10)
            .model("bottom50 middle20 c10", 10)
            .instance();

    // 50 + 10 + 10 ms, then 20 + 10 + 10 ms after B, then 10 + 10 ms after A.
    assertEquals("B1 A1 C1", plan(spec(10, instance)));
  }

  @Test
  void clusters_twoOfThem_areVisitedInLibraryOrderEachInOneRun() {
    Instance instance =
        withinMillis(140)
            .model("x20 a10", 10)
            .model("y20 b10", 10)
            .model("x20 c10", 10)
            .model("y20 d10", 10)
            .model("e100", 10)
            .instance();

    assertEquals("A1 C1 B1 D1", plan(spec(10, instance)));
  }

  @Test
  void slots_modelThatTakesAWholeNumberOfThem_fits() {
    assertEquals(
        "A1 B1", plan(spec(10, withinMillis(40).model("a10", 10).model("b10", 10).instance())));
  }

  @Test
  void slots_modelsThatTakeALittleMore_areChargedAnotherEach() {
    assertEquals(
        "A1", plan(spec(10, withinMillis(50).model("a11", 10).model("b11", 10).instance())));
  }

  @Test
  void slot_longerThanTheBudget_givesTheEmptyPlan() {
    Solution solution = spec(51, withinMillis(50).model("a1", 1).instance());

    assertEquals("", plan(solution));
    assertEquals(1, solution.servedUserUpperBound());
  }

  @Test
  void batches_thatMemoryLimits_areEachChargedTheirComputing() {
    Instance instance =
        withinMillis(60).model("a10", 10, 10, 10).computing(5, 1).largestBatch(2).instance();

    assertEquals("A3", plan(spec(1, instance)));
    assertEquals("A2", plan(spec(13, instance))); // all three take 53 ms, and 4 slots are 52 ms
  }

  @Test
  void sharing_ignored_makesEveryModelItsOwnCluster() {
    Instance instance =
        withinMillis(100)
            .model("x50 a10", 10)
            .model("b10 x50", 10)
            .withoutParameterSharing()
            .instance();

    Solution solution = spec(10, instance);

    assertEquals("A1", plan(solution));
    assertEquals(SharingStructure.NONE, solution.sharingStructure());
  }

  @Test
  void sharing_nestedOrGeneral_isRefusedWithTheBlocksThatBreakDefinition2() {
    Instance instance =
        withinMillis(100)
            .model("x1 a1", 1) // 0, 1
            .model("x1 b1", 1) // 0, 2
            .model("c1 y1", 1) // 3, 4
            .model("d1 y1", 1) // 5, 4
            .model("u1 v1 e1", 1) // 6, 7, 8
            .model("u1 w1 f1", 1) // 6, 9, 10
            .model("v1 w1 g1", 1) // 7, 9, 11
            .instance();

    NotApplicableException refusal =
        assertThrows(NotApplicableException.class, () -> spec(10, instance));

    assertArrayEquals(new int[] {4, 7, 9}, refusal.blocks());
    assertEquals(
        "PartialLoading Spec needs clustered bottom-layer sharing (Definition 2): in every cluster of"
            + " requested models that share blocks, the shared blocks of each model must be its bottom"
            + " layers and a prefix of one common order",
        refusal.getMessage());
  }

  @Test
  void slots_moreThanTheTablesHold_areRefused() {
    Instance instance = withinMillis(1000).model("a1", 1).instance();

    NotApplicableException refusal =
        assertThrows(
            NotApplicableException.class,
            () -> new PartialLoadingSpec(1).solve(instance, StopSignal.NEVER));

    assertEquals(
        "the latency budget has 1000000000 slots of 1 ns; for 1 requested models at most 4194303 are"
            + " possible",
        refusal.getMessage());
  }

  @Test
  void slot_notPositive_isAnError() {
    assertThrows(IllegalArgumentException.class, () -> new PartialLoadingSpec(0));
  }
}
