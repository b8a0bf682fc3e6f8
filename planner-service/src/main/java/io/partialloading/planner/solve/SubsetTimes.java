// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Least times of a small component with arbitrary sharing, over subsets of its models; exact where
 * the transfer profile is subadditive, so that no detour or second visit saves time.
 *
 * <p>State: {@code load[S][m]} is the least time of the loads on a path that visits exactly the
 * models of S and ends with m (Bellman; Held and Karp, 1962). Serving users does not depend on the
 * order, so the least time to serve k users with exactly the models of S is the least of {@code
 * load[S][·]} plus the convolution of their service curves, each model serving at least one; the
 * curve takes the best S for every k. Subsets are extended depth-first in ascending model order,
 * each from the convolution of its prefix; where loads only grow with S (they keep the triangle
 * inequality), a subset whose cheapest users already exceed the budget ends its branch.
 *
 * <p>Time O(2ⁿ·n² + 2ⁿ·K·k) for n models, K users in all and k of one model; memory 2ⁿ·n longs.
 */
final class SubsetTimes extends LeastTimes {
  private final int[] models;
  private final Search coldSearch;
  private final @Nullable Search firstSearch;
  private final @Nullable Curves bounds;

  private SubsetTimes(
      int[] models, Search coldSearch, @Nullable Search firstSearch, @Nullable Curves bounds) {
    super(
        new Curves(
            coldSearch.curve(0), firstSearch == null ? null : firstSearch.curve(Instance.NEVER)));
    this.models = models;
    this.coldSearch = coldSearch;
    this.firstSearch = firstSearch;
    this.bounds = bounds;
  }

  /**
   * Solves a component.
   *
   * @param loads load times between its models
   * @return its times, or null if time was up before they were found
   */
  static @Nullable SubsetTimes solve(
      Instance instance, int[] models, ComponentLoads loads, StopSignal stop) {
    boolean growing = instance.loadTimes().isSubadditive();
    long[][] curves = new long[models.length][];
    Arrays.setAll(curves, i -> instance.model(models[i]).serviceCurve().times());
    try {
      return new SubsetTimes(
          models,
          new Search(curves, loads.between(), loads.cold(), growing, instance.budget(), stop),
          loads.residentMatters()
              ? new Search(curves, loads.between(), loads.first(), growing, instance.budget(), stop)
              : null,
          growing ? null : ComponentBounds.of(curves, loads, instance.budget()));
    } catch (TimeUpException e) {
      return null;
    }
  }

  @Override
  Curves bounds() {
    return bounds == null ? super.bounds() : bounds;
  }

  /**
   * About how many steps the program takes, to compare with an allowance: for each of 2ⁿ subsets n²
   * transitions, and the convolution that adds its last model's users to half of all others.
   */
  static double work(int models, double users) {
    double n = models;
    return Math.scalb(n * n + users * users / (2 * n), models);
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    Search search = isFirst && firstSearch != null ? firstSearch : coldSearch;
    for (Visit visit : search.visits(count)) {
      visits.add(new Visit(models[visit.model()], visit.count()));
    }
  }

  /** Half a table is of no use to anybody. */
  private static final class TimeUpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimeUpException() {
      super("time is up", null, false, false);
    }
  }

  /** The program for one way to begin: cold, or with the resident blocks. */
  private static final class Search {
    private static final int MASKS_BETWEEN_POLLS = 1 << 10;
    private static final long CELLS_BETWEEN_POLLS = 1 << 18;

    private final int n;
    private final long[][] curves;
    private final long[][] between;
    private final long budget;
    private final StopSignal stop;
    private final boolean growing; // whether loads of a subset are no longer than of a larger one
    // load[S·n + m]: least time of the loads on a path through exactly S that ends with m.
    private final long[] load;
    // least[k]: least time to serve k users, or more where that is sooner; bestSubset[k] and
    // bestCount[k]: the models that do, and how many they serve.
    private final long[] least;
    private final int[] bestSubset;
    private long cells; // of convolutions since the stop signal was asked
    private final int[] bestCount;

    Search(
        long[][] curves,
        long[][] between,
        long[] start,
        boolean growing,
        long budget,
        StopSignal stop) {
      this.n = curves.length;
      this.curves = curves;
      this.between = between;
      this.budget = budget;
      this.stop = stop;
      this.growing = growing;
      this.load = leastLoads(start);
      int users = 0;
      for (long[] curve : curves) {
        users += curve.length - 1;
      }
      this.least = new long[users + 1];
      Arrays.fill(least, Instance.NEVER);
      this.bestSubset = new int[users + 1];
      this.bestCount = new int[users + 1];
      extend(0, 0, new long[] {0}, 0);
      serveMoreWhereThatIsSooner();
    }

    private void poll() {
      stop.throwIfCancelled();
      if (stop.isTimeUp()) {
        throw new TimeUpException();
      }
    }

    private long[] leastLoads(long[] start) {
      long[] loads = new long[n * (1 << n)];
      Arrays.fill(loads, Instance.NEVER);
      for (int model = 0; model < n; model++) {
        loads[(1 << model) * n + model] = start[model];
      }
      for (int subset = 1; subset < 1 << n; subset++) {
        if (subset % MASKS_BETWEEN_POLLS == 0) {
          poll();
        }
        for (int rest = subset; rest != 0; rest &= rest - 1) {
          int last = Integer.numberOfTrailingZeros(rest);
          long time = loads[subset * n + last];
          if (time > budget) {
            continue;
          }
          for (int out = ~subset & ((1 << n) - 1); out != 0; out &= out - 1) {
            int next = Integer.numberOfTrailingZeros(out);
            int to = (subset | 1 << next) * n + next;
            loads[to] = Math.min(loads[to], time + between[last][next]);
          }
        }
      }
      return loads;
    }

    /**
     * Extends a subset by every model from {@code from} upwards.
     *
     * @param service its service times by count; only counts from {@code size} upwards count, as
     *     each of its models serves someone
     */
    private void extend(int subset, int size, long[] service, int from) {
      for (int model = from; model < n; model++) {
        int extended = subset | 1 << model;
        long loadTime = loadTime(extended);
        if (growing && loadTime > budget) {
          continue;
        }
        cells += (long) service.length * curves[model].length;
        if (cells > CELLS_BETWEEN_POLLS) {
          poll();
          cells = 0;
        }
        long[] extendedService =
            MinPlus.convolve(service, size, curves[model], 1, growing ? budget - loadTime : budget);
        if (extendedService.length <= size + 1) {
          continue;
        }
        for (int count = size + 1; count < extendedService.length; count++) {
          long time = loadTime + extendedService[count];
          if (time < least[count]) {
            least[count] = time;
            bestSubset[count] = extended;
            bestCount[count] = count;
          }
        }
        extend(extended, size + 1, extendedService, model + 1);
      }
    }

    /**
     * Makes the curve non-decreasing where a model that must serve someone shortens the loads of
     * the others. A plan that serves as many users as can be served never has more than it asks
     * for.
     */
    private void serveMoreWhereThatIsSooner() {
      for (int count = least.length - 2; count > 0; count--) {
        if (least[count + 1] < least[count]) {
          least[count] = least[count + 1];
          bestSubset[count] = bestSubset[count + 1];
          bestCount[count] = bestCount[count + 1];
        }
      }
    }

    private long loadTime(int subset) {
      long time = Instance.NEVER;
      for (int rest = subset; rest != 0; rest &= rest - 1) {
        time = Math.min(time, load[subset * n + Integer.numberOfTrailingZeros(rest)]);
      }
      return time;
    }

    /** The least times up to the last count within the budget, with {@code none} for no users. */
    long[] curve(long none) {
      return Curves.withinBudget(least, none, budget);
    }

    /** The visits, by index into the component, behind {@code least[count]}. */
    Visit[] visits(int count) {
      int subset = bestSubset[count];
      int[] counts = counts(subset, bestCount[count], least[count] - loadTime(subset));
      Visit[] visits = new Visit[Integer.bitCount(subset)];
      long time = loadTime(subset);
      int next = -1;
      for (int i = visits.length - 1; i >= 0; i--) {
        for (int rest = subset; rest != 0; rest &= rest - 1) {
          int model = Integer.numberOfTrailingZeros(rest);
          long onward = next < 0 ? 0 : between[model][next];
          if (load[subset * n + model] + onward == time) {
            visits[i] = new Visit(model, counts[model]);
            time -= onward;
            subset &= ~(1 << model);
            next = model;
            break;
          }
        }
      }
      return visits;
    }

    /**
     * How many users each model of the subset serves so that {@code count} are served in {@code
     * time}.
     */
    private int[] counts(int subset, int count, long time) {
      int[] members = new int[Integer.bitCount(subset)];
      long[][] services = new long[members.length + 1][];
      services[0] = new long[] {0};
      int size = 0;
      for (int rest = subset; rest != 0; rest &= rest - 1) {
        int model = Integer.numberOfTrailingZeros(rest);
        services[size + 1] = MinPlus.convolve(services[size], size, curves[model], 1, time);
        members[size++] = model;
      }
      int[] counts = new int[n];
      int left = count;
      long leftTime = time;
      while (size-- > 0) {
        long[] curve = curves[members[size]];
        int before = MinPlus.findSplit(services[size], size, curve, 1, left, leftTime);
        counts[members[size]] = left - before;
        leftTime -= curve[left - before];
        left = before;
      }
      return counts;
    }
  }
}
