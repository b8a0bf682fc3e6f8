// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.machine;

import static io.partialloading.planner.machine.Machine.START;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;

/**
 * The users that some plan can serve, whatever the transfer profile: how many there are bounds
 * every plan.
 *
 * <p>A user is served soonest alone in its batch, as soon as its model can be on the GPU. Where
 * loads are subadditive that is by loading the model first of all. Elsewhere it may be sooner by
 * way of other models, each of which must serve someone, its cheapest user: a shortest path over
 * models.
 */
public final class ServableUsers {
  private ServableUsers() {}

  /**
   * Counts them. Linear in the users and block references; where loads are not subadditive, up to
   * the set differences of all pairs of models.
   *
   * @param stop asked at every model whether anybody waits for the answer
   */
  public static int count(Machine machine, StopSignal stop) {
    Instance instance = machine.instance();
    boolean isDirect = !instance.parameterSharing() || instance.loadTimes().isSubadditive(stop);
    long[] loaded = isDirect ? firstLoads(machine, stop) : soonestLoads(machine, stop);
    int count = 0;
    for (int user = 0; user < instance.userCount(); user++) {
      stop.throwIfCancelled();
      int model = instance.userModel(user);
      boolean isServable =
          instance.isInReach(user)
              && instance.model(model).largestBatch() > 0
              && machine.serviceTimeAlone(user) <= instance.budget() - loaded[model];
      count += isServable ? 1 : 0;
    }
    return count;
  }

  /** The time to load each model at the start of the plan, in ns. */
  private static long[] firstLoads(Machine machine, StopSignal stop) {
    long[] loads = new long[machine.instance().modelCount()];
    for (int model = 0; model < loads.length; model++) {
      stop.throwIfCancelled();
      loads[model] = machine.loadTime(START, model);
    }
    return loads;
  }

  /** By model, the soonest that any plan has it on the GPU, in ns, where that is in the budget. */
  private static long[] soonestLoads(Machine machine, StopSignal stop) {
    Instance instance = machine.instance();
    long[] soonest = firstLoads(machine, stop);
    long[] service = new long[soonest.length]; // of the cheapest user
    Arrays.fill(service, Instance.NEVER);
    for (int model = 0; model < service.length; model++) {
      int[] users = instance.model(model).users();
      if (users.length > 0 && instance.model(model).largestBatch() > 0) {
        service[model] = machine.serviceTimeAlone(users[0]);
      }
    }
    boolean[] isSettled = new boolean[soonest.length];
    int next = closest(soonest, isSettled);
    while (next >= 0 && soonest[next] <= instance.budget()) {
      isSettled[next] = true;
      long left = soonest[next] + service[next];
      for (int model = 0; model < soonest.length && left <= instance.budget(); model++) {
        if (!isSettled[model]) {
          stop.throwIfCancelled();
          soonest[model] = Math.min(soonest[model], left + machine.loadTime(next, model));
        }
      }
      next = closest(soonest, isSettled);
    }
    return soonest;
  }

  /** The model on the GPU soonest of those that are not settled; -1 if all are. */
  private static int closest(long[] soonest, boolean[] isSettled) {
    int closest = -1;
    for (int model = 0; model < soonest.length; model++) {
      if (!isSettled[model] && (closest < 0 || soonest[model] < soonest[closest])) {
        closest = model;
      }
    }
    return closest;
  }
}
