package io.partialloading.planner.solve;

import io.partialloading.planner.solve.LeastTimes.Share;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares the effort of a search among the components that must be searched.
 *
 * <p>After a first look at every component, in each round the parts found so far are added up, and
 * so are their bounds. The plan gives every component the time that it may take; the bound says how
 * many users each would have to serve for one user more than the plan serves. The component whose
 * plan and bound lie furthest apart there gets the next slice: for a better path within that time,
 * and for a proof that there is none. It ends when plan and bound meet, or with the effort.
 */
final class JointSearch {
  /** The part of the effort for a first look at all components. */
  private static final double FIRST_LOOK = 0.3;

  /** The part of a slice for paths; the rest is for bounds. */
  private static final double PATHS = 0.45;

  private final List<ComponentSearch> searches;
  private final List<LeastTimes> others;
  private final long budget;
  private final double effort;
  private final StopSignal stop;

  /**
   * A search.
   *
   * @param searches of the components, at least one
   * @param others the other parts of the plan, solved
   * @param effort steps to take in all, about a nanosecond each
   */
  JointSearch(
      List<ComponentSearch> searches,
      List<LeastTimes> others,
      long budget,
      double effort,
      StopSignal stop) {
    this.searches = searches;
    this.others = others;
    this.budget = budget;
    this.effort = effort;
    this.stop = stop;
  }

  /**
   * Searches.
   *
   * @return whether time was up before the effort was spent
   */
  boolean run() {
    double steps = 0;
    int components = searches.size();
    double slice = effort * FIRST_LOOK / components;
    boolean[] isExhausted = new boolean[components];
    for (int round = 0; steps < effort; round++) {
      State state = new State();
      int weakest = round < components ? round : state.weakest(isExhausted);
      if (weakest < 0 || (round >= components && state.served >= state.bound)) {
        return false;
      }
      if (stop.isTimeUp()) {
        return true;
      }
      if (round >= components) {
        slice = Math.min(effort - steps, effort * (1 - FIRST_LOOK) / components);
      }
      ComponentSearch search = searches.get(weakest);
      double searched =
          search.search(state.plan[weakest].isFirst(), state.limit(weakest), slice * PATHS, stop);
      State found = new State();
      double raised = 0;
      if (found.served < found.bound) {
        Share share = found.bounding[weakest];
        raised =
            share.count() == 0
                ? 0
                : search.raiseBound(
                    share.isFirst(),
                    share.count(),
                    found.threshold(weakest),
                    slice * (1 - PATHS),
                    stop);
      }
      isExhausted[weakest] = round >= components && raised < slice * (1 - PATHS) / 2;
      steps += searched + raised;
    }
    return false;
  }

  /** What has been found so far, and how the components share in it. */
  private final class State {
    final int served;
    final int bound;
    private final LeastTimes all;
    private final long boundTime; // of one user more than are served, where the bound allows it
    private final Share[] plan; // by component, in a plan for `served` users
    private final Share[] bounding; // in the bound for one more

    State() {
      List<LeastTimes> parts = new ArrayList<>();
      List<LeastTimes> boundParts = new ArrayList<>();
      searches.forEach(search -> parts.add(search.times()));
      parts.addAll(others);
      parts.forEach(part -> boundParts.add(new BoundTimes(part.bounds())));
      all = SumTimes.of(parts, budget);
      served = all.curves().maxCount();
      plan = shares(all, served, parts);
      LeastTimes allBounds = SumTimes.of(boundParts, budget);
      bound = allBounds.curves().maxCount();
      boolean isOpen = served < bound;
      bounding = isOpen ? shares(allBounds, served + 1, boundParts) : plan;
      boundTime = isOpen ? allBounds.curves().leastTime(served + 1) : budget;
    }

    private Share[] shares(LeastTimes sum, int count, List<LeastTimes> parts) {
      Share[] shares = new Share[searches.size()];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = new Share(parts.get(i), 0, false);
      }
      for (Share share : SumTimes.shares(sum, count)) {
        int i = parts.indexOf(share.part());
        if (i < shares.length) {
          shares[i] = share;
        }
      }
      return shares;
    }

    private static long time(Share share) {
      return share.count() == 0 ? 0 : share.part().curves().times(share.isFirst())[share.count()];
    }

    /** The time a component may take if the others' parts of the plan stay as they are. */
    long limit(int component) {
      return budget - all.curves().leastTime(served) + time(plan[component]);
    }

    /** The time beyond which the component's share of the bound leaves too little to the others. */
    long threshold(int component) {
      return budget - boundTime + time(bounding[component]);
    }

    /** The component whose plan and bound lie furthest apart, of those that are not exhausted. */
    int weakest(boolean[] isExhausted) {
      int weakest = -1;
      long widest = Long.MIN_VALUE;
      for (int i = 0; i < isExhausted.length; i++) {
        Share share = bounding[i];
        long[] found = searches.get(i).times().curves().times(share.isFirst());
        long time = share.count() < found.length ? found[share.count()] : budget;
        long gap = share.count() == 0 ? 0 : time - time(share);
        if (!isExhausted[i] && gap > widest) {
          widest = gap;
          weakest = i;
        }
      }
      return weakest;
    }
  }
}
