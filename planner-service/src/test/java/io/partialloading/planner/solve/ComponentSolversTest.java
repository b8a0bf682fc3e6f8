// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.fixture.RandomInstances;
import io.partialloading.planner.fixture.RandomInstances.Sharing;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.sharing.SharingComponents;
import io.partialloading.planner.sharing.SharingComponents.Component;
import io.partialloading.planner.sharing.SharingStructure;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The methods for components agree with one another where they apply to the same component. */
class ComponentSolversTest {
  @Test
  void nestedProgram_onNestedComponents_equalsSubsetProgram() {
    int compared = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Problem problem = problem(seed, Sharing.NESTED, 8);
      SharingComponents sharing = problem.sharing();
      for (Component component : sharing.components()) {
        assertTrue(component.structure() != SharingStructure.GENERAL, "seed " + seed);
        LeastTimes exact = subsets(problem, component);
        compared += component.size() > 1 ? 1 : 0;
        NestedComponentSolver solver =
            new NestedComponentSolver(problem, sharing, 0, StopSignal.NEVER);
        LeastTimes nested = solver.solve(component);
        long rounding = LoadTimes.ROUNDING_PER_LOAD * component.size();
        String message = "seed " + seed;
        assertClose(exact.curves().cold(), nested.curves().cold(), rounding, message);
        if (exact.curves().first() != null) {
          assertClose(exact.curves().first(), nested.curves().times(true), rounding, message);
        }
        assertPlansTakeTheirTimes(problem, nested, rounding, message);
        assertPlansTakeTheirTimes(problem, exact, 0, message);
      }
    }
    assertTrue(compared > 500, compared + " components compared");
  }

  @Test
  void search_onSmallComponents_staysBetweenBoundAndOptimum() {
    int atOptimum = 0;
    int counts = 0;
    int atBound = 0;
    for (int seed = 0; seed < 600; seed++) {
      Problem problem = problem(seed, Sharing.GENERAL, 7);
      for (Component component : problem.sharing().components()) {
        LeastTimes exact = subsets(problem, component);
        LeastTimes searched = searched(problem, component);
        String message = "seed " + seed;
        assertBelow(exact.curves().cold(), searched.curves().cold(), message);
        assertBelow(searched.bounds().cold(), exact.curves().cold(), message);
        if (exact.curves().first() != null) {
          assertBelow(exact.curves().first(), searched.curves().times(true), message);
          assertBelow(searched.bounds().times(true), exact.curves().first(), message);
        }
        assertPlansKeepTheirTimes(problem, searched, message);
        int most = exact.curves().cold().length - 1;
        if (component.size() > 2 && most > 0) {
          counts++;
          atOptimum += searched.curves().cold().length - 1 == most ? 1 : 0;
          atBound += searched.bounds().cold().length - 1 == most ? 1 : 0;
        }
      }
    }
    assertTrue(counts > 200, counts + " components");
    assertTrue(atOptimum >= 0.98 * counts, atOptimum + " of " + counts + " found");
    assertTrue(atBound >= 0.9 * counts, atBound + " of " + counts + " proven");
  }

  private static LeastTimes searched(Problem problem, Component component) {
    int[] models = component.models();
    ComponentSearch search = new ComponentSearch(problem, models, false, StopSignal.NEVER);
    for (boolean isFirst : search.ways()) {
      search.search(isFirst, problem.instance().budget(), 5e5, StopSignal.NEVER);
      long[] curve = search.times().curves().times(isFirst);
      for (int target = 1; target <= Math.min(curve.length, users(problem, models)); target++) {
        search.raiseBound(isFirst, target, problem.instance().budget(), 2e5, StopSignal.NEVER);
      }
    }
    return search.times();
  }

  private static int users(Problem problem, int[] models) {
    int users = 0;
    for (int model : models) {
      users += problem.curve(model).maxCount();
    }
    return users;
  }

  @Test
  void givenPlans_cutShort_stayBetweenBoundAndOptimum() {
    for (int seed = 0; seed < 600; seed++) {
      Problem problem = problem(seed, Sharing.GENERAL, 6);
      for (Component component : problem.sharing().components()) {
        LeastTimes exact = subsets(problem, component);
        int most = exact.curves().cold().length - 1;
        List<Visit> best = most == 0 ? List.of() : exact.visits(most, false);
        int model = component.models()[0];
        List<Visit> other =
            problem.curve(model).maxCount() == 0 ? List.of() : List.of(new Visit(model, 1));
        GivenPlanTimes given =
            GivenPlanTimes.of(
                problem,
                problem.sharing(),
                component.models(),
                List.of(best, other),
                StopSignal.NEVER);
        String message = "seed " + seed;
        assertBelow(exact.curves().cold(), given.curves().cold(), message);
        assertBelow(given.bounds().cold(), exact.curves().cold(), message);
        assertEquals(
            most == 0 ? 0 : exact.curves().cold()[most],
            most == 0 ? 0 : given.curves().cold()[most],
            message);
        if (exact.curves().first() != null) {
          assertBelow(given.bounds().cold(), exact.curves().first(), message);
        }
        assertPlansTakeTheirTimes(problem, given, 0, message);
      }
    }
  }

  private static LeastTimes subsets(Problem problem, Component component) {
    int[] models = component.models();
    return Objects.requireNonNull(SubsetTimes.solve(problem, models, StopSignal.NEVER));
  }

  /** Nested curves may fall short of exact ones by rounding, and so reach one count further. */
  private static void assertClose(long[] exact, long[] nested, long rounding, String message) {
    assertTrue(nested.length >= exact.length, message);
    for (int k = 1; k < exact.length; k++) {
      assertTrue(
          nested[k] <= exact[k] && exact[k] - nested[k] <= rounding,
          "%s: %d users in %d instead of %d".formatted(message, k, nested[k], exact[k]));
    }
  }

  private static void assertBelow(long[] lower, long[] upper, String message) {
    assertTrue(lower.length >= upper.length, message);
    for (int k = 1; k < upper.length; k++) {
      assertTrue(
          lower[k] <= upper[k],
          "%s: %d users in %d > %d".formatted(message, k, lower[k], upper[k]));
    }
  }

  private static void assertPlansTakeTheirTimes(
      Problem problem, LeastTimes part, long rounding, String message) {
    Curves curves = part.curves();
    for (int k = 1; k < curves.cold().length; k++) {
      List<Visit> visits = part.visits(k, false);
      long time = time(problem, visits, Machine.COLD, k);
      assertWithin(rounding, curves.cold()[k], time, message);
    }
    for (int k = 1; curves.first() != null && k < curves.first().length; k++) {
      List<Visit> visits = part.visits(k, true);
      long time = time(problem, visits, Machine.START, k);
      assertWithin(rounding, curves.first()[k], time, message);
    }
  }

  /** A search may note that fewer users are served, or later, than by the plan behind its curve. */
  private static void assertPlansKeepTheirTimes(Problem problem, LeastTimes part, String message) {
    for (boolean isFirst : new boolean[] {false, true}) {
      long[] curve = part.curves().times(isFirst);
      for (int k = 1; k < curve.length; k++) {
        List<Visit> visits = part.visits(k, isFirst && part.curves().first() != null);
        int before = isFirst && part.curves().first() != null ? Machine.START : Machine.COLD;
        int users = visits.stream().mapToInt(Visit::count).sum();
        assertTrue(users >= k, message);
        assertTrue(time(problem, visits, before, users) <= curve[k], message);
      }
    }
  }

  private static void assertWithin(long rounding, long curve, long time, String message) {
    assertTrue(
        time >= curve && time - curve <= rounding,
        "%s: the curve says %d, the plan takes %d".formatted(message, curve, time));
  }

  private static long time(Problem problem, List<Visit> visits, int before, int users) {
    long time = 0;
    int served = 0;
    int previous = before;
    for (Visit visit : visits) {
      time += problem.machine().loadTime(previous, visit.model());
      time += problem.curve(visit.model()).time(visit.count());
      served += visit.count();
      previous = visit.model();
    }
    assertEquals(users, served);
    return time;
  }

  private static Problem problem(int seed, Sharing sharing, int maxModels) {
    Instance instance = RandomInstances.draw(new Random(seed), sharing, maxModels, 4);
    return Problem.of(instance, StopSignal.NEVER);
  }
}
