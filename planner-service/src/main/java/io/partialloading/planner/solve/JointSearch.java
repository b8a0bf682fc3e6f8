// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.StopSignal;
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
  private static final double FIRST_LOOK = 0.5;

  /**
   * No more steps than this for it: some 20 ms, so that a time limit leaves time for bounds too.
   */
  private static final double LONGEST_FIRST_LOOK = 1e7;

  /** Most steps of a slice. */
  private static final double LONGEST_SLICE = 2e6;

  /** Into how many slices the rest is cut. */
  private static final int SLICES = 6;

  /** The part of a slice for paths, and of the first look; the rest is for bounds. */
  private static final double PATHS = 0.45;

  private static final double PATHS_AT_FIRST = 0.7;

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
   * @param effort steps to take in all, about two ns each
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
    double look = Math.min(effort * FIRST_LOOK, LONGEST_FIRST_LOOK);
    for (ComponentSearch search : searches) {
      steps += lookAt(search, look / searches.size());
    }
    double slice = Math.min(effort * (1 - FIRST_LOOK) / SLICES, LONGEST_SLICE);
    while (steps < effort) {
      State state = new State();
      if (state.served >= state.bound) {
        return false;
      }
      if (stop.isTimeUp()) {
        return true;
      }
      steps += goOn(state, Math.min(slice, effort - steps));
      steps += state.steps();
    }
    return false;
  }

  /** Searches a component by itself, as if it had the whole budget. */
  private double lookAt(ComponentSearch search, double slice) {
    boolean[] ways = search.ways();
    double steps = 0;
    for (boolean isFirst : ways) {
      steps += search.search(isFirst, budget, slice * PATHS_AT_FIRST / ways.length, stop);
      int served = search.times().curves().times(isFirst).length - 1;
      double rest = slice * (1 - PATHS_AT_FIRST) / ways.length;
      steps += search.raiseBound(isFirst, served + 1, budget, rest, stop);
    }
    return steps;
  }

  /** Gives a slice to the component that needs it most. */
  private double goOn(State state, double slice) {
    int weakest = state.weakest();
    ComponentSearch search = searches.get(weakest);
    Share share = state.bounding[weakest];
    long threshold = state.threshold(weakest);
    double raised =
        share.count() == 0
            ? 0
            : search.raiseBound(
                share.isFirst(), share.count(), threshold, slice * (1 - PATHS), stop);
    boolean isFirst = share.count() == 0 ? state.plan[weakest].isFirst() : share.isFirst();
    return raised + search.searchNearBound(isFirst, state.limit(weakest), slice - raised, stop);
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
      all = SumTimes.of(parts, budget, stop);
      served = all.curves().maxCount();
      plan = shares(all, served, parts);
      LeastTimes allBounds = SumTimes.of(boundParts, budget, stop);
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
        // -1 is a sum within the sum that serves nobody, and so do its parts.
        if (i >= 0 && i < shares.length) {
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

    /** About how many steps it takes to add up curves. */
    double steps() {
      double users = all.curves().maxCount();
      return searches.size() + others.size() == 1 ? 0 : users * users;
    }

    /** The component whose plan and bound lie furthest apart. */
    int weakest() {
      int weakest = 0;
      long widest = Long.MIN_VALUE;
      for (int i = 0; i < bounding.length; i++) {
        Share share = bounding[i];
        long[] found = searches.get(i).times().curves().times(share.isFirst());
        long time = share.count() < found.length ? found[share.count()] : budget;
        long gap = share.count() == 0 ? 0 : time - time(share);
        if (gap > widest) {
          widest = gap;
          weakest = i;
        }
      }
      return weakest;
    }
  }
}
