// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceCurveTest {
  private static final long AMPLE = 1L << 50;

  @Test
  void optimalShares_fillBatchesButTheLast() {
    ServiceCurve curve =
        curve(
            new long[] {1, 2, 3, 4, 5},
            ComputeTimes.affine(100, 10),
            2,
            BandwidthSharing.optimal());
    assertArrayEquals(new long[] {0, 111, 123, 236, 250, 365}, curve.times());
    assertSizes(curve.batches(5), 2, 2, 1);
  }

  @Test
  void equalSubchannels_fillBatchesButTheFirst() {
    long[] uploads = {1, 10, 10};
    ComputeTimes compute = ComputeTimes.affine(100, 0);
    BandwidthSharing sharing = BandwidthSharing.equalSubchannels(2);
    ServiceCurve curve = curve(uploads, compute, 9, sharing);
    assertEquals(2 * 1 + 2 * 10 + 200, curve.time(3));
    assertSizes(curve.batches(3), 1, 2);
    ServiceCurve printed =
        FullBatches.curve(costs(uploads, compute, 9, sharing), true, AMPLE, StopSignal.NEVER);
    assertEquals(2 * 10 + 2 * 10 + 200, printed.time(3));
    assertSizes(printed.batches(3), 2, 1);
    assertFalse(printed.isExact());
  }

  @Test
  void stepShapedTable_leavesFullBatchesForCheaperOnes() {
    ComputeTimes steps = ComputeTimes.table(new long[] {10, 10, 40});
    ServiceCurve curve = curve(new long[] {1, 1, 1, 1}, steps, 9, BandwidthSharing.optimal());
    assertArrayEquals(new long[] {0, 11, 12, 23, 24}, curve.times());
    assertSizes(curve.batches(4), 2, 2);
    assertTrue(curve.isExact());
  }

  @Test
  void prbGrid_mixesFastAndSlowUsersWhereThatIsBetter() {
    ServiceCurve curve =
        curve(
            new long[] {100, 100, 200, 200},
            ComputeTimes.affine(1, 0),
            2,
            BandwidthSharing.prbGrid(3));
    assertEquals(100 + 1 + 100 + 1, curve.time(4));
    assertTrue(curve.isExact());
  }

  @Test
  void prbGrid_servesOneSlowUserAmongFastOnesAlone() {
    long[] unitTimes = {90, 90, 90, 90, 90, 90, 90, 90, 810};
    ServiceCurve curve =
        curve(unitTimes, ComputeTimes.affine(5, 0), 32, BandwidthSharing.prbGrid(9));
    assertEquals(90 + 5 + 90 + 5, curve.time(9));
    assertFalse(curve.isExact());
    assertTrue(curve.optimistic().time(9) <= curve.time(9));
  }

  @Test
  void budget_endsTheCurve() {
    ServiceCurve curve =
        ServiceCurve.best(
            costs(new long[] {1, 2, 3}, ComputeTimes.affine(10, 0), 1, BandwidthSharing.optimal()),
            11 + 12,
            new SplitEffort(StopSignal.NEVER));
    assertEquals(2, curve.maxCount());
  }

  @Test
  void memoryForNobody_leavesAnEmptyCurve() {
    ServiceCurve curve =
        curve(new long[] {1}, ComputeTimes.affine(0, 0), 0, BandwidthSharing.optimal());
    assertEquals(0, curve.maxCount());
  }

  @Test
  void randomUsers_noSplitIntoBatchesTakesLess() {
    for (int seed = 0; seed < 6000; seed++) {
      Random random = new Random(seed);
      long[] unitTimes = random.longs(1 + random.nextInt(7), 1, 50).sorted().toArray();
      BatchCosts costs = costs(unitTimes, compute(random), 1 + random.nextInt(4), sharing(random));
      ServiceCurve curve = ServiceCurve.best(costs, AMPLE, new SplitEffort(StopSignal.NEVER));
      for (int count = 1; count <= unitTimes.length; count++) {
        String message = "seed " + seed + ", " + count + " users";
        assertTrue(curve.isExact(), message);
        assertEquals(Splits.leastTime(costs, (1 << count) - 1), curve.time(count), message);
        assertEquals(curve.time(count), Splits.time(costs, curve.batches(count)), message);
      }
    }
  }

  @Test
  void manyUsersOnPrbs_batchesTakeTheirTimesAndBoundsHold() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      long[] unitTimes = random.longs(9 + random.nextInt(4), 1, 500).sorted().toArray();
      BatchCosts costs =
          costs(
              unitTimes,
              compute(random),
              1 + random.nextInt(6),
              BandwidthSharing.prbGrid(1 + random.nextInt(12)));
      ServiceCurve curve = ServiceCurve.best(costs, AMPLE, new SplitEffort(StopSignal.NEVER));
      for (int count = 1; count <= unitTimes.length; count++) {
        String message = "seed " + seed + ", " + count + " users";
        assertEquals(curve.time(count), Splits.time(costs, curve.batches(count)), message);
        assertTrue(curve.time(count) >= curve.time(count - 1), message);
      }
      String message = "seed " + seed;
      long least = Splits.leastTime(costs, (1 << unitTimes.length) - 1);
      assertTrue(curve.optimistic().time(unitTimes.length) <= least, message);
      assertTrue(curve.time(unitTimes.length) >= least, message);
    }
  }

  @Test
  void equalSubchannels_usersWithoutUploadFillTheBatches() {
    ServiceCurve curve =
        curve(
            new long[] {0, 0, 0, 0, 5, 6, 7},
            ComputeTimes.affine(10, 1),
            4,
            BandwidthSharing.equalSubchannels(2));
    // Uploads of 5 and then of 6 and 7, on half the band each, in two batches of four at most.
    assertEquals(10 + 14 + 10 + 10 + 7, curve.time(7));
    assertEquals(10 + 4, curve.time(4));
    assertTrue(curve.isExact());
  }

  @Test
  void randomUsersOfWhomSomeHaveNothingToUpload_boundsHoldAndExactTimesAreLeast() {
    int exact = 0;
    int least = 0;
    int all = 0;
    for (int seed = 0; seed < 6000; seed++) {
      Random random = new Random(seed);
      long[] unitTimes = random.longs(1 + random.nextInt(8), -30, 50).sorted().toArray();
      for (int user = 0; user < unitTimes.length; user++) {
        unitTimes[user] = Math.max(0, unitTimes[user]);
      }
      BatchCosts costs = costs(unitTimes, compute(random), 1 + random.nextInt(6), sharing(random));
      ServiceCurve curve = ServiceCurve.best(costs, AMPLE, new SplitEffort(StopSignal.NEVER));
      assertEquals(unitTimes.length, curve.maxCount());
      for (int count = 1; count <= unitTimes.length; count++) {
        String message = "seed " + seed + ", " + count + " users";
        long best = Splits.leastTime(costs, (1 << count) - 1);
        long batches = Splits.time(costs, curve.batches(count));
        assertTrue(batches <= curve.time(count), message);
        assertTrue(curve.time(count) >= best && curve.optimistic().time(count) <= best, message);
        assertTrue(!curve.isExact() || curve.time(count) == best, message);
        assertTrue(curve.time(count) >= curve.time(count - 1), message);
        all++;
        exact += curve.isExact() ? 1 : 0;
        least += curve.time(count) == best ? 1 : 0;
      }
    }
    assertTrue(exact > all / 2, exact + " exact of " + all);
    assertTrue(least > 0.97 * all, least + " least of " + all);
  }

  @Test
  void manyUsersOfWhomSomeHaveNothingToUpload_areSplitWithinTheEffort() {
    long[] unitTimes = new long[10_000];
    for (int user = 5_000; user < unitTimes.length; user++) {
      unitTimes[user] = user;
    }
    SplitEffort effort = new SplitEffort(StopSignal.NEVER);
    BatchCosts costs =
        costs(unitTimes, ComputeTimes.affine(9, 1), 64, BandwidthSharing.equalSubchannels(3));

    ServiceCurve curve = ServiceCurve.best(costs, AMPLE, effort);

    assertEquals(10_000, curve.maxCount());
    assertFalse(effort.isExhausted());
    for (int count = 1; count <= 10_000; count++) {
      assertTrue(curve.time(count) >= curve.time(count - 1), count + " users");
    }
    assertEquals(9_999, curve.batches(9_999).stream().mapToInt(batch -> batch.length).sum());
  }

  private static ServiceCurve curve(
      long[] unitTimes, ComputeTimes compute, int fitting, BandwidthSharing sharing) {
    BatchCosts costs = costs(unitTimes, compute, fitting, sharing);
    return ServiceCurve.best(costs, AMPLE, new SplitEffort(StopSignal.NEVER));
  }

  private static BatchCosts costs(
      long[] unitTimes, ComputeTimes compute, int fitting, BandwidthSharing sharing) {
    int largest = Math.min(fitting, compute.largestBatch());
    return new BatchCosts(unitTimes, compute, largest, sharing);
  }

  private static ComputeTimes compute(Random random) {
    return random.nextBoolean()
        ? ComputeTimes.affine(random.nextInt(60), random.nextInt(20))
        : ComputeTimes.table(random.longs(1 + random.nextInt(5), 0, 90).sorted().toArray());
  }

  private static BandwidthSharing sharing(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> BandwidthSharing.optimal();
      case 1 -> BandwidthSharing.equalSubchannels(1 + random.nextInt(4));
      case 2 ->
          BandwidthSharing.equalSubchannelsOfGrid(1 + random.nextInt(3), 3 + random.nextInt(9));
      default -> BandwidthSharing.prbGrid(1 + random.nextInt(9));
    };
  }

  private static void assertSizes(List<int[]> batches, int... sizes) {
    assertEquals(
        Arrays.toString(sizes),
        Arrays.toString(batches.stream().mapToInt(batch -> batch.length).toArray()));
  }
}
