// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecompositionTest {
  /** With ample time, so that every user counts, and some users for each model. */
  private static Instance.Builder instance(int blocks, int[][] models, int... users) {
    long[] blockBytes = new long[blocks];
    Arrays.fill(blockBytes, 1_000);
    int[] userModels =
        IntStream.range(0, models.length)
            .flatMap(model -> IntStream.generate(() -> model).limit(users[model]))
            .toArray();
    long[] uploadTimes = new long[userModels.length];
    Arrays.fill(uploadTimes, 1_000);
    Instance.Builder builder =
        new Instance.Builder(Instance.MAX_BUDGET, blockBytes, userModels, uploadTimes)
            .loadTimes(new LoadTimes(TransferTime.affine(10, 1e9), TransferTime.NONE));
    for (int[] model : models) {
      builder.addModel(model, ComputeTimes.affine(1_000, 10), Integer.MAX_VALUE);
    }
    return builder;
  }

  @Test
  void chain_hasACurveOfTheUsersBelowAtEveryNode() {
    Instance chain = instance(3, new int[][] {{0}, {0, 1}, {0, 1, 2}}, 1, 1, 5).build();

    assertEquals(8 * (2 + 3 + 5 * 4), tableBytes(chain));
  }

  @Test
  void residentBlocks_doubleTheCurves() {
    Instance.Builder chain = instance(3, new int[][] {{0}, {0, 1}, {0, 1, 2}}, 1, 1, 5);

    assertEquals(
        2 * 8 * (2 + 3 + 5 * 4),
        tableBytes(chain.residentBlocks(BitSet.valueOf(new long[] {2})).build()));
  }

  @Test
  void search_hasTwoTablesOfUsersByModelsAndTwoOfModels() {
    int n = 20;
    int[][] ring = new int[n][];
    Arrays.setAll(ring, model -> new int[] {model, (model + 1) % n});
    int[] users = new int[n];
    Arrays.fill(users, 3);

    assertEquals(8 * (2 * n * 3 * n + 2 * n * n), tableBytes(instance(n, ring, users).build()));
  }

  private static long tableBytes(Instance instance) {
    return Decomposition.of(Problem.of(instance, StopSignal.NEVER), StopSignal.NEVER).tableBytes();
  }
}
