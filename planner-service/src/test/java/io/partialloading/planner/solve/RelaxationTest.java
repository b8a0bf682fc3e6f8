// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.fixture.RandomInstances;
import io.partialloading.planner.fixture.RandomInstances.Sharing;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingComponents.Component;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bound holds whatever the shares, and whatever is decided as an optimal path has it. */
class RelaxationTest {
  @Test
  void evaluate_withRandomSharesAndDecisions_isNeverAboveTheOptimum() {
    int compared = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      Instance instance = RandomInstances.draw(random, Sharing.GENERAL, 7, 4);
      Problem problem = Problem.of(instance, StopSignal.NEVER);
      for (Component component : problem.sharing().components()) {
        int[] models = component.models();
        ComponentLoads loads = ComponentLoads.of(problem.machine(), models, StopSignal.NEVER);
        long[][] service = new long[models.length][];
        Arrays.setAll(service, i -> problem.curve(models[i]).times());
        LeastTimes exact =
            Objects.requireNonNull(SubsetTimes.solve(problem, models, StopSignal.NEVER));
        boolean isFirst = exact.curves().first() != null && random.nextBoolean();
        PathProblem path =
            new PathProblem(
                service, loads.between(), loads.cold(), isFirst ? loads.first() : loads.cold());
        long[] optimum = exact.curves().times(isFirst);
        if (optimum.length < 2 || !Relaxation.isApplicable(path)) {
          continue;
        }
        int target = 1 + random.nextInt(optimum.length - 1);
        Decisions decisions =
            new Decisions(random, models, exact.visits(target, isFirst), random.nextInt(4) * 0.3);
        Relaxation relaxation = new Relaxation(path);
        for (int trial = 0; trial < 20; trial++) {
          long[][] shares = shares(random, path, relaxation);
          long[] bound = new long[path.userCount() + 1];
          relaxation.evaluate(
              shares, decisions.models, decisions.edges, target, bound, StopSignal.NEVER);
          assertTrue(
              bound[target] <= optimum[target],
              "seed %d: %d users in %d, bound %d"
                  .formatted(seed, target, optimum[target], bound[target]));
          compared++;
        }
      }
    }
    assertTrue(compared > 10_000, compared + " compared");
  }

  /** Of any size, and sometimes such as make a good bound. */
  private static long[][] shares(Random random, PathProblem problem, Relaxation relaxation) {
    int n = problem.modelCount();
    long[][] shares = new long[n][n + 1];
    double scale = random.nextDouble();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= n; j++) {
        long saving = j < n ? relaxation.saving(i, j) : 0;
        shares[i][j] =
            Math.round(
                saving / 2.0
                    + scale * (2 * random.nextDouble() - 1) * relaxation.largestShare() / 2);
      }
    }
    return shares;
  }

  /** Some of what a path decides. */
  private static final class Decisions {
    final byte[] models;
    final byte[][] edges;

    Decisions(Random random, int[] componentModels, List<Visit> path, double share) {
      int n = componentModels.length;
      models = new byte[n];
      edges = new byte[n][n];
      int[] order =
          path.stream().mapToInt(v -> Arrays.binarySearch(componentModels, v.model())).toArray();
      boolean[] visited = new boolean[n];
      boolean[][] used = new boolean[n][n];
      for (int i = 0; i < order.length; i++) {
        visited[order[i]] = true;
        if (i > 0) {
          used[order[i - 1]][order[i]] = true;
          used[order[i]][order[i - 1]] = true;
        }
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          if (random.nextDouble() < share) {
            edges[i][j] = used[i][j] ? Relaxation.IN : Relaxation.OUT;
            edges[j][i] = edges[i][j];
            if (used[i][j]) {
              models[i] = Relaxation.IN;
              models[j] = Relaxation.IN;
            }
          }
        }
        if (random.nextDouble() < share) {
          models[i] = visited[i] ? Relaxation.IN : Relaxation.OUT;
        }
      }
    }
  }
}
