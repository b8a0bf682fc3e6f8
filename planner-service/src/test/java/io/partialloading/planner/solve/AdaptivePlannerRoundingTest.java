// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A base and adapters whose load times are no whole ns, with budgets that leave nothing to spare.
 */
class AdaptivePlannerRoundingTest {
  private static final AdaptivePlanner PLANNER = new AdaptivePlanner(List.of());

  @Test
  void solve_budgetOfExactlyTheOptimum_servesAllAndOneNsLessDoesNot() {
    for (int seed = 0; seed < 2000; seed++) {
      long optimum = completion(draw(seed, Instance.MAX_BUDGET));
      String message = "seed " + seed;
      Solution exact = PLANNER.solve(draw(seed, optimum), StopSignal.NEVER);
      assertEquals(3, exact.servedUserCount(), message);
      assertTrue(exact.isProvenOptimal(), message);
      Solution short1 = PLANNER.solve(draw(seed, optimum - 1), StopSignal.NEVER);
      assertEquals(2, short1.servedUserCount(), message);
      assertTrue(short1.isProvenOptimal(), message);
    }
  }

  /** The least completion time over all orders. */
  private static long completion(Instance instance) {
    long least = Long.MAX_VALUE;
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      List<Batch> plan =
          Arrays.stream(order).mapToObj(model -> new Batch(model, new int[] {model})).toList();
      least = Math.min(least, new Machine(instance).run(plan));
    }
    return least;
  }

  private static Instance draw(int seed, long budget) {
    Random random = new Random(seed);
    long scale = 1L << (20 + random.nextInt(18));
    long[] blockBytes = new long[4];
    for (int block = 0; block < 4; block++) {
      blockBytes[block] = 1 + (long) (random.nextDouble() * scale);
    }
    double[] rates = {1e9, 0.5e9, 3.2e9, 12.8e9, 1e9 / 0.7};
    Instance.Builder builder =
        new Instance.Builder(budget, blockBytes, new int[] {0, 1, 2}, new long[] {5, 6, 7})
            .loadTimes(
                new LoadTimes(
                    TransferTime.affine(random.nextInt(2) * 1000, rates[random.nextInt(5)]),
                    TransferTime.affine(0, rates[random.nextInt(5)])));
    for (int model = 0; model < 3; model++) {
      builder.addModel(new int[] {0, model + 1}, ComputeTimes.affine(10, 1), 8);
    }
    return builder.build();
  }
}
