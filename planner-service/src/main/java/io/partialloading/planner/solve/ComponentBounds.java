// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Times that no plan of a component beats, whatever its sharing and transfer profile: every visited
 * model pays its fastest load, from within the component or from outside, and the first of them its
 * load from outside; a knapsack over counts does the rest. O(n² + K²) for n models and K users.
 */
final class ComponentBounds {
  private ComponentBounds() {}

  /**
   * Bounds of a component.
   *
   * @param curves service times by model and count
   * @param loads load times between its models
   */
  static Curves of(long[][] curves, ComponentLoads loads, long budget, StopSignal stop) {
    long[] cold =
        leastTimes(
            new PathProblem(curves, loads.between(), loads.cold(), loads.cold()), budget, stop);
    if (!loads.residentMatters()) {
      return new Curves(cold, null);
    }
    long[] first =
        leastTimes(
            new PathProblem(curves, loads.between(), loads.cold(), loads.first()), budget, stop);
    first[0] = Instance.NEVER;
    return new Curves(cold, first);
  }

  /** By count, up to the budget; entry 0 is 0. */
  static long[] leastTimes(PathProblem problem, long budget, StopSignal stop) {
    long[][] curves = problem.service();
    long[][] between = problem.between();
    long[] start = problem.start();
    List<Curves> services = new ArrayList<>();
    long startExtra = Instance.NEVER; // what the first model pays beyond its fastest load, at least
    for (int b = 0; b < curves.length; b++) {
      long fastest = start[b];
      for (int a = 0; a < curves.length; a++) {
        fastest = a == b ? fastest : Math.min(fastest, between[a][b]);
      }
      startExtra = Math.min(startExtra, start[b] - fastest);
      services.add(new Curves(delayed(curves[b], fastest, budget), null));
    }
    return delayed(Curves.sum(services, budget, stop).cold(), startExtra, budget);
  }

  /** A curve with a delay for all who are served, cut at the budget. */
  static long[] delayed(long[] curve, long delay, long budget) {
    int end = curve.length;
    while (end > 1 && curve[end - 1] > budget - delay) {
      end--;
    }
    long[] delayed = new long[end];
    for (int k = 1; k < end; k++) {
      delayed[k] = curve[k] + delay;
    }
    return delayed;
  }
}
