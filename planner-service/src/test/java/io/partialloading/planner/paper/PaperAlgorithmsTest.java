// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static io.partialloading.planner.fixture.Visits.plan;
import static io.partialloading.planner.machine.Machine.COLD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.TinyInstances;
import io.partialloading.planner.fixture.Visits;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
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

    assertEquals(List.of(), solution.batches());
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

  /** By itself B takes longer to load than the budget; after A only what A does not have. */
  @ParameterizedTest
  @MethodSource("algorithms")
  void modelThatLoadsFasterInParts_isNotRuledOut(Solver algorithm) {
    Drawing drawing = withinMillis(30).model("x1", 1).model("x1 y1", 1);
    Instance instance = drawing.measuredLoads(new long[] {1, 2}, 1, 90).instance();
    if (algorithm instanceof ExhaustiveSearch) {
      assertThrows(NotApplicableException.class, () -> algorithm.solve(instance, StopSignal.NEVER));
      return;
    }

    Solution solution = algorithm.solve(instance, StopSignal.NEVER);

    assertEquals(algorithm instanceof IndependentLoading ? "A1" : "A1 B1", plan(solution));
    assertEquals(2, solution.servedUserUpperBound());
  }

  /** All but Gen, which takes one user of a model where that is most users a slot. */
  static Stream<Solver> algorithmsThatFillTheBudget() {
    return algorithms().filter(algorithm -> !(algorithm instanceof PartialLoadingGen));
  }

  @ParameterizedTest
  @MethodSource("algorithmsThatFillTheBudget")
  void equalSubchannels_splitUsersAsPrintedButForExhaustiveSearch(Solver algorithm) {
    boolean isBest = algorithm instanceof ExhaustiveSearch;
    Instance ample = withinMillis(100).model("a1", 2, 6, 12).equalSubchannels(2).instance();
    // As printed the split is {2, 6} {12}, 36 ms; {2} {6, 12} takes 28 ms.
    Instance tight = withinMillis(35).model("a1", 2, 6, 12).equalSubchannels(2).instance();

    assertArrayEquals(
        isBest ? new int[] {1, 2} : new int[] {2, 1},
        algorithm.solve(ample, StopSignal.NEVER).batches().stream()
            .mapToInt(batch -> batch.users().length)
            .toArray());
    Solution solution = algorithm.solve(tight, StopSignal.NEVER);
    assertEquals(isBest ? "A3" : "A2", plan(solution));
    assertEquals(3, solution.servedUserUpperBound());
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void cancellation_endsTheCalculation(Solver algorithm) {
    Drawing drawing = withinMillis(100);
    for (int model = 0; model < 10; model++) {
      drawing.model("m" + (char) ('a' + model) + "10", 1);
    }

    assertThrows(
        CancellationException.class, () -> algorithm.solve(drawing.instance(), Stop.cancelled()));
  }

  @Test
  void everyPlan_ofARandomInstance_keepsTheBudgetAndServesNoMoreThanExhaustiveSearch() {
    for (int seed = 0; seed < SEEDS; seed++) {
      String message = "seed " + seed;
      Random random = new Random(seed);
      Instance instance = TinyInstances.draw(random);
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
        assertTrue(new Machine(instance).run(solution.batches()) <= instance.budget(), message);
        assertTrue(solution.servedUserCount() <= optimum.servedUserCount(), message);
        assertEquals(
            Visits.of(solution).size(),
            Visits.of(solution).stream().map(Visit::model).distinct().count(),
            message);
      }
    }
  }

  @Test
  void spec_ofARandomInstance_appliesUpToBottomLayerSharingAndServesAtLeastIndependentLoading() {
    for (int seed = 0; seed < SEEDS; seed++) {
      String message = "seed " + seed;
      Random random = new Random(seed);
      Instance instance = TinyInstances.draw(random);
      long slot = random.nextLong(1, 16);
      PartialLoadingSpec spec = new PartialLoadingSpec(slot);
      if (Problem.of(instance, StopSignal.NEVER)
              .sharing()
              .structure()
              .compareTo(SharingStructure.BOTTOM_LAYER)
          > 0) {
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
      Instance instance = TinyInstances.draw(random);
      long slot = random.nextLong(1, 16);

      Solution solution = new IndependentLoading(slot).solve(instance, StopSignal.NEVER);

      int most = mostLoadedWhole(printed(instance), slot, 0, instance.budget() / slot);
      assertEquals(most, solution.servedUserCount(), "seed " + seed);
    }
  }

  /** The most users of {@code model} and those after it within {@code slots}, all loaded whole. */
  private static int mostLoadedWhole(Problem problem, long slot, int model, long slots) {
    if (model == problem.instance().modelCount()) {
      return 0;
    }
    int most = mostLoadedWhole(problem, slot, model + 1, slots);
    for (int count = 1; count <= problem.curve(model).maxCount(); count++) {
      long own = slotsFor(problem, slot, COLD, model, count);
      if (own <= slots) {
        most = Math.max(most, count + mostLoadedWhole(problem, slot, model + 1, slots - own));
      }
    }
    return most;
  }

  @Test
  void gen_ofARandomInstance_isTheListingOfAlgorithm3() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Instance instance = TinyInstances.draw(random);
      long slot = random.nextLong(1, 16);

      Solution solution = new PartialLoadingGen(slot).solve(instance, StopSignal.NEVER);

      assertEquals(algorithm3(printed(instance), slot), Visits.of(solution), "seed " + seed);
    }
  }

  /** Algorithm 3 line by line: for every number of slots the most users of every model. */
  private static List<Visit> algorithm3(Problem problem, long slot) {
    List<Visit> visits = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int model = 0; model < problem.instance().modelCount(); model++) {
      left.add(model);
    }
    int previous = COLD;
    long slotsLeft = problem.instance().budget() / slot;
    while (true) {
      Visit best = null;
      long bestSlots = 1;
      // Slots in the outer loop, so that the first of equal ratios has the fewest.
      for (long slots = 1; slots <= slotsLeft; slots++) {
        for (int model : left) {
          int count = problem.curve(model).maxCount();
          while (count > 0 && slotsFor(problem, slot, previous, model, count) > slots) {
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

  private static long slotsFor(Problem problem, long slot, int previous, int model, int count) {
    long time = problem.machine().loadTime(previous, model) + problem.curve(model).time(count);
    return (time + slot - 1) / slot;
  }

  private static Problem printed(Instance instance) {
    return PaperAlgorithm.printed(instance, StopSignal.NEVER);
  }
}
