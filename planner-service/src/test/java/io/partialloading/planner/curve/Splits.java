// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.machine.Machine;
import java.util.List;

/** Times of splits into batches, by the machine alone; sets of users are bits of a number. */
final class Splits {
  private Splits() {}

  /** Time of batches that serve the cheapest users, each of them once. */
  static long time(BatchCosts costs, List<int[]> batches) {
    long time = 0;
    int users = 0;
    for (int[] batch : batches) {
      int subset = 0;
      for (int position : batch) {
        subset |= 1 << position;
      }
      users |= subset;
      assertTrue(isPossible(costs, subset));
      time += timeOfBatch(costs, subset);
    }
    int served = batches.stream().mapToInt(batch -> batch.length).sum();
    assertEquals((1 << served) - 1, users);
    return time;
  }

  /** The least time over all partitions of a set of users into batches. */
  static long leastTime(BatchCosts costs, int users) {
    long[] least = new long[users + 1];
    for (int set = 1; set <= users; set++) {
      int last = Integer.highestOneBit(set);
      int others = set & ~last;
      least[set] = Long.MAX_VALUE;
      for (int mates = others; ; mates = (mates - 1) & others) {
        if (isPossible(costs, mates | last)) {
          least[set] =
              Math.min(least[set], timeOfBatch(costs, mates | last) + least[others & ~mates]);
        }
        if (mates == 0) {
          break;
        }
      }
    }
    return least[users];
  }

  private static boolean isPossible(BatchCosts costs, int subset) {
    int uploads = 0;
    for (int rest = subset; rest != 0; rest &= rest - 1) {
      uploads += costs.unitTimes()[Integer.numberOfTrailingZeros(rest)] > 0 ? 1 : 0;
    }
    return Integer.bitCount(subset) <= costs.mostUsers()
        && uploads <= costs.sharing().mostUploads();
  }

  private static long timeOfBatch(BatchCosts costs, int subset) {
    long[] times = new long[Integer.bitCount(subset)];
    for (int rest = subset, i = 0; rest != 0; rest &= rest - 1) {
      times[i++] = costs.unitTimes()[Integer.numberOfTrailingZeros(rest)];
    }
    return Machine.serviceTime(costs.sharing(), costs.compute(), times);
  }
}
