// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.instance.Instance.START;
import static io.partialloading.planner.paper.Drawing.plan;
import static io.partialloading.planner.paper.Drawing.withinMillis;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.SharingStructure;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.schedule.ScheduleBuilder;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.solve.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all of the paper's algorithms, drawn and on random instances. */
class PaperAlgorithmsTest {
  private static final int SEEDS = 3000;

  static Stream<Solver> algorithms() {
    return algorithms(Drawing.millis(10));
  }

  private static Stream<Solver> algorithms(long slot) {
    return Stream.of(
        new PartialLoadingSpec(slot),
        new PartialLoadingGen(slot),
        new IndependentLoading(slot),
        new MaximumOverlap(),
        new ExhaustiveSearch());
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void plan_withoutUsers_isEmpty(Solver algorithm) {
    Instance instance = new Instance.Builder(1, new long[0], new int[0], new long[0]).build();

    Solution solution = algorithm.solve(instance, StopSignal.NEVER);

    assertEquals(List.of(), solution.visits());
    assertTrue(solution.isProvenOptimal());
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void model_thatExceedsMemory_isNeverVisited(Solver algorithm) {
    Instance instance = withinMillis(100).model("a10", 10).largestBatch(0).instance();

    assertEquals("", plan(algorithm.solve(instance, StopSignal.NEVER)));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void residentBlocks_doNotEnterTheDecision(Solver algorithm) {
    Drawing drawing = withinMillis(60).model("a30", 10).model("x30 b10", 10).model("x30 c20", 10);
    String cold = plan(algorithm.solve(drawing.instance(), StopSignal.NEVER));

    Instance warm = drawing.resident("x30 b10 c20").instance();

    assertEquals(cold, plan(algorithm.solve(warm, StopSignal.NEVER)));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void cancellation_endsTheCalculation(Solver algorithm) {
    Drawing drawing = withinMillis(100);
    for (int model = 0; model < 10; model++) {
      drawing.model("m" + (char) ('a' + model) + "10", 1);
    }
    StopSignal cancelled =
        new StopSignal() {
          @Override
          public boolean isTimeUp() {
            return false;
          }

          @Override
          public boolean isCancelled() {
            return true;
          }
        };

    assertThrows(CancellationException.class, () -> algorithm.solve(drawing.instance(), cancelled));
  }

  @Test
  void everyPlan_ofARandomInstance_keepsTheBudgetAndServesNoMoreThanExhaustiveSearch() {
    for (int seed = 0; seed < SEEDS; seed++) {
      String message = "seed " + seed;
      Random random = new Random(seed);
      Instance instance = RandomInstance.of(random);
      long slot = random.nextLong(1, 16);
      Solution optimum = new ExhaustiveSearch().solve(instance, StopSignal.NEVER);
      for (Solver algorithm : algorithms(slot).toList()) {
        Solution solution;
        try {
          solution = algorithm.solve(instance, StopSignal.NEVER);
        } catch (NotApplicableException e) {
          assertEquals(new PartialLoadingSpec(slot), algorithm, message);
          continue;
        }
        assertDoesNotThrow(() -> ScheduleBuilder.build(instance, solution.visits()), message);
        assertTrue(solution.servedUserCount() <= optimum.servedUserCount(), message);
        assertEquals(
            solution.visits().size(),
            solution.visits().stream().map(Visit::model).distinct().count(),
            message);
      }
    }
  }

  @Test
  void spec_ofARandomInstance_appliesUpToBottomLayerSharingAndServesAtLeastIndependentLoading() {
    for (int seed = 0; seed < SEEDS; seed++) {
      String message = "seed " + seed;
      Random random = new Random(seed);
      Instance instance = RandomInstance.of(random);
      long slot = random.nextLong(1, 16);
      PartialLoadingSpec spec = new PartialLoadingSpec(slot);
      if (instance.sharing().structure().compareTo(SharingStructure.BOTTOM_LAYER) > 0) {
        NotApplicableException refusal =
            assertThrows(
                NotApplicableException.class,
                () -> spec.solve(instance, StopSignal.NEVER),
                message);
        assertTrue(refusal.blocks().length > 0, message);
      } else {
        // A predecessor that (19) does not allow has one before it that serves as many in the same
        // slots, and no load after that one is longer than a whole load.
        Solution independent = new IndependentLoading(slot).solve(instance, StopSignal.NEVER);
        int served = spec.solve(instance, StopSignal.NEVER).servedUserCount();
        assertTrue(served >= independent.servedUserCount(), message);
      }
    }
  }

  @Test
  void independentLoading_ofARandomInstance_servesTheMostOnTheSlotGrid() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Instance instance = RandomInstance.of(random);
      long slot = random.nextLong(1, 16);

      Solution solution = new IndependentLoading(slot).solve(instance, StopSignal.NEVER);

      int most = mostLoadedWhole(instance, slot, 0, instance.budget() / slot);
      assertEquals(most, solution.servedUserCount(), "seed " + seed);
    }
  }

  /** The most users of {@code model} and those after it within {@code slots}, all loaded whole. */
  private static int mostLoadedWhole(Instance instance, long slot, int model, long slots) {
    if (model == instance.modelCount()) {
      return 0;
    }
    int most = mostLoadedWhole(instance, slot, model + 1, slots);
    for (int count = 1; count <= instance.model(model).serviceCurve().maxCount(); count++) {
      long own = slotsFor(instance, slot, START, model, count);
      if (own <= slots) {
        most = Math.max(most, count + mostLoadedWhole(instance, slot, model + 1, slots - own));
      }
    }
    return most;
  }

  @Test
  void gen_ofARandomInstance_isTheListingOfAlgorithm3() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Instance instance = RandomInstance.of(random);
      long slot = random.nextLong(1, 16);

      Solution solution = new PartialLoadingGen(slot).solve(instance, StopSignal.NEVER);

      assertEquals(algorithm3(instance, slot), solution.visits(), "seed " + seed);
    }
  }

  /** Algorithm 3 line by line: for every number of slots the most users of every model. */
  private static List<Visit> algorithm3(Instance instance, long slot) {
    List<Visit> visits = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int model = 0; model < instance.modelCount(); model++) {
      left.add(model);
    }
    int previous = START;
    long slotsLeft = instance.budget() / slot;
    while (true) {
      Visit best = null;
      long bestSlots = 1;
      // Slots in the outer loop, so that the first of equal ratios has the fewest.
      for (long slots = 1; slots <= slotsLeft; slots++) {
        for (int model : left) {
          int count = instance.model(model).serviceCurve().maxCount();
          while (count > 0 && slotsFor(instance, slot, previous, model, count) > slots) {
            count--;
          }
          if (count * bestSlots > (best == null ? 0 : best.count()) * slots) {
            best = new Visit(model, count);
            bestSlots = slots;
          }
        }
      }
      if (best == null) {
        return visits;
      }
      visits.add(best);
      previous = best.model();
      left.remove(Integer.valueOf(previous));
      slotsLeft -= bestSlots;
    }
  }

  private static long slotsFor(Instance instance, long slot, int previous, int model, int count) {
    long load =
        previous == START ? instance.wholeLoadTime(model) : instance.loadTime(previous, model);
    long time = load + instance.model(model).serviceCurve().time(count);
    return (time + slot - 1) / slot;
  }
}
