// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrbApportionmentTest {
  @Test
  void leastTime_onSmallBatches_equalsEnumeration() {
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      int users = 1 + random.nextInt(4);
      int prbs = users + random.nextInt(9);
      long[] times = random.longs(users, 1, 2 + random.nextInt(2000)).sorted().toArray();
      String message = "seed " + seed;
      long least = leastByEnumeration(times, 0, prbs);
      assertEquals(least, PrbApportionment.leastTime(times, 0, users, prbs), message);
      int[] granted = PrbApportionment.allocate(times, prbs);
      assertEquals(prbs, Arrays.stream(granted).sum(), message);
      long slowest = 0;
      for (int user = 0; user < users; user++) {
        assertTrue(granted[user] >= 1, message);
        slowest = Math.max(slowest, (times[user] + granted[user] - 1) / granted[user]);
      }
      assertEquals(least, slowest, message);
    }
  }

  @Test
  void leastTime_ofHugeTimes_doesNotOverflow() {
    long[] times = {1, Long.MAX_VALUE / 2};
    assertEquals(Long.MAX_VALUE / 2, PrbApportionment.leastTime(times, 0, 2, 2));
    assertEquals(Long.MAX_VALUE / 4 + 1, PrbApportionment.leastTime(times, 0, 2, 3));
  }

  @Test
  void leastTime_of32UsersOn273Prbs_isMostlyWithinSevenPerCentOfTheContinuousOptimum() {
    double sum = 0;
    int draws = 2000;
    for (int seed = 0; seed < draws; seed++) {
      Random random = new Random(seed);
      long[] times = new long[32];
      for (int user = 0; user < times.length; user++) {
        double efficiency = 0.5 + 6.9 * random.nextDouble();
        times[user] = (long) Math.ceil(8e9 * 49152 / (12 * 30e3 * efficiency));
      }
      Arrays.sort(times);
      double continuous = Arrays.stream(times).sum() / 273.0;
      double ratio = PrbApportionment.leastTime(times, 0, 32, 273) / continuous;
      sum += ratio;
      // Rounding up costs each user less than one PRB.
      assertTrue(ratio <= 273.0 / (273 - 32), "seed " + seed + ": " + ratio);
    }
    assertTrue(sum / draws <= 1.065, "on average " + sum / draws);
  }

  @Test
  void allocate_16UsersOn24Prbs_leavesNobodyWithout() {
    for (int seed = 0; seed < 2000; seed++) {
      long[] times = new Random(seed).longs(16, 1, 1_000_000_000).sorted().toArray();
      for (int granted : PrbApportionment.allocate(times, 24)) {
        assertTrue(granted >= 1, "seed " + seed);
      }
    }
  }

  private static long leastByEnumeration(long[] times, int user, int prbs) {
    if (user == times.length) {
      return 0;
    }
    long least = Long.MAX_VALUE;
    for (int own = 1; own <= prbs - (times.length - user - 1); own++) {
      long time = (times[user] + own - 1) / own;
      least = Math.min(least, Math.max(time, leastByEnumeration(times, user + 1, prbs - own)));
    }
    return least;
  }
}
