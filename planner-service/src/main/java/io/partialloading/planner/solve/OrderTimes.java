package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times found for a large component with arbitrary sharing, where the problem is NP-hard: the best
 * of many orders of its models, each with its best visits and counts ({@link OrderProgram}).
 *
 * <p>Starts from given orders and from nearest-neighbour chains, then moves single models to other
 * places in the best order as long as more users fit in the budget, or as many in less time, until
 * no move helps or the effort is spent. The effort is counted in steps, so the same instance gives
 * the same plan unless time is up before. Never worse than any of the given orders; nothing more is
 * guaranteed.
 *
 * <p>{@link ComponentBounds} say what no order beats.
 */
final class OrderTimes extends LeastTimes {
  /** Steps of {@link OrderProgram} that a search may take in all; a few tens of milliseconds. */
  private static final double EFFORT = 2e7;

  private final int[] models;
  private final Curves bounds;
  private final Search cold;
  private final @Nullable Search first;

  private OrderTimes(int[] models, Curves bounds, Search cold, @Nullable Search first) {
    super(new Curves(cold.curve(0), first == null ? null : first.curve(Instance.NEVER)));
    this.models = models;
    this.bounds = bounds;
    this.cold = cold;
    this.first = first;
  }

  /**
   * Searches a component.
   *
   * @param models its models
   * @param givenPlans plans whose orders of the component's models to start from
   * @param effortShare the part of the effort that this component may take, 0 to 1
   */
  static OrderTimes search(
      Instance instance,
      int[] models,
      ComponentLoads loads,
      List<List<Visit>> givenPlans,
      double effortShare,
      StopSignal stop) {
    long[][] curves = new long[models.length][];
    Arrays.setAll(curves, i -> instance.model(models[i]).serviceCurve().times());
    List<int[]> given = new ArrayList<>();
    for (List<Visit> plan : givenPlans) {
      given.add(completed(plan, models));
    }
    double effort = EFFORT * effortShare * (loads.residentMatters() ? 0.5 : 1);
    long budget = instance.budget();
    Search cold = new Search(curves, loads.between(), loads.cold(), budget, effort, stop);
    cold.run(given);
    Search first = null;
    if (loads.residentMatters()) {
      first = new Search(curves, loads.between(), loads.first(), budget, effort, stop);
      first.run(given);
    }
    return new OrderTimes(models, ComponentBounds.of(curves, loads, budget), cold, first);
  }

  /** An order of the component by index into it: the given models first, then the others. */
  private static int[] completed(List<Visit> plan, int[] models) {
    int[] completed = new int[models.length];
    boolean[] placed = new boolean[models.length];
    int length = 0;
    for (Visit visit : plan) {
      int index = Arrays.binarySearch(models, visit.model());
      if (index >= 0) {
        placed[index] = true;
        completed[length++] = index;
      }
    }
    for (int index = 0; index < models.length; index++) {
      if (!placed[index]) {
        completed[length++] = index;
      }
    }
    return completed;
  }

  @Override
  Curves bounds() {
    return bounds;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    Search search = isFirst && first != null ? first : cold;
    for (Visit visit : search.visits(count)) {
      visits.add(new Visit(models[visit.model()], visit.count()));
    }
  }

  /** The search for one way to begin: cold, or with the resident blocks. */
  private static final class Search {
    private final int n;
    private final long[][] between;
    private final long budget;
    private final double effort;
    private final StopSignal stop;
    private final OrderProgram program;
    private final double stepsOfRun;
    private final long[] least; // by count, over all orders tried
    private final int[][] bestOrder; // by count
    private double steps;

    Search(
        long[][] curves,
        long[][] between,
        long[] start,
        long budget,
        double effort,
        StopSignal stop) {
      this.n = curves.length;
      this.between = between;
      this.budget = budget;
      this.effort = effort;
      this.stop = stop;
      this.program = new OrderProgram(curves, between, start, budget);
      this.stepsOfRun = program.stepsOfRun();
      this.least = new long[program.userCount() + 1];
      Arrays.fill(least, Instance.NEVER);
      this.bestOrder = new int[least.length][];
    }

    void run(List<int[]> given) {
      Outcome best = new Outcome(new int[0], 0, 0);
      for (int[] order : given) {
        best = best.orBetter(tried(order));
      }
      for (int model = 0; model < n && mayGoOn(); model++) {
        best = best.orBetter(tried(nearestNeighbours(model)));
      }
      improve(best);
    }

    /** How far along an order the budget reaches. */
    private record Outcome(int[] order, int served, long time) {
      Outcome orBetter(Outcome other) {
        boolean better = other.served > served || (other.served == served && other.time < time);
        return better ? other : this;
      }
    }

    private void improve(Outcome start) {
      Outcome best = start;
      boolean improved = best.order().length > 0;
      while (improved) {
        improved = false;
        for (int from = 0; from < n; from++) {
          for (int to = 0; to < n && mayGoOn(); to++) {
            if (to != from) {
              Outcome moved = best.orBetter(tried(moved(best.order(), from, to)));
              improved |= moved != best;
              best = moved;
            }
          }
        }
        improved &= mayGoOn();
      }
    }

    private boolean mayGoOn() {
      return steps + stepsOfRun <= effort && !stop.isTimeUp();
    }

    private Outcome tried(int[] order) {
      stop.throwIfCancelled();
      steps += stepsOfRun;
      long[] times = program.run(order);
      int served = 0;
      for (int k = 1; k < times.length; k++) {
        if (times[k] > budget) {
          continue; // not the end: a window of predecessors may leave gaps
        }
        served = k;
        if (times[k] < least[k]) {
          least[k] = times[k];
          bestOrder[k] = order;
        }
      }
      return new Outcome(order, served, times[served]);
    }

    /** From a model always on to the one that loads fastest. */
    private int[] nearestNeighbours(int from) {
      int[] order = new int[n];
      boolean[] placed = new boolean[n];
      order[0] = from;
      placed[from] = true;
      for (int i = 1; i < n; i++) {
        long[] loads = between[order[i - 1]];
        int nearest = -1;
        for (int model = 0; model < n; model++) {
          if (!placed[model] && (nearest < 0 || loads[model] < loads[nearest])) {
            nearest = model;
          }
        }
        order[i] = nearest;
        placed[nearest] = true;
      }
      return order;
    }

    /** The order with one model taken out and put in again elsewhere. */
    private static int[] moved(int[] order, int from, int to) {
      int[] moved = order.clone();
      int model = moved[from];
      if (from < to) {
        System.arraycopy(order, from + 1, moved, from, to - from);
      } else {
        System.arraycopy(order, to, moved, to + 1, from - to);
      }
      moved[to] = model;
      return moved;
    }

    /**
     * The least times found, up to the last count within the budget, with {@code none} for nobody.
     */
    long[] curve(long none) {
      return Curves.withinBudget(least, none, budget);
    }

    /** The visits, by index into the component, behind the least time found for {@code count}. */
    Visit[] visits(int count) {
      program.run(bestOrder[count]);
      return program.visits(count);
    }
  }
}
