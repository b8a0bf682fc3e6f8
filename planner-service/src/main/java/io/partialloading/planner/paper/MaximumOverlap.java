// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.machine.Machine.COLD;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.ServiceCurve;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
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
public final class MaximumOverlap implements PaperAlgorithm {
  @Override
  public List<Visit> visits(Problem problem, StopSignal stop) {
    Instance instance = problem.instance();
    List<Visit> visits = new ArrayList<>();
    SortedSet<Integer> untried = new TreeSet<>();
    for (int model = 0; model < instance.modelCount(); model++) {
      untried.add(model);
    }
    long[] overlap = new long[instance.modelCount()]; // bytes of each model that are on the GPU
    int loaded = COLD;
    long timeLeft = instance.budget();
    while (!untried.isEmpty()) {
      stop.throwIfCancelled();
      int model = removeMostOverlapping(untried, overlap);
      ServiceCurve curve = problem.curve(model);
      long load = problem.machine().loadTime(loaded, model);
      int count = countWithin(curve, timeLeft - load);
      if (count > 0) {
        visits.add(new Visit(model, count));
        timeLeft -= load + curve.time(count);
        loaded = model;
        updateOverlap(problem.machine(), stop, loaded, untried, overlap);
      }
    }
    return visits;
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
      Machine machine, StopSignal stop, int loaded, SortedSet<Integer> untried, long[] overlap) {
    for (int model : untried) {
      stop.throwIfCancelled();
      overlap[model] =
          machine.instance().model(model).bytes() - machine.missingBytes(loaded, model);
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
