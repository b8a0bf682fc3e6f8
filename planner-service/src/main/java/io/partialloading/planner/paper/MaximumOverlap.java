// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.instance.Instance.START;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.RequestedModel;
import io.partialloading.planner.instance.ServiceCurve;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.solve.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Maximum overlap: the loading order of Gemel, reference [40]. Next comes the model that shares
 * most bytes with the one on the GPU; ties, and so the first model, are taken in library order.
 * Each serves as many users as fit in the time that is left, without slots; a model of which none
 * fits is skipped and not loaded.
 *
 * <p>For I models with J block references in all, time O(I (I + J)).
 */
public final class MaximumOverlap implements Solver {
  @Override
  public Solution solve(Instance instance, StopSignal stop) {
    List<Visit> visits = new ArrayList<>();
    SortedSet<Integer> untried = new TreeSet<>();
    for (int model = 0; model < instance.modelCount(); model++) {
      untried.add(model);
    }
    long[] overlap = new long[instance.modelCount()]; // bytes of each model that are on the GPU
    int loaded = START;
    long timeLeft = instance.budget();
    while (!untried.isEmpty()) {
      stop.throwIfCancelled();
      int model = removeMostOverlapping(untried, overlap);
      ServiceCurve curve = instance.model(model).serviceCurve();
      long load = ColdGpu.loadTime(instance, loaded, model);
      int count = countWithin(curve, timeLeft - load);
      if (count > 0) {
        visits.add(new Visit(model, count));
        timeLeft -= load + curve.time(count);
        loaded = model;
        updateOverlap(instance, stop, loaded, untried, overlap);
      }
    }
    return new Solution(visits, instance.servableUserCount(), instance.sharing().structure());
  }

  private static int removeMostOverlapping(SortedSet<Integer> untried, long[] overlap) {
    int most = untried.first();
    for (int model : untried) {
      most = overlap[model] > overlap[most] ? model : most;
    }
    untried.remove(most);
    return most;
  }

  private static void updateOverlap(
      Instance instance, StopSignal stop, int loaded, SortedSet<Integer> untried, long[] overlap) {
    for (int model : untried) {
      stop.throwIfCancelled();
      RequestedModel next = instance.model(model);
      overlap[model] = next.bytes() - instance.missingBytes(loaded, model);
    }
  }

  private static int countWithin(ServiceCurve curve, long time) {
    int count = 0;
    while (count < curve.maxCount() && curve.time(count + 1) <= time) {
      count++;
    }
    return count;
  }
}
