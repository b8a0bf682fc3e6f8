// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for the least times of a large component with arbitrary sharing, where the problem is
 * NP-hard: paths by {@link RuinAndRecreate}, from given plans on and never worse than those, and
 * bounds by {@link BoundTree}. Both can go on as long as it is worth it. {@code SEARCH.md} beside
 * this file describes the method, and what was tried.
 *
 * <p>Where resident blocks matter, paths that begin the plan and others are two problems.
 */
final class ComponentSearch {
  /** A tree of bounds keeps tables of models by users and by models; this bounds both. */
  private static final long LARGEST_TABLE = 1L << 20;

  private static final int MOST_BOUNDED_MODELS = 300;

  private final int[] models;
  private final long budget;
  private final @Nullable Way cold;
  private final @Nullable Way first;
  private @Nullable OrderTimes times; // as of now
  private double stepsOfStarts;

  /** One of the two problems. */
  private static final class Way {
    final PathProblem problem;
    final FoundPaths found;
    final RuinAndRecreate search;
    final long[] bound; // by count, as far as the budget reaches
    final @Nullable BoundTree tree;

    Way(PathProblem problem, boolean triangular, long budget, StopSignal stop) {
      this.problem = problem;
      this.found = new FoundPaths(problem, stop);
      this.search = new RuinAndRecreate(problem, found);
      this.bound = ComponentBounds.leastTimes(problem, budget, stop);
      int n = problem.modelCount();
      this.tree =
          triangular
                  && n <= MOST_BOUNDED_MODELS
                  && (long) n * problem.userCount() <= LARGEST_TABLE
                  && Relaxation.isApplicable(problem)
              ? new BoundTree(problem)
              : null;
    }

    long[] bound(long none, long budget) {
      long[] best = bound.clone();
      int end = best.length;
      for (int k = 1; tree != null && k < end; k++) {
        // Without a user, or the model that serves nobody then, a path takes no longer.
        best[k] = Math.max(Math.max(best[k], tree.bound()[k]), best[k - 1]);
        if (best[k] > budget) {
          end = k;
        }
      }
      best = Arrays.copyOf(best, end);
      best[0] = none;
      return best;
    }
  }

  /**
   * A search of a component.
   *
   * @param models its models, ascending
   * @param isAlone whether every plan begins with one of them
   */
  ComponentSearch(Problem problem, int[] models, boolean isAlone, StopSignal stop) {
    Instance instance = problem.instance();
    ComponentLoads loads = ComponentLoads.of(problem.machine(), models, stop);
    this.models = models;
    this.budget = instance.budget();
    long[][] service = new long[models.length][];
    Arrays.setAll(service, i -> problem.curve(models[i]).times());
    boolean triangular = instance.loadTimes().isSubadditive(stop);
    boolean residentMatters = loads.residentMatters();
    this.cold =
        residentMatters && isAlone
            ? null
            : new Way(
                new PathProblem(service, loads.between(), loads.cold(), loads.cold()),
                triangular,
                budget,
                stop);
    this.first =
        residentMatters
            ? new Way(
                new PathProblem(service, loads.between(), loads.cold(), loads.first()),
                triangular,
                budget,
                stop)
            : null;
  }

  /** Takes over the part of a plan that lies in this component. */
  void add(List<Visit> plan) {
    int[] order =
        plan.stream()
            .mapToInt(visit -> Arrays.binarySearch(models, visit.model()))
            .filter(index -> index >= 0)
            .toArray();
    if (order.length == 0) {
      return;
    }
    times = null;
    if (cold != null) {
      stepsOfStarts += cold.found.addSubsequences(order, budget);
    }
    if (first != null) {
      stepsOfStarts += first.found.addSubsequences(order, budget);
    }
  }

  /** The steps that it took to take plans over. */
  double stepsOfStarts() {
    return stepsOfStarts;
  }

  /**
   * Searches for paths that serve more users within a limit.
   *
   * @param isFirst whether the path begins the plan
   * @param limit in ns
   * @return the steps taken
   */
  double search(boolean isFirst, long limit, double effort, StopSignal stop) {
    Way way = way(isFirst);
    return polished(way, limit, way.search.run(limit, effort, stop), stop);
  }

  /** The same near the relaxed path behind the bound, if there is one. */
  double searchNearBound(boolean isFirst, long limit, double effort, StopSignal stop) {
    Way way = way(isFirst);
    int[] order = way.tree == null ? new int[0] : way.tree.lastVisited();
    return order.length == 0
        ? search(isFirst, limit, effort, stop)
        : polished(way, limit, way.search.runFrom(order, limit, effort, stop), stop);
  }

  /** Finds the best subsequence and counts of the best order. */
  private double polished(Way way, long limit, double steps, StopSignal stop) {
    times = null;
    int served = way.found.served(limit);
    return served == 0 || steps == 0 || stop.isTimeUp()
        ? steps
        : steps + way.found.addSubsequences(way.found.order(served), budget);
  }

  /**
   * Raises the bound on the time that serving so many users takes, until it exceeds a threshold.
   *
   * @return the steps taken, 0 if nothing can be done
   */
  double raiseBound(boolean isFirst, int target, long threshold, double effort, StopSignal stop) {
    Way way = way(isFirst);
    if (way.tree == null || target > way.found.userCount()) {
      return 0;
    }
    times = null;
    return way.tree.raise(target, threshold, effort, stop);
  }

  /** What has been found so far. */
  OrderTimes times() {
    if (times == null) {
      long[] nobody = {0};
      times =
          new OrderTimes(
              this,
              new Curves(
                  cold == null ? nobody : cold.found.curve(0, budget),
                  first == null ? null : first.found.curve(Instance.NEVER, budget)),
              new Curves(
                  cold == null ? nobody : cold.bound(0, budget),
                  first == null ? null : first.bound(Instance.NEVER, budget)));
    }
    return times;
  }

  /** Which problems there are: of paths that begin the plan, or others. */
  boolean[] ways() {
    if (first == null) {
      return new boolean[] {false};
    }
    return cold == null ? new boolean[] {true} : new boolean[] {false, true};
  }

  void addVisits(int count, boolean isFirst, List<Visit> visits) {
    for (Visit visit : way(isFirst).found.visits(count)) {
      visits.add(new Visit(models[visit.model()], visit.count()));
    }
  }

  private Way way(boolean isFirst) {
    Way way = (isFirst || cold == null) && first != null ? first : cold;
    if (way == null) {
      throw new IllegalStateException("neither way");
    }
    return way;
  }
}
