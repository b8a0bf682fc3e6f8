// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.machine.ServableUsers;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Exhaustive search: all orders of all subsets of the models with all counts of users, in
 * continuous time, cut by the latency budget alone. For small instances; that it is a plain
 * enumeration is its point.
 *
 * <p>Of the plans that serve the most users it takes one with the least completion time, and of
 * these the first in lexicographic order of (model, count).
 *
 * <p>With n_i users of model i that fit in the budget there are Σ_m m!·e_m(n_1, …, n_I) plans, e_m
 * the elementary symmetric polynomials; time is proportional to those that keep the budget. When
 * time is up, the best plan found so far is returned.
 */
public final class ExhaustiveSearch implements Solver {
  /**
   * The most plans it takes on: at tens of nanoseconds each, a few seconds. The 20 users of 5
   * models in the paper, 4 each, make 20 + 2·160 + 6·640 + 24·1280 + 120·1024 = 157,780; one user
   * each of 10 models makes 9,864,100.
   */
  static final int MAX_PLANS = 100_000_000;

  private static final int NONE = -1;

  /**
   * {@inheritDoc}
   *
   * @throws NotApplicableException if there may be more than {@value #MAX_PLANS} plans, or if
   *     models share blocks and loads are not subadditive: then plans that come back to a model may
   *     be better, and these are not among those it looks at
   */
  @Override
  public Solution solve(Instance instance, StopSignal stop) {
    Problem problem = Problem.of(instance, stop);
    if (problem.sharing().structure() != SharingStructure.NONE
        && !instance.loadTimes().isSubadditive(stop)) {
      throw new NotApplicableException(
          "exhaustive search visits each model once, which is best only where no load is faster in"
              + " two parts than in one; these transfer times do not have that property, or have too"
              + " many points to tell");
    }
    int[] models = modelsInReach(problem);
    int[] counts = Arrays.stream(models).map(model -> problem.curve(model).maxCount()).toArray();
    double plans = planCount(counts);
    if (plans > MAX_PLANS) {
      throw new NotApplicableException(
          String.format(
              Locale.ROOT,
              "exhaustive search is limited to %.1e combinations of orders and counts; this instance of"
                  + " %d models has %s",
              (double) MAX_PLANS,
              models.length,
              plans < Double.MAX_VALUE
                  ? String.format(Locale.ROOT, "%.1e", plans)
                  : "more than 1e+308"));
    }
    Search search = new Search(problem, models, stop);
    search.extend(NONE, 0, 0, 0);
    boolean proven = !search.timeUp && coversEveryPlan(problem);
    return new Solution(
        problem.batches(search.best),
        proven ? search.bestCount : ServableUsers.count(problem.machine(), stop),
        problem.sharing().structure(),
        search.timeUp || problem.isCutShort());
  }

  /** Models of which at least one user fits in the budget, loading aside. */
  private static int[] modelsInReach(Problem problem) {
    return IntStream.range(0, problem.instance().modelCount())
        .filter(model -> problem.curve(model).maxCount() > 0)
        .toArray();
  }

  /** Number of plans, Σ_m m!·e_m(n_1, …, n_I) for m ≥ 1, the empty plan not counted. */
  static double planCount(int... userCounts) {
    // e_m of the counts so far at [m].
    double[] symmetric = new double[userCounts.length + 1];
    symmetric[0] = 1;
    for (int i = 0; i < userCounts.length; i++) {
      for (int m = i + 1; m > 0; m--) {
        symmetric[m] += symmetric[m - 1] * userCounts[i];
      }
    }
    double plans = 0;
    double factorial = 1;
    for (int m = 1; m < symmetric.length; m++) {
      factorial *= m;
      plans += factorial * symmetric[m];
    }
    return Math.min(plans, Double.MAX_VALUE);
  }

  /**
   * Whether no plan serves more users than the best one here: no block is resident, and no other
   * split into batches takes less time.
   */
  private static boolean coversEveryPlan(Problem problem) {
    Instance instance = problem.instance();
    return (!instance.parameterSharing() || !instance.hasResidentBlocks())
        && problem.hasExactCurves();
  }

  /** The enumeration, depth first. Models are numbered within the models in reach. */
  private static final class Search {
    private static final int STEPS_PER_LOOK_AT_THE_SIGNAL = 4096;

    private final StopSignal stop;
    private final long budget;
    private final int[] models;

    /** Time to serve by model and count. */
    private final long[][] times;

    /** Time to load by previous model plus one and model; the first row is from the cold GPU. */
    private final long[][] loads;

    private final boolean[] visited;

    /** The plan at hand, by visit: models and counts. */
    private final int[] path;

    private final int[] pathCounts;

    private int steps;
    private boolean timeUp;
    private List<Visit> best = List.of();
    private int bestCount;
    private long bestTime;

    Search(Problem problem, int[] models, StopSignal stop) {
      Machine machine = problem.machine();
      this.stop = stop;
      this.budget = problem.instance().budget();
      this.models = models;
      this.times = new long[models.length][];
      this.loads = new long[models.length + 1][models.length];
      this.visited = new boolean[models.length];
      this.path = new int[models.length];
      this.pathCounts = new int[models.length];
      for (int i = 0; i < models.length; i++) {
        times[i] = problem.curve(models[i]).times();
        loads[0][i] = machine.loadTime(Machine.COLD, models[i]);
        for (int previous = 0; previous < models.length; previous++) {
          loads[previous + 1][i] = machine.loadTime(models[previous], models[i]);
        }
      }
    }

    /** Looks at every plan that begins with the first {@code depth} visits of the path. */
    void extend(int previous, int depth, int servedCount, long time) {
      if (servedCount > bestCount || (servedCount == bestCount && time < bestTime)) {
        best = visits(depth);
        bestCount = servedCount;
        bestTime = time;
      }
      if (++steps % STEPS_PER_LOOK_AT_THE_SIGNAL == 0) {
        stop.throwIfCancelled();
        timeUp |= stop.isTimeUp();
      }
      for (int i = 0; i < models.length && !timeUp; i++) {
        if (visited[i]) {
          continue;
        }
        visited[i] = true;
        long loaded = time + loads[previous + 1][i];
        for (int count = 1;
            count < times[i].length && loaded + times[i][count] <= budget;
            count++) {
          path[depth] = models[i];
          pathCounts[depth] = count;
          extend(i, depth + 1, servedCount + count, loaded + times[i][count]);
        }
        visited[i] = false;
      }
    }

    private List<Visit> visits(int depth) {
      return IntStream.range(0, depth)
          .mapToObj(visit -> new Visit(path[visit], pathCounts[visit]))
          .toList();
    }
  }
}
