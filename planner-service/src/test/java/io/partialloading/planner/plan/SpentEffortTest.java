// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plans on whole PRBs where splitting the users into batches takes more than the effort that is
 * spent on it, so that the curves of the models that come last are no better than good.
 */
class SpentEffortTest {
  private static Plan plan(Instance.Builder instance) {
    return Planner.plan(instance.build(), PlanningOptions.DEFAULT, StopSignal.NEVER);
  }

  @Test
  void oneBatchThatServesAll_isFoundWithoutEffort() {
    // All but the last model take the effort: their users are too slow to be served together.
    int models = 96;
    int users = 100;
    int[] userModels = new int[models * users + 1];
    long[] unitTimes = new long[userModels.length];
    for (int user = 0; user < unitTimes.length; user++) {
      userModels[user] = Math.min(user / users, models - 1);
      unitTimes[user] = userModels[user] == models - 1 ? 1_000_000 + user : 19_000_000_000L + user;
    }
    Instance.Builder instance =
        new Instance.Builder(20_000_000, new long[0], userModels, unitTimes)
            .bandwidthSharing(BandwidthSharing.prbGrid(users));
    for (int model = 0; model < models; model++) {
      instance.addModel(new int[0], ComputeTimes.affine(10_000_000, 1000), Integer.MAX_VALUE);
    }

    assertEquals(100, plan(instance).solution().servedUserCount());
  }

  @Test
  void generalSharing_ofModelsThatComeLast_isPlannedWithinTheBound() {
    for (int seed : new int[] {14, 35, 3}) { // the first two once failed
      Random random = new Random(seed);
      int others = 16;
      int usersOfOther = 90;
      int ring = 3 + random.nextInt(3);
      int usersInRing = 91 + random.nextInt(30);
      int[] userModels = new int[others * usersOfOther + ring * usersInRing];
      long[] unitTimes = new long[userModels.length];
      for (int user = 0; user < unitTimes.length; user++) {
        int inRing = user - others * usersOfOther;
        userModels[user] = inRing < 0 ? user / usersOfOther : others + inRing / usersInRing;
        unitTimes[user] = 1_000_000 + random.nextInt(1_000_000);
      }
      long[] blockBytes = new long[others + ring];
      Arrays.fill(blockBytes, 1000);
      long budget = 20_000_000L + (long) (random.nextDouble() * 80_000_000);
      Instance.Builder instance =
          new Instance.Builder(budget, blockBytes, userModels, unitTimes)
              .bandwidthSharing(BandwidthSharing.prbGrid(100));
      for (int model = 0; model < others + ring; model++) {
        boolean isInRing = model >= others;
        int[] blocks =
            isInRing ? new int[] {model, others + (model - others + 1) % ring} : new int[] {model};
        instance.addModel(
            blocks,
            ComputeTimes.affine(isInRing ? 5_000_000 : 20_000_000, 1000),
            isInRing ? 20 + random.nextInt(80) : 100);
      }
      instance.loadTimes(
          new LoadTimes(
              TransferTime.affine(random.nextInt(3) * 100_000, 1e6), TransferTime.affine(0, 1e9)));

      Plan plan = plan(instance);
      assertTrue(plan.schedule().completion() <= budget, "seed " + seed);
      assertTrue(plan.solution().servedUserCount() > 0, "seed " + seed);
    }
  }

  @Test
  void boundThatEndsWithinTheRoundingOfTheBudget_isNoPlan() {
    // The bound serves users that the curve does not reach, in less than 2 ns below the budget.
    long[] unitTimes = {2, 3, 5, 11, 11, 17, 17, 18, 21, 23, 24, 29};
    Instance.Builder instance =
        new Instance.Builder(36, new long[] {1}, new int[unitTimes.length], unitTimes)
            .addModel(new int[] {0}, ComputeTimes.affine(0, 0), 1)
            .bandwidthSharing(BandwidthSharing.prbGrid(4));

    Plan plan = plan(instance);
    assertTrue(plan.solution().servedUserCount() < plan.solution().servedUserUpperBound());
  }

  @Test
  void timeUpFromTheStart_isSaidToHaveCutThePlanShort() {
    Random random = new Random(1);
    long[] unitTimes = random.longs(600, 1_000_000, 9_000_000).toArray();
    Instance instance =
        new Instance.Builder(30_000_000, new long[] {1}, new int[unitTimes.length], unitTimes)
            .addModel(new int[] {0}, ComputeTimes.affine(1_000_000, 1000), Integer.MAX_VALUE)
            .bandwidthSharing(BandwidthSharing.prbGrid(100))
            .build();
    Plan whole = Planner.plan(instance, PlanningOptions.DEFAULT, StopSignal.NEVER);
    Plan cut = Planner.plan(instance, PlanningOptions.DEFAULT, Stop.timeUp());
    assertTrue(cut.solution().isCutShort());
    assertTrue(!whole.solution().isCutShort());
    assertTrue(cut.solution().servedUserCount() >= 0.9 * whole.solution().servedUserCount());
    assertTrue(
        cut.solution().servedUserUpperBound() >= whole.solution().servedUserCount(),
        "the bound holds");
  }
}
