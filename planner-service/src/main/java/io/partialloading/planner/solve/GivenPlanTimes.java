// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.sharing.SharingComponents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times of a component too large to search: those of given plans, cut short after any number of
 * users. Never worse than the given plans, and linear in the component's size, as is the bound:
 * every model pays at least for the blocks that it shares with no other.
 */
final class GivenPlanTimes extends LeastTimes {
  private final List<List<Visit>> plans;
  private final int[] bestPlan; // by count
  private final Curves bounds;

  private GivenPlanTimes(long[] times, List<List<Visit>> plans, int[] bestPlan, Curves bounds) {
    super(new Curves(times, null));
    this.plans = plans;
    this.bestPlan = bestPlan;
    this.bounds = bounds;
  }

  /**
   * Takes plans over.
   *
   * @param models the component's models, ascending
   * @param given visits of whole plans, those of other components included
   */
  static GivenPlanTimes of(
      Problem problem,
      SharingComponents sharing,
      int[] models,
      List<List<Visit>> given,
      StopSignal stop) {
    List<List<Visit>> plans = new ArrayList<>();
    List<long[]> timesOfPlans = new ArrayList<>();
    int users = 0;
    for (List<Visit> plan : given) {
      List<Visit> own =
          plan.stream().filter(v -> Arrays.binarySearch(models, v.model()) >= 0).toList();
      long[] times = times(problem, own, stop);
      plans.add(own);
      timesOfPlans.add(times);
      users = Math.max(users, times.length - 1);
    }
    long[] least = new long[users + 1];
    int[] bestPlan = new int[users + 1];
    Arrays.fill(least, 1, least.length, Instance.NEVER);
    for (int plan = 0; plan < plans.size(); plan++) {
      long[] times = timesOfPlans.get(plan);
      for (int k = 1; k < times.length; k++) {
        if (times[k] < least[k]) {
          least[k] = times[k];
          bestPlan[k] = plan;
        }
      }
    }
    return new GivenPlanTimes(least, plans, bestPlan, bounds(problem, sharing, models, stop));
  }

  /** Time to serve the first k users of a plan, as far as the budget reaches. */
  private static long[] times(Problem problem, List<Visit> visits, StopSignal stop) {
    int previous = Machine.COLD;
    long[] times = new long[visits.stream().mapToInt(Visit::count).sum() + 1];
    int served = 0;
    for (Visit visit : visits) {
      stop.throwIfCancelled();
      long before = times[served] + problem.machine().loadTime(previous, visit.model());
      for (int count = 1; count <= visit.count(); count++) {
        times[served + count] = before + problem.curve(visit.model()).time(count);
        if (times[served + count] > problem.instance().budget()) {
          return Arrays.copyOf(times, served + count);
        }
      }
      served += visit.count();
      previous = visit.model();
    }
    return times;
  }

  private static Curves bounds(
      Problem problem, SharingComponents sharing, int[] models, StopSignal stop) {
    Instance instance = problem.instance();
    List<Curves> parts = new ArrayList<>(models.length);
    for (int model : models) {
      stop.throwIfCancelled();
      long ownBytes = 0;
      for (int block : instance.model(model).blocks()) {
        ownBytes +=
            sharing.isShared(block) || instance.isResident(block) ? 0 : instance.blockBytes(block);
      }
      long[] service = problem.curve(model).times();
      parts.add(
          new Curves(
              ComponentBounds.delayed(
                  service, instance.loadTimes().time(ownBytes), instance.budget()),
              null));
    }
    return Curves.sum(parts, instance.budget(), stop);
  }

  @Override
  Curves bounds() {
    return bounds;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    int left = count;
    for (Visit visit : plans.get(bestPlan[count])) {
      if (left == 0) {
        return;
      }
      int served = Math.min(visit.count(), left);
      visits.add(new Visit(visit.model(), served));
      left -= served;
    }
  }
}
