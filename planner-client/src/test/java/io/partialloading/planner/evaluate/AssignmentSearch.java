// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import java.util.Arrays;

/**
 * Exhaustive search over what problem (10) decides: which users are in which batch. It knows
 * nothing of what makes a plan good, not even that cheap uploads go first; {@code
 * ALGORITHM_EXHAUSTIVE_SEARCH} knows that, and enumerates counts instead. The paper (Section VII.E)
 * does not say how its own goes.
 *
 * <p>It enumerates every order of every subset of the models and, for each model in it, every
 * subset of its users but the empty one as its batch, in continuous time with optimal bandwidth
 * (12). Only the latency budget prunes: what exceeds it is not continued. With n_i users of model i
 * these are Σ over ordered subsets Π (2^{n_i} - 1) assignments, 97,407,075 for 5 models with 4
 * users each. One batch a model suffices because all its users fit in one.
 *
 * <p>Of the assignments that serve the most users it takes the one that completes first, and of
 * these the first in its order. Takes requests of the paper's scenarios alone: affine times, a link
 * budget for each user, no options, nothing resident.
 */
final class AssignmentSearch {
  private final AssignmentProblem problem;
  private final double budget;
  private final boolean[] visited;

  /** The assignment at hand, by batch: model, and its users as bits. */
  private final int[] models;

  private final int[] batches;

  private int[] bestModels = new int[0];
  private int[] bestBatches = new int[0];
  private int bestServed;
  private double bestCompletion;
  private long assignments;

  AssignmentSearch(AssignmentProblem problem) {
    this.problem = problem;
    this.budget = problem.budget();
    this.visited = new boolean[problem.models()];
    this.models = new int[problem.models()];
    this.batches = new int[problem.models()];
  }

  /**
   * Plans. The answer has its times from the planner that judges it; its planning time is that of
   * the enumeration alone. It does not state how models share, nor why users are left out.
   *
   * @throws IllegalArgumentException if the request is not of the paper's scenarios, or has more
   *     than {@link AssignmentProblem#MAX_ASSIGNMENTS} assignments
   */
  static PlanResponse plan(PlannerClient planner, PlanRequest request) {
    AssignmentSearch search = new AssignmentSearch(new AssignmentProblem(request));
    long start = System.nanoTime();
    search.run();
    long took = System.nanoTime() - start;
    Schedule timed =
        planner
            .verify(
                VerifyScheduleRequest.newBuilder()
                    .setRequest(request)
                    .setSchedule(search.schedule())
                    .build())
            .getTimedSchedule();
    return PlanResponse.newBuilder()
        .setLabel(request.getLabel())
        .setSchedule(timed)
        .setServedUserCount(search.bestServed)
        .setServedUserUpperBound(search.bestServed)
        .setOptimality(Optimality.OPTIMALITY_PROVEN)
        .setAlgorithm(Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH)
        .setPlanningTime(Durations.fromNanos(took))
        .build();
  }

  void run() {
    extend(AssignmentProblem.START, 0, 0, 0);
  }

  /** Number of assignments that keep the budget, the empty one not counted. */
  long assignments() {
    return assignments;
  }

  int served() {
    return bestServed;
  }

  /** The best assignment's batches with their shares of the band, without times. */
  Schedule schedule() {
    Schedule.Builder schedule = Schedule.newBuilder();
    for (int n = 0; n < bestModels.length; n++) {
      schedule.addBatches(problem.batch(bestModels[n], bestBatches[n]));
    }
    return schedule.build();
  }

  /** Looks at every assignment that begins with the first {@code depth} batches at hand. */
  private void extend(int previous, int depth, int served, double time) {
    for (int model = 0; model < visited.length; model++) {
      if (visited[model]) {
        continue;
      }
      visited[model] = true;
      models[depth] = model;
      double loaded = time + problem.loadTime(previous, model);
      double[] times = problem.batchTimes(model);
      for (int batch = 1; batch < times.length; batch++) {
        double completion = loaded + times[batch];
        if (completion > budget) {
          continue;
        }
        assignments++;
        batches[depth] = batch;
        int servedNow = served + Integer.bitCount(batch);
        if (servedNow > bestServed || (servedNow == bestServed && completion < bestCompletion)) {
          keep(depth + 1, servedNow, completion);
        }
        if (depth + 1 < visited.length) {
          extend(model, depth + 1, servedNow, completion);
        }
      }
      visited[model] = false;
    }
  }

  private void keep(int depth, int served, double completion) {
    bestModels = Arrays.copyOf(models, depth);
    bestBatches = Arrays.copyOf(batches, depth);
    bestServed = served;
    bestCompletion = completion;
  }
}
