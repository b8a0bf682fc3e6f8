// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.Times;
import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BatchSplitsTest {
  private static final long AMPLE = 1L << 50;

  /** How much effort is left when the users are split. */
  private enum Left {
    ALL,
    /** Few sizes are tried, and each is worked out. */
    LEAST,
    /** Few sizes are tried, and estimated. */
    NONE;

    SplitEffort effort() {
      SplitEffort effort = new SplitEffort(this == NONE ? Stop.timeUp() : Stop.never());
      effort.spend(this == ALL ? 0 : 4_000_001);
      assertEquals(this == NONE, effort.isExhausted());
      return effort;
    }
  }

  private static ServiceCurve curve(BatchCosts costs, Left left) {
    return BatchSplits.curve(costs, AMPLE, left.effort());
  }

  private static BatchCosts costs(
      String uploads, String table, int fitting, BandwidthSharing sharing) {
    ComputeTimes compute = ComputeTimes.table(Times.of(table));
    int largest = Math.min(fitting, compute.largestBatch());
    return new BatchCosts(Times.of(uploads), compute, largest, sharing);
  }

  private static String text(List<int[]> batches) {
    return batches.stream()
        .map(
            batch -> Arrays.stream(batch).mapToObj(Integer::toString).collect(Collectors.joining()))
        .collect(Collectors.joining(" | "));
  }

  @ParameterizedTest
  @CsvSource({
    // A third user of a batch is dear.
    "1 1 1 1, 10 10 40, 9, 0 11 12 23 24, 01 | 23",
    // A batch of any size takes the same.
    "1 2 3 4, 10 10 10 10, 9, 0 11 13 16 20, 0123",
    "1 2 3 4, 10 10 10 10, 3, 0 11 13 16 30, 012 | 3",
    // Nothing is saved by larger batches: of as good sizes the smallest.
    "1 2 3, 10 20 30, 9, 0 11 23 36, 0 | 1 | 2",
    // Steps at 2 and 4.
    "1 1 1 1 1 1, 10 10 15 15 60, 9, 0 11 12 18 19 30 31, 0123 | 45"
  })
  void curve_stepTable_isTheBestSplitIntoRuns(
      String uploads, String table, int fitting, String times, String batches) {
    BatchCosts costs = costs(uploads, table, fitting, BandwidthSharing.optimal());
    ServiceCurve curve = curve(costs, Left.ALL);

    assertEquals(times, Times.text(curve.times()));
    assertEquals(batches, text(curve.batches(curve.maxCount())));
    assertTrue(curve.isExact());
  }

  @ParameterizedTest
  @CsvSource({
    // Twice the longest; the slow users together.
    "1 10 10, 100 100, 9, 0 102 120 222, 0 | 12",
    "1 1 10, 100 100, 9, 0 102 102 222, 01 | 2",
    // A batch of two is dear.
    "1 10 10, 5 100, 9, 0 7 32 57, 0 | 1 | 2"
  })
  void curve_equalSubchannels_isTheBestSplitIntoRuns(
      String uploads, String table, int fitting, String times, String batches) {
    BatchCosts costs = costs(uploads, table, fitting, BandwidthSharing.equalSubchannels(2));
    ServiceCurve curve = curve(costs, Left.ALL);

    assertEquals(times, Times.text(curve.times()));
    assertEquals(batches, text(curve.batches(curve.maxCount())));
    assertTrue(curve.isExact());
  }

  @ParameterizedTest
  @CsvSource({
    // On 3 PRBs a slow and a fast user share well: 2 PRBs and 1.
    "3, 100 100 200 200, 1 1, 2, 0 35 70 136 202, 02 | 13",
    // On 4 PRBs all have one each.
    "4, 8 8 8 8, 1 1 1 1, 4, 0 3 5 8 9, 0123",
    // Of the slowest a PRB is not enough.
    "2, 2 20, 1 1, 2, 0 2 13, 0 | 1"
  })
  void curve_fewUsersOnPrbs_isTheBestOfAllSplits(
      int prbs, String uploads, String table, int fitting, String times, String batches) {
    BatchCosts costs = costs(uploads, table, fitting, BandwidthSharing.prbGrid(prbs));
    ServiceCurve curve = curve(costs, Left.ALL);

    assertEquals(times, Times.text(curve.times()));
    assertEquals(batches, text(curve.batches(curve.maxCount())));
    assertTrue(curve.isExact());
  }

  @ParameterizedTest
  @CsvSource({"24, 4", "23, 3", "22, 2", "11, 1", "10, 0"})
  void curve_shortBudget_endsWithinIt(long budget, int most) {
    BatchCosts costs = costs("1 1 1 1", "10 10 40", 9, BandwidthSharing.optimal());

    assertEquals(most, BatchSplits.curve(costs, budget, Left.ALL.effort()).maxCount());
  }

  @Test
  void curve_effortForSizesSpent_triesTheLargestBatchToo() {
    // Up to 8 every size is tried, then 10 and 12, and always the largest.
    String uploads = "1 1 1 1 1 1 1 1 1 1 1";
    String table = "50 50 50 50 50 50 50 50 50 50 50";
    BatchCosts costs = costs(uploads, table, 99, BandwidthSharing.optimal());

    assertEquals(50 + 10, curve(costs, Left.ALL).time(10));
    assertEquals(50 + 11, curve(costs, Left.ALL).time(11));
    assertEquals(50 + 10, curve(costs, Left.LEAST).time(10));
    assertEquals(50 + 11, curve(costs, Left.LEAST).time(11));
  }

  @Test
  void curve_effortSpent_isNotExact() {
    BatchCosts costs = costs("1 1 1 1", "10 10 40", 9, BandwidthSharing.optimal());

    assertTrue(curve(costs, Left.ALL).isExact());
    assertFalse(curve(costs, Left.LEAST).isExact());
    assertFalse(curve(costs, Left.NONE).isExact());
  }

  @Test
  void curve_effortSpentOnPrbs_estimatesFromAbove() {
    // On 9 PRBs: 3 each in 34. With ⌈w/t⌉ < w/t + 1 PRBs each they fit in 300 / (9 − 3), and one.
    BatchCosts costs = costs("100 100 100", "50 50 50", 3, BandwidthSharing.prbGrid(9));

    assertEquals(50 + 34, curve(costs, Left.LEAST).time(3));
    assertEquals(50 + 51, curve(costs, Left.NONE).time(3));
  }

  @Test
  void curve_effortSpentOnAsManyUsersAsPrbs_estimatesOnePrbEach() {
    BatchCosts costs = costs("100 120", "1 1", 2, BandwidthSharing.prbGrid(2));

    assertEquals(1 + 120, curve(costs, Left.NONE).time(2));
  }

  @ParameterizedTest
  @EnumSource(Left.class)
  void curve_ofRandomUsers_isTheTimeOfItsBatchesOrAnEstimateAboveIt(Left left) {
    int above = 0;
    for (int seed = 0; seed < 1500; seed++) {
      BatchCosts costs = draw(new Random(seed));
      ServiceCurve curve = curve(costs, left);
      for (int count = 1; count <= curve.maxCount(); count++) {
        long time = Splits.time(costs, curve.batches(count));
        String message = "seed %d: %d users".formatted(seed, count);
        assertTrue(time <= curve.time(count), message);
        assertTrue(left != Left.ALL || time == curve.time(count), message);
        above += time < curve.time(count) ? 1 : 0;
      }
    }
    assertTrue(left == Left.LEAST || (above > 0) == (left == Left.NONE), above + " estimates");
  }

  @ParameterizedTest
  @EnumSource(Left.class)
  void curve_ofRandomUsers_liesBetweenItsBoundsAndTheLeastTimeOfAllSplits(Left left) {
    int exact = 0;
    for (int seed = 0; seed < 600; seed++) {
      BatchCosts costs = draw(new Random(seed));
      ServiceCurve curve = curve(costs, left);
      ServiceCurve bounds = curve.optimistic();
      assertEquals(costs.unitTimes().length, bounds.maxCount(), "seed " + seed);
      for (int count = 1; count <= curve.maxCount(); count++) {
        String message = "seed %d: %d users".formatted(seed, count);
        long least = Splits.leastTime(costs, (1 << count) - 1);
        assertTrue(bounds.time(count) <= least, message);
        assertTrue(curve.time(count) >= least, message);
        assertTrue(!curve.isExact() || curve.time(count) == least, message);
        exact += curve.isExact() ? 1 : 0;
      }
    }
    assertEquals(left == Left.ALL, exact > 0, exact + " exact times");
  }

  @ParameterizedTest
  @EnumSource(Left.class)
  void curve_ofRandomUsers_takesNoLessForMore(Left left) {
    for (int seed = 0; seed < 3000; seed++) {
      ServiceCurve curve = curve(draw(new Random(seed)), left);
      for (int count = 1; count <= curve.maxCount(); count++) {
        assertTrue(
            curve.time(count) >= curve.time(count - 1), "seed %d: %d users".formatted(seed, count));
      }
    }
  }

  @Test
  void batches_ofRandomUsers_endWithTheSmallestOfTheBestRuns() {
    int equal = 0;
    for (int seed = 0; seed < 3000; seed++) {
      BatchCosts costs = draw(new Random(seed));
      ServiceCurve curve = curve(costs, Left.ALL);
      // On PRBs the first eight are split otherwise.
      for (int count = costs.isOnGrid() ? 9 : 1; count <= curve.maxCount(); count++) {
        List<int[]> batches = curve.batches(count);
        int last = batches.get(batches.size() - 1).length;
        for (int size = 1; size <= Math.min(count, costs.largestBatch()); size++) {
          int[] run = IntStream.range(count - size, count).toArray();
          long time = curve.time(count - size) + costs.time(run);
          String message = "seed %d: %d of %d users".formatted(seed, size, count);
          assertTrue(size < last ? time > curve.time(count) : time >= curve.time(count), message);
          equal += size > last && time == curve.time(count) ? 1 : 0;
        }
      }
    }
    assertTrue(equal > 100, equal + " as good");
  }

  @Test
  void curve_manyUsersOnPrbs_spendsNoMoreThanItsEffort() {
    Random random = new Random(1);
    BatchCosts costs =
        new BatchCosts(
            random.longs(2000, 1_000_000, 1_000_000_000).sorted().toArray(),
            ComputeTimes.affine(1_000, 0),
            60,
            BandwidthSharing.prbGrid(100));
    SplitEffort effort = new SplitEffort(Stop.never());

    ServiceCurve curve = BatchSplits.curve(costs, AMPLE, effort);

    assertEquals(2000, curve.maxCount());
    assertFalse(effort.allows(0));
    assertFalse(effort.isExhausted());
  }

  /** Up to eleven users, affine computing or a table with steps, and any way to share the band. */
  private static BatchCosts draw(Random random) {
    long[] uploads = random.longs(1 + random.nextInt(11), 1, 100).sorted().toArray();
    long[] table = random.longs(1 + random.nextInt(10), 0, 90).sorted().toArray();
    for (int size = 1; size < table.length && random.nextBoolean(); size++) {
      table[size] = table[0];
    }
    ComputeTimes compute =
        random.nextInt(3) == 0
            ? ComputeTimes.affine(random.nextInt(90), random.nextInt(9))
            : ComputeTimes.table(table);
    int fitting = 1 + random.nextInt(12);
    BandwidthSharing sharing =
        switch (random.nextInt(4)) {
          case 0 -> BandwidthSharing.optimal();
          case 1 -> BandwidthSharing.equalSubchannels(1 + random.nextInt(6));
          case 2 ->
              BandwidthSharing.equalSubchannelsOfGrid(1 + random.nextInt(4), 4 + random.nextInt(9));
          default -> BandwidthSharing.prbGrid(1 + random.nextInt(20));
        };
    int largest = Math.min(fitting, compute.largestBatch());
    return new BatchCosts(uploads, compute, largest, sharing);
  }
}
