// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.instance.Instance.START;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.solve.Visit;
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

  /**
   * {@inheritDoc}
   *
   * @throws NotApplicableException if there may be more than {@value #MAX_PLANS} plans
   */
  @Override
  public Solution solve(Instance instance, StopSignal stop) {
    int[] models = modelsInReach(instance);
    double plans =
        planCount(
            Arrays.stream(models)
                .map(model -> instance.model(model).serviceCurve().maxCount())
                .toArray());
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
    Search search = new Search(instance, models, stop);
    search.extend(START, 0, 0, 0);
    boolean proven = !search.timeUp && coversEveryPlan(instance);
    return new Solution(
        search.best,
        proven ? search.bestCount : instance.servableUserCount(),
        instance.sharing().structure());
  }

  /** Models of which at least one user fits in the budget, loading aside. */
  private static int[] modelsInReach(Instance instance) {
    return IntStream.range(0, instance.modelCount())
        .filter(model -> instance.model(model).serviceCurve().maxCount() > 0)
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
   * Whether no plan serves more users than the best one here: no block is resident, no other split
   * into batches takes less time, and no detour by way of another model saves loading time.
   */
  private static boolean coversEveryPlan(Instance instance) {
    return (!instance.parameterSharing() || !instance.hasResidentBlocks())
        && instance.hasExactServiceCurves()
        && instance.loadTimes().isSubadditive();
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

    Search(Instance instance, int[] models, StopSignal stop) {
      this.stop = stop;
      this.budget = instance.budget();
      this.models = models;
      this.times = new long[models.length][];
      this.loads = new long[models.length + 1][models.length];
      this.visited = new boolean[models.length];
      this.path = new int[models.length];
      this.pathCounts = new int[models.length];
      for (int i = 0; i < models.length; i++) {
        times[i] = instance.model(models[i]).serviceCurve().times();
        loads[0][i] = ColdGpu.loadTime(instance, START, models[i]);
        for (int previous = 0; previous < models.length; previous++) {
          loads[previous + 1][i] = ColdGpu.loadTime(instance, models[previous], models[i]);
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
