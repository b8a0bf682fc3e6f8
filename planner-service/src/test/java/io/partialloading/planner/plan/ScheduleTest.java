// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import static io.partialloading.planner.fixture.Drawing.millis;
import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Machine;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  /** A's users 0 and 1, loaded in 30 ms, and B's user 2, loaded in 5 ms after A. */
  private static final List<Batch> PLAN =
      List.of(new Batch(0, new int[] {0, 1}), new Batch(1, new int[] {2}));

  /** The plan takes (2 + 6) + 30 + (10 + 2) and 4 + 5 + (10 + 1) ms: 70. */
  private static Drawing drawing(int budget) {
    return withinMillis(budget).model("x20 a10", 2, 6).model("x20 b5", 4).computing(10, 1);
  }

  private static Schedule schedule(Drawing drawing, List<Batch> plan) {
    Machine machine = new Machine(drawing.instance());
    machine.run(plan);
    return Schedule.of(machine, StopSignal.NEVER);
  }

  @Test
  void of_plan_hasItsBatchesInTheirOrder() {
    Schedule schedule = schedule(drawing(100), PLAN);

    assertEquals(PLAN, schedule.batches().stream().map(ScheduledBatch::batch).toList());
  }

  @Test
  void of_plan_completesWithItsLastBatch() {
    Schedule schedule = schedule(drawing(100), PLAN);

    assertEquals(millis(70), schedule.completion());
    assertEquals(millis(50), schedule.batches().get(0).steps().completion());
  }

  @Test
  void of_planWithTimeToSpare_letsEveryBatchStartLaterByThat() {
    Schedule schedule = schedule(drawing(100), PLAN);

    assertEquals(millis(30), schedule.slack());
    assertEquals(millis(30), schedule.batches().get(0).latestStart());
    assertEquals(millis(50 + 30), schedule.batches().get(1).latestStart());
  }

  @Test
  void of_planOfTheWholeBudget_hasNoSlack() {
    Schedule schedule = schedule(drawing(70), PLAN);

    assertEquals(0, schedule.slack());
    assertEquals(millis(50), schedule.batches().get(1).latestStart());
  }

  @Test
  void of_planBeyondTheBudget_isRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> schedule(drawing(69), PLAN));

    assertEquals(
        "2 batches complete 1000000 ns after the budget of 69000000 ns", refusal.getMessage());
  }

  @Test
  void of_noBatches_leavesTheWholeBudget() {
    Schedule schedule = schedule(drawing(100), List.of());

    assertEquals(0, schedule.completion());
    assertEquals(millis(100), schedule.slack());
  }

  @Test
  void of_machineThatHasRunAnotherPlan_isOfThisPlanAlone() {
    Machine machine = new Machine(drawing(100).instance());
    machine.append(PLAN.get(1));

    machine.run(PLAN);
    Schedule schedule = Schedule.of(machine, StopSignal.NEVER);

    assertEquals(millis(50), schedule.batches().get(0).steps().completion());
    assertEquals(millis(70), schedule.completion());
  }

  @Test
  void shares_optimal_areInProportionToTheUploads() {
    Schedule schedule = schedule(drawing(100), PLAN);

    assertArrayEquals(
        new double[] {0.25, 0.75}, schedule.batches().get(0).shares().fractions(), 1e-12);
    assertArrayEquals(new double[] {1}, schedule.batches().get(1).shares().fractions(), 1e-12);
  }

  @Test
  void shares_onPrbs_areThoseOfTheBatch() {
    Schedule schedule = schedule(drawing(100).prbGrid(5), PLAN);

    assertArrayEquals(new int[] {2, 3}, schedule.batches().get(0).shares().prbCounts());
    assertArrayEquals(new int[] {5}, schedule.batches().get(1).shares().prbCounts());
  }

  @Test
  void of_thatNobodyWaitsFor_ends() {
    Machine machine = new Machine(drawing(100).instance());

    machine.run(PLAN);
    assertThrows(CancellationException.class, () -> Schedule.of(machine, Stop.cancelled()));
  }
}
