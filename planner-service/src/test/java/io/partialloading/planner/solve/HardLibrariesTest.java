// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.fixture.HardInstances;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.paper.PartialLoadingGen;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Large components with arbitrary sharing: nearly optimal, soon, and honest about the rest. */
class HardLibrariesTest {
  @Test
  void search_ofComponentsThatCanBeSolvedExactly_servesTheOptimumWithAValidBound() {
    int served = 0;
    int optimum = 0;
    int proven = 0;
    for (int seed = 0; seed < 12; seed++) {
      Instance instance = HardInstances.draw(16, 100, seed);
      int most = optimum(instance);
      LeastTimes times = searched(instance);
      String message = "seed " + seed;
      assertTrue(times.curves().maxCount() <= most, message);
      assertTrue(times.bounds().maxCount() >= most, message);
      served += times.curves().maxCount();
      optimum += most;
      proven += times.curves().maxCount() == times.bounds().maxCount() ? 1 : 0;
    }
    assertTrue(served >= optimum * 0.995, served + " users of " + optimum);
    assertTrue(proven >= 8, proven + " proven");
  }

  /** The most users that can be served, by the exact program, however long that takes. */
  static int optimum(Instance instance) {
    int[] models = IntStream.range(0, instance.modelCount()).toArray();
    Problem problem = Problem.of(instance, StopSignal.NEVER);
    SubsetTimes exact =
        Objects.requireNonNull(SubsetTimes.solve(problem, models, StopSignal.NEVER));
    return exact.curves().maxCount();
  }

  /** As the planner would if the component were too large for the exact program. */
  private static LeastTimes searched(Instance instance) {
    int[] models = IntStream.range(0, instance.modelCount()).toArray();
    ComponentSearch search =
        new ComponentSearch(Problem.of(instance, StopSignal.NEVER), models, true, StopSignal.NEVER);
    assertFalse(
        new JointSearch(List.of(search), List.of(), instance.budget(), 1e7, StopSignal.NEVER)
            .run());
    return search.times();
  }

  @Test
  void solve_twice_givesTheSamePlanAndBound() {
    Instance instance = HardInstances.draw(25, 120, 4);

    assertEquals(
        HardInstances.planner(0.3).solve(instance, StopSignal.NEVER),
        HardInstances.planner(0.3).solve(instance, StopSignal.NEVER));
  }

  @Test
  void solve_withMoreEffort_isNoWorse() {
    Instance instance = HardInstances.draw(50, 100, 2);
    Solution little = HardInstances.planner(0.01).solve(instance, StopSignal.NEVER);
    Solution more = HardInstances.planner(1).solve(instance, StopSignal.NEVER);

    assertTrue(more.servedUserCount() >= little.servedUserCount());
    assertTrue(more.servedUserUpperBound() <= little.servedUserUpperBound());
    assertTrue(more.servedUserUpperBound() >= little.servedUserCount());
  }

  @Test
  void solve_whoseTimeIsUpAtAnyMoment_givesAFeasiblePlanWithAValidBound() {
    Instance instance = HardInstances.draw(25, 120, 2);
    Solution whole = HardInstances.planner(1).solve(instance, StopSignal.NEVER);
    assertFalse(whole.isCutShort());

    for (int polls = 0; polls < 3000; polls = polls * 3 / 2 + 1) {
      Solution cut = HardInstances.planner(1).solve(instance, Stop.timeUpAfter(polls));
      assertTrue(cut.isCutShort(), polls + " polls");
      assertTrue(new Machine(instance).run(cut.batches()) <= instance.budget());
      assertTrue(cut.servedUserCount() > 0);
      assertTrue(cut.servedUserUpperBound() >= whole.servedUserCount());
    }
  }

  @Test
  void solve_ofMoreModelsThanAreSearched_saysWhetherTimeWasUpBeforeAllPlansWereTried() {
    Instance instance = HardInstances.draw(1_001, 6_000, 1);
    Solution whole = HardInstances.planner(1).solve(instance, StopSignal.NEVER);
    Solution cut = HardInstances.planner(1).solve(instance, Stop.timeUp());

    assertFalse(whole.isProvenOptimal());
    assertFalse(whole.isCutShort());
    assertTrue(cut.isCutShort());
    assertTrue(cut.servedUserCount() <= whole.servedUserCount());
    assertEquals(whole.servedUserUpperBound(), cut.servedUserUpperBound());
  }

  @Test
  void solve_thatNobodyWaitsFor_endsAtTheNextPoll() {
    Instance instance = HardInstances.draw(25, 120, 2);
    for (int polls = 0; polls < 3000; polls = polls * 2 + 1) {
      StopSignal stop = Stop.cancelledAfter(polls);
      assertThrows(
          CancellationException.class, () -> HardInstances.planner(1).solve(instance, stop));
    }
  }

  @Test
  void solve_ofTwoHundredModelsAndTwoThousandUsers_beatsGen() {
    Instance instance = HardInstances.draw(200, 2000, 1);
    Solution gen = new PartialLoadingGen(1_000_000).solve(instance, StopSignal.NEVER);
    Solution plan = HardInstances.planner(1).solve(instance, StopSignal.NEVER);

    assertTrue(plan.servedUserCount() > gen.servedUserCount());
    assertTrue(new Machine(instance).run(plan.batches()) <= instance.budget());
  }

  @Test
  void solve_besideModelsThatDoNotFitIn_servesTheSearchedComponent() {
    Instance.Builder builder = ringAndTwoLongModels(905_000_000);
    Solution plan = HardInstances.planner(0.2).solve(builder.build(), StopSignal.NEVER);

    assertEquals(60, plan.servedUserCount());
    assertTrue(plan.servedUserUpperBound() <= 61);
  }

  @Test
  void solve_ofLoadsThatLastForYears_doesNotOverflow() {
    LoadTimes slow = new LoadTimes(TransferTime.affine(0, 1e-3), TransferTime.affine(0, 1e-3));
    BitSet resident = new BitSet();
    resident.set(0, 22);
    Instance instance =
        ringAndTwoLongModels(1_000_000_000).loadTimes(slow).residentBlocks(resident).build();
    Solution plan = HardInstances.planner(1).solve(instance, StopSignal.NEVER);

    assertTrue(plan.servedUserCount() >= 3);
    assertTrue(new Machine(instance).run(plan.batches()) <= instance.budget());
  }

  /** Twenty models of two blocks in a ring with three users each, and two with a user of 900 ms. */
  private static Instance.Builder ringAndTwoLongModels(long budget) {
    int n = 20;
    long[] blockBytes = new long[n + 2];
    Arrays.fill(blockBytes, 1_000_000);
    int[] userModels = new int[3 * n + 2];
    long[] uploadTimes = new long[userModels.length];
    for (int user = 0; user < 3 * n; user++) {
      userModels[user] = user / 3;
      uploadTimes[user] = 100_000 + user;
    }
    for (int i = 0; i < 2; i++) {
      userModels[3 * n + i] = n + i;
      uploadTimes[3 * n + i] = 900_000_000;
    }
    Instance.Builder builder = new Instance.Builder(budget, blockBytes, userModels, uploadTimes);
    for (int model = 0; model < n; model++) {
      builder.addModel(
          new int[] {model, (model + 1) % n}, ComputeTimes.affine(1_000_000, 100_000), 64);
    }
    for (int i = 0; i < 2; i++) {
      builder.addModel(new int[] {n + i}, ComputeTimes.affine(1_000_000, 100_000), 64);
    }
    return builder.loadTimes(
        new LoadTimes(TransferTime.affine(0, 1e9), TransferTime.affine(0, 1e9)));
  }
}
