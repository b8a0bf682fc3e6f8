package io.partialloading.planner.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceCurveTest {
  private static final long AMPLE = 1L << 50;

  @Test
  void optimalShares_fillBatchesButTheLast() {
    ServiceCurve curve =
        ServiceCurve.of(
            new long[] {1, 2, 3, 4, 5},
            new ComputeTimes(100, 10),
            2,
            BandwidthSharing.OPTIMAL,
            false,
            AMPLE);
    assertArrayEquals(new long[] {0, 111, 123, 236, 250, 365}, curve.times());
    assertArrayEquals(new int[] {2, 2, 1}, curve.batchSizes(5));
  }

  @Test
  void equalSubchannels_fillBatchesButTheFirst() {
    long[] uploads = {1, 10, 10};
    ComputeTimes compute = new ComputeTimes(100, 0);
    BandwidthSharing sharing = new BandwidthSharing(2);
    ServiceCurve curve = ServiceCurve.of(uploads, compute, 9, sharing, false, AMPLE);
    assertEquals(2 * 1 + 2 * 10 + 200, curve.time(3));
    assertArrayEquals(new int[] {1, 2}, curve.batchSizes(3));
    ServiceCurve printed = ServiceCurve.of(uploads, compute, 9, sharing, true, AMPLE);
    assertEquals(2 * 10 + 2 * 10 + 200, printed.time(3));
    assertArrayEquals(new int[] {2, 1}, printed.batchSizes(3));
  }

  @Test
  void budget_endsTheCurve() {
    ServiceCurve curve =
        ServiceCurve.of(
            new long[] {1, 2, 3},
            new ComputeTimes(10, 0),
            1,
            BandwidthSharing.OPTIMAL,
            false,
            11 + 12);
    assertEquals(2, curve.maxCount());
  }

  @Test
  void memoryForNobody_leavesAnEmptyCurve() {
    ServiceCurve curve =
        ServiceCurve.of(
            new long[] {1}, new ComputeTimes(0, 0), 0, BandwidthSharing.OPTIMAL, false, AMPLE);
    assertEquals(0, curve.maxCount());
    assertEquals(0, curve.largestBatch());
  }

  @Test
  void randomUsers_noSplitIntoBatchesTakesLess() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      long[] uploads = random.longs(1 + random.nextInt(7), 1, 50).sorted().toArray();
      ComputeTimes compute = new ComputeTimes(random.nextInt(60), random.nextInt(20));
      int largest = 1 + random.nextInt(4);
      BandwidthSharing sharing = new BandwidthSharing(random.nextInt(4));
      ServiceCurve curve = ServiceCurve.of(uploads, compute, largest, sharing, false, AMPLE);
      int batch = Math.min(largest, sharing.largestBatch());
      for (int count = 1; count <= uploads.length; count++) {
        String message = "seed " + seed + ", " + count + " users";
        assertEquals(
            leastTime(uploads, (1 << count) - 1, compute, batch, sharing),
            curve.time(count),
            message);
        assertEquals(count, Arrays.stream(curve.batchSizes(count)).sum(), message);
        if (count < uploads.length) {
          assertEquals(
              curve.time(count + 1), curve.timeWithOneMore(count, uploads[count]), message);
        }
      }
    }
  }

  /** Over all partitions of a set of users into batches. */
  private static long leastTime(
      long[] uploads, int users, ComputeTimes compute, int batch, BandwidthSharing sharing) {
    if (users == 0) {
      return 0;
    }
    int last = Integer.highestOneBit(users);
    long least = Long.MAX_VALUE;
    int others = users & ~last;
    for (int subset = others; ; subset = (subset - 1) & others) {
      int members = subset | last;
      if (Integer.bitCount(members) <= batch) {
        long[] times = new long[Integer.bitCount(members)];
        for (int rest = members, i = 0; rest != 0; rest &= rest - 1) {
          times[i++] = uploads[Integer.numberOfTrailingZeros(rest)];
        }
        least =
            Math.min(
                least,
                sharing.uploadTime(times)
                    + compute.time(times.length)
                    + leastTime(uploads, users & ~members, compute, batch, sharing));
      }
      if (subset == 0) {
        return least;
      }
    }
  }
}
