// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Times;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void allocate_usersWithNothingToUpload_takeNoPrbs() {
    assertArrayEquals(
        new int[] {0, 0, 1, 3}, PrbApportionment.allocate(new long[] {0, 0, 5, 15}, 4));
    assertArrayEquals(new int[] {0, 0, 4}, PrbApportionment.allocate(new long[] {0, 0, 1}, 4));
    assertArrayEquals(new int[] {0, 0}, PrbApportionment.allocate(new long[] {0, 0}, 4));
    assertEquals(5, PrbApportionment.leastTime(new long[] {0, 0, 5, 15}, 0, 4, 4));
    assertEquals(5, PrbApportionment.leastTime(new long[] {0, 0, 5, 15}, 1, 3, 1));
    assertEquals(0, PrbApportionment.leastTime(new long[] {0, 0, 5, 15}, 0, 2, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "0, 7, 0",
    "1, 7, 1",
    "7, 7, 1",
    "8, 7, 2",
    "9223372036854775807, 1, 9223372036854775807"
  })
  void ceilDiv_roundsUp(long dividend, long divisor, long expected) {
    assertEquals(expected, PrbApportionment.ceilDiv(dividend, divisor));
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

  @Test
  void leastTime_onRandomBatches_isTheFirstTimeAtWhichAllFit() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      long[] times = random.longs(2 + random.nextInt(20), 1, 300).sorted().toArray();
      int from = random.nextInt(times.length);
      int to = from + 1 + random.nextInt(times.length - from);
      int prbs = to - from + random.nextInt(60);
      long first = 1;
      while (!fits(times, from, to, prbs, first)) {
        first++;
      }

      assertEquals(first, PrbApportionment.leastTime(times, from, to, prbs), "seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource({"30", "35", "36", "37", "40", "48", "52", "53", "56", "59", "62"})
  void leastTime_ofLongTimes_isTheFirstTimeAtWhichAllFit(int bits) {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int users = 1 + random.nextInt(12);
      int prbs = users + random.nextInt(300);
      // Half of them close to whole parts of each other, where a division must be exact.
      long unit = (1L << bits) / 12 - random.nextInt(3);
      long[] times =
          random
              .longs(users, 1, 1L << bits)
              .map(time -> random.nextBoolean() ? time : unit * (1 + time % 12))
              .sorted()
              .toArray();
      String message = "seed " + seed;

      long least = PrbApportionment.leastTime(times, 0, users, prbs);

      // They fit at every longer time too.
      assertTrue(fits(times, 0, users, prbs, least), message);
      assertTrue(least == 1 || !fits(times, 0, users, prbs, least - 1), message);
    }
  }

  private static boolean fits(long[] times, int from, int to, int prbs, long time) {
    long needed = 0;
    for (int user = from; user < to; user++) {
      needed += times[user] / time + (times[user] % time == 0 ? 0 : 1);
      if (needed > prbs) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({
    // All are done in 1 ns; the rest goes to the slowest, then to the first of equals.
    "1 1 1, 10, 4 3 3",
    "2 4, 6, 2 4",
    "2 4, 7, 3 4",
    "2 4, 8, 3 5",
    "2 4, 9, 3 6",
    // Nothing is left over.
    "10 20, 3, 1 2",
    // Both take 10 on 1 and 2: the last goes to the first.
    "10 20, 4, 2 2"
  })
  void allocate_prbsThatAreLeftOver_goToTheSlowest(String times, int prbs, String expected) {
    assertEquals(
        expected,
        Arrays.stream(PrbApportionment.allocate(Times.of(times), prbs))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void allocate_manyPrbsLeftOver_isThatOfGivingThemOneByOne() {
    int leftOver = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      int users = 1 + random.nextInt(8);
      int prbs = users + random.nextInt(400);
      long[] times = random.longs(users, 1, 2 + random.nextInt(50)).sorted().toArray();
      long time = PrbApportionment.leastTime(times, 0, users, prbs);
      int[] granted = new int[users];
      Arrays.setAll(granted, user -> (int) ((times[user] + time - 1) / time));
      for (int spare = prbs - Arrays.stream(granted).sum(); spare > 0; spare--) {
        granted[slowest(times, granted)]++;
        leftOver++;
      }

      assertArrayEquals(granted, PrbApportionment.allocate(times, prbs), "seed " + seed);
    }
    assertTrue(leftOver > 100_000, leftOver + " left over");
  }

  private static int slowest(long[] times, int[] granted) {
    int slowest = 0;
    for (int user = 1; user < times.length; user++) {
      if (times[user] * granted[slowest] > times[slowest] * granted[user]) {
        slowest = user;
      }
    }
    return slowest;
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
