// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {
  private static Server server(TransferTime storageToHost, TransferTime hostToGpu) {
    return new Server(
        1, storageToHost, hostToGpu, new LoadTimes(storageToHost, hostToGpu), new int[0]);
  }

  private static Scaling load(double factor) {
    return new Scaling(1, factor, 1, 1);
  }

  @Test
  void none_changesNothing() {
    ComputeTimes compute = ComputeTimes.table(new long[] {3, Long.MAX_VALUE});
    Server server = server(TransferTime.affine(5, 3e9), TransferTime.NONE);

    assertSame(compute, Scaling.NONE.computeTimes(compute));
    assertSame(server.loadTimes(), Scaling.NONE.loadTimes(server));
    assertEquals(Instance.MAX_BUDGET - 1, Scaling.NONE.latencyBudget(Instance.MAX_BUDGET - 1));
    assertEquals(13, Scaling.NONE.uploadTime(12.25));
    assertEquals(1, Scaling.NONE.uploadTime(0x1p-80));
    assertEquals(9_223_372_036_854_774_784L, Scaling.NONE.uploadTime(Math.nextDown(0x1p63)));
    assertEquals(Scaling.NONE, Scaling.NONE.times(Scaling.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "1e7, 1.1, 11000000",
    "10, 1.5, 15",
    "10.1, 1.5, 16",
    "0.1, 0.5, 1",
    "1e18, 100, 4611686018427387904"
  })
  void uploadTime_isScaledBeforeItIsRoundedUp(double time, double factor, long expected) {
    assertEquals(expected, new Scaling(factor, 1, 1, 1).uploadTime(time));
  }

  @Test
  void computeTimes_bothForms_areScaledAndRoundedUp() {
    Scaling half = new Scaling(1, 1, 0.5, 1);

    ComputeTimes affine = half.computeTimes(ComputeTimes.affine(5, 7));
    ComputeTimes table = half.computeTimes(ComputeTimes.table(new long[] {0, 3, 10}));

    assertEquals(3 + 4 * 2, affine.time(2));
    assertEquals(0, table.time(1));
    assertEquals(2, table.time(2));
    assertEquals(5, table.time(3));
    assertEquals(3, table.largestBatch());
  }

  @Test
  void computeTimes_beyond64Bits_areLongerThanAnyBudget() {
    ComputeTimes scaled =
        new Scaling(1, 1, 101, 1).computeTimes(ComputeTimes.table(new long[] {1, Long.MAX_VALUE}));

    assertEquals(101, scaled.time(1));
    assertEquals(1L << 62, scaled.time(2));
  }

  @Test
  void loadTimes_bothForms_areScaledWithTheirLatency() {
    TransferTime affine = TransferTime.affine(100, 1e9);
    TransferTime measured =
        TransferTime.piecewiseLinear(new long[] {10, 20}, new long[] {100, 300});
    Server server = server(affine, measured);

    assertEquals(100 + 20 + 300, server.loadTimes().time(20));
    assertEquals(200 + 40 + 600, load(2).loadTimes(server).time(20));
    assertEquals(50 + 10 + 150, load(0.5).loadTimes(server).time(20));
    assertEquals(0, load(2).loadTimes(server).time(0));
  }

  @Test
  void loadTimes_shortLastSegment_isRoundedOnlyInTheEnd() {
    TransferTime measured = TransferTime.piecewiseLinear(new long[] {100, 101}, new long[] {7, 8});
    Server server = server(measured, TransferTime.NONE);

    // 1 ns a byte beyond 101: 1,000,907 ns, half as long again.
    assertEquals(1_501_361, load(1.5).loadTimes(server).time(1_001_000));
  }

  @Test
  void loadTimes_ofASubadditiveProfile_staySubadditive() {
    // Points rounded up one by one would bend the profile, and the last slope carry that on.
    Server server =
        server(
            TransferTime.piecewiseLinear(new long[] {10, 20, 21}, new long[] {20, 35, 36}),
            TransferTime.NONE);

    LoadTimes scaled = load(1.03).loadTimes(server);

    assertTrue(scaled.isSubadditive(StopSignal.NEVER));
    assertEquals(1_046, scaled.time(1_000)); // 1.03 · (36 + 979) = 1045.45, rounded up
  }

  @Test
  void loadTimes_extremeRates_stayRates() {
    TransferTime slowest = TransferTime.affine(0, Double.MIN_VALUE);
    TransferTime none = TransferTime.NONE;

    assertEquals(Instance.NEVER, load(101).loadTimes(server(slowest, none)).time(1));
    assertEquals(0, load(101).loadTimes(server(none, none)).time(1));
    assertEquals(0, load(0.5).loadTimes(server(none, none)).time(1));
  }

  @ParameterizedTest
  @CsvSource({
    "300000000, 1.1, 330000000",
    "5, 0.5, 2",
    "1, 0.001, 1",
    "1152921504606846976, 1.1, 1152921504606846976",
    "1152921504606846976, 0.5, 576460752303423488",
  })
  void latencyBudget_isScaledDownToWithinItsRange(long budget, double factor, long expected) {
    assertEquals(expected, new Scaling(1, 1, 1, factor).latencyBudget(budget));
  }

  @Test
  void times_multipliesEachFactor() {
    assertEquals(new Scaling(2, 6, 12, 20), new Scaling(1, 2, 3, 4).times(new Scaling(2, 3, 4, 5)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void factor_outOfRange_isRefused(double factor) {
    assertThrows(IllegalArgumentException.class, () -> new Scaling(1, 1, factor, 1));
  }
}
