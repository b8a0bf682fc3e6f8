// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;

/**
 * Load times within a component, in ns, at most {@link Instance#NEVER}.
 *
 * @param between {@code between[a][b]}: time to load b after a
 * @param cold time to load a model after one of another component
 * @param first time to load a model at the start of the plan
 */
record ComponentLoads(long[][] between, long[] cold, long[] first) {
  /** Load times of some models; O(n²) set differences. */
  static ComponentLoads of(Machine machine, int[] models, StopSignal stop) {
    int n = models.length;
    long[][] between = new long[n][n];
    long[] cold = new long[n];
    long[] first = new long[n];
    for (int a = 0; a < n; a++) {
      stop.throwIfCancelled();
      cold[a] = machine.loadTime(Machine.COLD, models[a]);
      first[a] = machine.loadTime(Machine.START, models[a]);
    }
    for (int a = 0; a < n; a++) {
      stop.throwIfCancelled();
      for (int b = 0; b < n; b++) {
        between[a][b] = machine.loadTime(models[a], models[b]);
      }
    }
    return new ComponentLoads(between, cold, first);
  }

  /** Whether beginning the plan with some model takes less time than coming to it later. */
  boolean residentMatters() {
    for (int model = 0; model < cold.length; model++) {
      if (first[model] < cold[model]) {
        return true;
      }
    }
    return false;
  }
}
