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
 * Least times of a small component with arbitrary sharing, over subsets of its models; exact where
 * the transfer profile is subadditive, so that no detour or second visit saves time.
 *
 * <p>{@code load[S][m]} is the least time of the loads on a path that visits exactly the models of
 * S and ends with m (Bellman; Held and Karp, 1962). Serving users does not depend on the order, so
 * the least time to serve k users with exactly the models of S is the least of {@code load[S][·]}
 * plus the convolution of their service curves, each model serving at least one; the curve takes
 * the best S for every k.
 *
 * <p>The convolution distributes over the least, so few are needed: S is split into U and V, of
 * either half of the models. For every V and k, the least of {@code load[U ∪ V]} plus U's service
 * is taken over all U first, and convolved with V's service once. Where loads only grow with S
 * (they keep the triangle inequality), a half whose cheapest users already exceed the budget is
 * left out.
 *
 * <p>Time O(2ⁿ·(n² + K) + 2ⁿᐟ²·K²) for n models and K users in all; memory 2ⁿ·n + 2ⁿᐟ²·K longs.
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
   * @return its times, or null if time was up before they were found
   */
  static @Nullable SubsetTimes solve(Problem problem, int[] models, StopSignal stop) {
    Instance instance = problem.instance();
    ComponentLoads loads = ComponentLoads.of(problem.machine(), models, stop);
    boolean growing = instance.loadTimes().isSubadditive(stop);
    long[][] curves = new long[models.length][];
    Arrays.setAll(curves, i -> problem.curve(models[i]).times());
    try {
      return new SubsetTimes(
          models,
          new Search(curves, loads.between(), loads.cold(), growing, instance.budget(), stop),
          loads.residentMatters()
              ? new Search(curves, loads.between(), loads.first(), growing, instance.budget(), stop)
              : null,
          growing ? null : ComponentBounds.of(curves, loads, instance.budget(), stop));
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
   * transitions, and the users of one half of its models; for each of 2ⁿᐟ² subsets of the other
   * half, the convolution of its users with those.
   */
  static double work(int models, double users) {
    double n = models;
    return Math.scalb(n * n + users / 2, models) + Math.scalb(users * users, models / 2);
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

    private final int n;
    private final long[][] curves;
    private final long[][] between;
    private final long budget;
    private final StopSignal stop;
    private final boolean growing; // whether loads of a subset are no longer than of a larger one
    // load[S·n + m]: least time of the loads on a path through exactly S that ends with m.
    private final long[] load;
    // leastLoad[S]: the least of these.
    private final long[] leastLoad;
    // Subsets are numbers with a bit for each model: the lower half's are the low ones.
    private final int lowModels;
    private final long[][] lowServices;
    private final long[][] highServices;
    // loadAndHigh[V][k]: for a subset V of the lower half, the least time of the loads of V and any
    // subset of the upper half, and of serving k users of the latter.
    private final long[][] loadAndHigh;
    // least[k]: least time to serve k users, or more where that is sooner; bestCount[k]: how many.
    private final long[] least;
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
      this.load = new long[n * (1 << n)];
      this.leastLoad = new long[1 << n];
      findLoads(start);
      this.lowModels = n - n / 2;
      this.lowServices = services(0, lowModels);
      this.highServices = services(lowModels, n);
      this.loadAndHigh = loadAndHigh();
      this.least = leastTimes();
      this.bestCount = serveMoreWhereThatIsSooner();
    }

    private void poll() {
      stop.throwIfCancelled();
      if (stop.isTimeUp()) {
        throw new TimeUpException();
      }
    }

    private void findLoads(long[] start) {
      Arrays.fill(load, Instance.NEVER);
      for (int model = 0; model < n; model++) {
        load[(1 << model) * n + model] = start[model];
      }
      for (int subset = 1; subset < 1 << n; subset++) {
        if (subset % MASKS_BETWEEN_POLLS == 0) {
          poll();
        }
        long leastOfAll = Instance.NEVER;
        for (int rest = subset; rest != 0; rest &= rest - 1) {
          int last = Integer.numberOfTrailingZeros(rest);
          long time = load[subset * n + last];
          if (time > budget) {
            continue;
          }
          leastOfAll = Math.min(leastOfAll, time);
          for (int out = ~subset & ((1 << n) - 1); out != 0; out &= out - 1) {
            int next = Integer.numberOfTrailingZeros(out);
            int to = (subset | 1 << next) * n + next;
            load[to] = Math.min(load[to], time + between[last][next]);
          }
        }
        leastLoad[subset] = leastOfAll;
      }
    }

    /**
     * The service times by count of every subset of models {@code from} to {@code to - 1}; null if
     * the subset cannot serve a user of each. Only counts from the number of its models upwards
     * count.
     */
    private long[][] services(int from, int to) {
      long[][] services = new long[1 << (to - from)][];
      services[0] = new long[] {0};
      for (int subset = 1; subset < services.length; subset++) {
        poll(); // a convolution each
        int size = Integer.bitCount(subset);
        int first = Integer.numberOfTrailingZeros(subset);
        long[] others = services[subset & (subset - 1)];
        if (others != null) {
          long time = growing ? budget - leastLoad[subset << from] : budget;
          long[] service = MinPlus.convolve(others, size - 1, curves[from + first], 1, time, stop);
          services[subset] = service.length > size ? service : null;
        }
      }
      return services;
    }

    private long[][] loadAndHigh() {
      int users = users(lowModels, n);
      long[][] times = new long[lowServices.length][];
      for (int low = 0; low < times.length; low++) {
        if (lowServices[low] != null) {
          times[low] = new long[users + 1];
          Arrays.fill(times[low], Instance.NEVER);
        }
      }
      for (int high = 0; high < highServices.length; high++) {
        long[] service = highServices[high];
        if (service == null) {
          continue;
        }
        poll();
        int size = Integer.bitCount(high);
        for (int low = 0; low < times.length; low++) {
          int subset = high << lowModels | low;
          if (times[low] != null && leastLoad[subset] <= budget) {
            lower(times[low], 0, leastLoad[subset], service, size);
          }
        }
      }
      return times;
    }

    /** Lowers times of {@code before} users more to some time plus that of serving these. */
    private static void lower(long[] times, int before, long time, long[] service, int from) {
      for (int count = from; count < service.length; count++) {
        times[before + count] = Math.min(times[before + count], time + service[count]);
      }
    }

    private int users(int from, int to) {
      int users = 0;
      for (int model = from; model < to; model++) {
        users += curves[model].length - 1;
      }
      return users;
    }

    private long[] leastTimes() {
      long[] times = new long[users(0, n) + 1];
      Arrays.fill(times, Instance.NEVER);
      for (int low = 0; low < loadAndHigh.length; low++) {
        long[] before = loadAndHigh[low];
        if (before == null) {
          continue;
        }
        poll(); // a convolution each
        int size = Integer.bitCount(low);
        for (int count = 0; count < before.length; count++) {
          if (before[count] <= budget) {
            lower(times, count, before[count], lowServices[low], size);
          }
        }
      }
      return times;
    }

    /**
     * Makes the curve non-decreasing where a model that must serve someone shortens the loads of
     * the others. A plan that serves as many users as can be served never has more than it asks
     * for.
     */
    private int[] serveMoreWhereThatIsSooner() {
      int[] counts = new int[least.length];
      Arrays.setAll(counts, count -> count);
      for (int count = least.length - 2; count > 0; count--) {
        if (least[count + 1] < least[count]) {
          least[count] = least[count + 1];
          counts[count] = counts[count + 1];
        }
      }
      return counts;
    }

    /** The least times up to the last count within the budget, with {@code none} for no users. */
    long[] curve(long none) {
      return Curves.withinBudget(least, none, budget);
    }

    /** The visits, by index into the component, behind {@code least[count]}. */
    Visit[] visits(int count) {
      int subset = subset(bestCount[count], least[count]);
      long time = leastLoad[subset];
      int[] counts = counts(subset, bestCount[count], least[count] - time);
      Visit[] visits = new Visit[Integer.bitCount(subset)];
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

    /** The models that serve so many users in a time that was found. */
    private int subset(int count, long time) {
      for (int low = 0; low < lowServices.length; low++) {
        long[] before = loadAndHigh[low];
        if (before == null) {
          continue;
        }
        int ofHigh =
            MinPlus.findSplit(before, 0, lowServices[low], Integer.bitCount(low), count, time);
        for (int high = 0; ofHigh >= 0 && high < highServices.length; high++) {
          int subset = high << lowModels | low;
          long[] service = highServices[high];
          if (service != null
              && ofHigh < service.length
              && leastLoad[subset] + service[ofHigh] == before[ofHigh]) {
            return subset;
          }
        }
      }
      throw new IllegalStateException("no models serve " + count + " users in " + time + " ns");
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
        services[size + 1] = MinPlus.convolve(services[size], size, curves[model], 1, time, stop);
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
