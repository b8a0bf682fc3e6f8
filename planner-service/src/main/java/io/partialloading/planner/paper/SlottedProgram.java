// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.machine.Machine.COLD;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.NotApplicableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The dynamic program of Algorithm 2 over slots, (15)–(21) with (19) as printed, and Algorithm 1,
 * which reads the plan off its tables.
 *
 * <p>For T slots and clusters of I_m models, time O(T² Σ I_m²) and space O(T Σ I_m). Differs from
 * the listing only in that the rows of (15) are made when (19) needs them instead of being kept for
 * all pairs of models, each by one pass over the service curve.
 *
 * <p>Several plans may serve the most users. Among them Algorithm 1 here leaves a model out where
 * it can, gives a cluster the fewest slots, and then takes the earliest predecessor and the fewest
 * slots after it.
 */
final class SlottedProgram {
  /** Numbers in all tables together: 64 MiB. The paper's default setting takes some 10,000. */
  static final int MAX_TABLE_CELLS = 1 << 24;

  private final Problem problem;
  private final long slot;
  private final int slots;
  private final int[][] clusters;
  private final StopSignal stop;

  /**
   * g_m(i, t) of (18) at [m - 1][i][t]: the most users that the first i models of cluster m serve
   * in t slots.
   */
  private final int[][][] servedByModels;

  /** f(m, t) of (20) at [m][t]: the most users that the first m clusters serve in t slots. */
  private final int[][] servedByClusters;

  private SlottedProgram(Problem problem, long slot, int slots, int[][] clusters, StopSignal stop) {
    this.problem = problem;
    this.slot = slot;
    this.slots = slots;
    this.clusters = clusters;
    this.stop = stop;
    this.servedByModels = new int[clusters.length][][];
    this.servedByClusters = new int[clusters.length + 1][];
  }

  /**
   * The plan of Algorithms 1 and 2.
   *
   * @param slot Δτ in ns, at least 1
   * @param clusters models of each cluster in loading order; the first one of a cluster to be
   *     visited is loaded whole
   * @throws NotApplicableException if the tables take more than {@link #MAX_TABLE_CELLS}
   */
  static List<Visit> plan(Problem problem, long slot, int[][] clusters, StopSignal stop) {
    Instance instance = problem.instance();
    long rows = 1 + 2L * clusters.length + instance.modelCount();
    long slots = instance.budget() / slot;
    if (slots >= MAX_TABLE_CELLS / rows) {
      throw new NotApplicableException(
          "the latency budget has %d slots of %d ns; for %d requested models at most %d are possible"
              .formatted(slots, slot, instance.modelCount(), MAX_TABLE_CELLS / rows - 1));
    }
    stop.reserve(Integer.BYTES * rows * (slots + 1));
    SlottedProgram program = new SlottedProgram(problem, slot, (int) slots, clusters, stop);
    program.fillTables();
    return program.plan();
  }

  /** Algorithm 2. */
  private void fillTables() {
    servedByClusters[0] = new int[slots + 1];
    for (int m = 1; m <= clusters.length; m++) {
      servedByClusters[m] = new int[slots + 1];
      servedByModels[m - 1] = servedByModels(clusters[m - 1]);
      int[] servedByCluster = servedByModels[m - 1][clusters[m - 1].length];
      for (int t = 1; t <= slots; t++) {
        stop.throwIfCancelled();
        int most = 0;
        for (int own = 0; own <= t; own++) {
          most = Math.max(most, servedByClusters[m - 1][t - own] + servedByCluster[own]);
        }
        servedByClusters[m][t] = most;
      }
    }
  }

  /** g_m of (18) for one cluster. */
  private int[][] servedByModels(int[] models) {
    int[][] served = new int[models.length + 1][];
    served[0] = new int[slots + 1];
    for (int i = 1; i <= models.length; i++) {
      served[i] = new int[slots + 1];
      serveLast(models, served, i);
    }
    return served;
  }

  /** Fills the row of model i from those of the models before. */
  private void serveLast(int[] models, int[][] served, int i) {
    int[] row = served[i];
    int[] alone = servedBySlots(COLD, models[i - 1]);
    for (int t = 1; t <= slots; t++) {
      row[t] = Math.max(alone[t], served[i - 1][t]);
    }
    for (int before = 1; before < i; before++) {
      int[] after = servedBySlots(models[before - 1], models[i - 1]);
      for (int t = 1; t <= slots; t++) {
        stop.throwIfCancelled();
        for (int own = 1; own < t; own++) {
          if (mayPrecede(served, before, t - own)) {
            row[t] = Math.max(row[t], served[before][t - own] + after[own]);
          }
        }
      }
    }
  }

  /**
   * The condition in (19) as printed: model {@code before} may be the predecessor of a model that
   * starts after {@code t} slots only if it adds users within them. Where it adds none, a plan that
   * ends with it may still have more to reuse; those plans are lost.
   */
  private static boolean mayPrecede(int[][] served, int before, int t) {
    return served[before][t] > 0 && served[before][t] != served[before - 1][t];
  }

  /**
   * q_m of (15): by number of slots, the most users that {@code model} serves in them when it is
   * loaded after {@code previous}.
   */
  private int[] servedBySlots(int previous, int model) {
    long[] times = problem.curve(model).times();
    long load = problem.machine().loadTime(previous, model);
    int[] served = new int[slots + 1];
    int count = 0;
    for (int t = 1; t <= slots; t++) {
      while (count + 1 < times.length && load + times[count + 1] <= t * slot) {
        count++;
      }
      served[t] = count;
    }
    return served;
  }

  /** Algorithm 1, from the last cluster to the first. */
  private List<Visit> plan() {
    List<Visit> lastFirst = new ArrayList<>();
    int t = slots;
    for (int m = clusters.length; m > 0; m--) {
      int[] servedByCluster = servedByModels[m - 1][clusters[m - 1].length];
      int own = 0;
      while (servedByClusters[m - 1][t - own] + servedByCluster[own] < servedByClusters[m][t]) {
        own++;
      }
      addVisits(lastFirst, clusters[m - 1], servedByModels[m - 1], own);
      t -= own;
    }
    Collections.reverse(lastFirst);
    return lastFirst;
  }

  /** The inner loop of Algorithm 1: visits of one cluster within {@code t} slots, from the last. */
  private void addVisits(List<Visit> lastFirst, int[] models, int[][] served, int t) {
    int i = models.length;
    while (served[i][t] > 0) {
      if (served[i][t] == served[i - 1][t]) {
        i--;
      } else {
        Step step = lastStep(models, served, i, t);
        int servedBefore = served[step.before()][t - step.slots()];
        lastFirst.add(new Visit(models[i - 1], served[i][t] - servedBefore));
        i = step.before();
        t -= step.slots();
      }
    }
  }

  /**
   * How a plan reaches g_m(i, t) with model i as its last.
   *
   * @param before the predecessor of model i, 0 for none
   * @param slots the slots of model i
   */
  private record Step(int before, int slots) {}

  /** Line 12 of Algorithm 1. */
  private Step lastStep(int[] models, int[][] served, int i, int t) {
    if (servedBySlots(COLD, models[i - 1])[t] == served[i][t]) {
      return new Step(0, t);
    }
    for (int before = 1; before < i; before++) {
      stop.throwIfCancelled();
      int[] after = servedBySlots(models[before - 1], models[i - 1]);
      for (int own = 1; own < t; own++) {
        if (mayPrecede(served, before, t - own)
            && served[before][t - own] + after[own] == served[i][t]) {
          return new Step(before, own);
        }
      }
    }
    throw new AssertionError("g(%d, %d) = %d is not reached".formatted(i, t, served[i][t]));
  }
}
