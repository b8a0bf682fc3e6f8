// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.Times;
import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullBatchesTest {
  private static final long AMPLE = 1L << 50;

  private static BandwidthSharing sharing(String name) {
    return switch (name) {
      case "optimal" -> BandwidthSharing.optimal();
      case "equal" -> BandwidthSharing.equalSubchannels(2);
      case "equal of grid" -> BandwidthSharing.equalSubchannelsOfGrid(2, 5);
      default -> BandwidthSharing.prbGrid(4);
    };
  }

  private static ServiceCurve curve(
      String uploads, ComputeTimes compute, String sharing, boolean fullFirst, long budget) {
    BatchCosts costs = new BatchCosts(Times.of(uploads), compute, 2, sharing(sharing));
    return FullBatches.curve(costs, fullFirst, budget, StopSignal.NEVER);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true, 3, 0 | 1 | 2",
    "2, true, 0, ''",
    "2, true, 1, 0",
    "2, true, 4, 01 | 23",
    "2, true, 5, 01 | 23 | 4",
    "2, false, 5, 0 | 12 | 34",
    "2, false, 4, 01 | 23",
    "3, true, 8, 012 | 345 | 67",
    "3, false, 8, 01 | 234 | 567",
    "9, true, 3, 012",
    "9, false, 3, 012"
  })
  void batches_areFullButTheLastOrTheFirst(
      int largestBatch, boolean fullFirst, int count, String expected) {
    String batches =
        new FullBatches(largestBatch, fullFirst)
            .batches(count).stream()
                .map(
                    batch ->
                        Arrays.stream(batch)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining()))
                .collect(Collectors.joining(" | "));

    assertEquals(expected, batches);
  }

  @ParameterizedTest
  @CsvSource({
    // 100 a batch and 10 a user; uploads are sums.
    "optimal, true, 0 111 123 236 250",
    "optimal, false, 0 111 123 236 250",
    // Twice the longest: three users are {1 2} {3}, or {1} {2 3}.
    "equal, true, 0 112 124 240 252",
    "equal, false, 0 112 124 238 252",
    // Two PRBs each, rounded up.
    "equal of grid, true, 0 111 121 233 243",
    "equal of grid, false, 0 111 121 233 243",
    // Four PRBs: alone a quarter, rounded up.
    "grid, true, 0 111 121 232 243"
  })
  void curve_isTheTimeOfTheBatches(String sharing, boolean fullFirst, String expected) {
    ServiceCurve curve = curve("1 2 3 4", ComputeTimes.affine(100, 10), sharing, fullFirst, AMPLE);

    assertEquals(expected, Times.text(curve.times()));
  }

  @ParameterizedTest
  @CsvSource({"250, 4", "249, 3", "123, 2", "122, 1", "110, 0"})
  void curve_shortBudget_endsWithinIt(long budget, int most) {
    ServiceCurve curve = curve("1 2 3 4", ComputeTimes.affine(100, 10), "optimal", true, budget);

    assertEquals(most, curve.maxCount());
  }

  @ParameterizedTest
  @CsvSource({"optimal", "equal", "equal of grid", "grid"})
  void curve_uploadThatLastsForYears_endsBeforeIt(String sharing) {
    String uploads = "1 2 " + (Long.MAX_VALUE - 1);

    assertEquals(2, curve(uploads, ComputeTimes.affine(1, 1), sharing, true, AMPLE).maxCount());
  }

  @Test
  void curve_computingThatLastsForYears_endsBeforeIt() {
    ComputeTimes compute = ComputeTimes.table(new long[] {1, Long.MAX_VALUE});

    assertEquals("0 2", Times.text(curve("1 2 3", compute, "optimal", true, AMPLE).times()));
  }

  @ParameterizedTest
  @CsvSource({
    "optimal, true, true",
    "optimal, false, false",
    "equal, true, false",
    "equal, false, true",
    "equal of grid, true, false",
    "equal of grid, false, true",
    "grid, true, false",
    "grid, false, false"
  })
  void isExact_affineComputing_isThatOfTheSplitTheBandCallsFor(
      String sharing, boolean fullFirst, boolean expected) {
    ServiceCurve curve = curve("1 2 3", ComputeTimes.affine(1, 1), sharing, fullFirst, AMPLE);

    assertEquals(expected, curve.isExact());
    assertEquals(expected, curve.optimistic() == curve);
  }

  @ParameterizedTest
  @CsvSource({"optimal, true", "equal, false"})
  void isExact_measuredComputing_isNever(String sharing, boolean fullFirst) {
    ComputeTimes compute = ComputeTimes.table(new long[] {1, 2});

    ServiceCurve curve = curve("1 2 3", compute, sharing, fullFirst, AMPLE);

    assertEquals(false, curve.isExact());
    assertEquals("0 0 0 0", Times.text(curve.optimistic().times()));
  }

  @Test
  void curve_memoryForNobody_isOfNobody() {
    BatchCosts costs =
        new BatchCosts(new long[] {1}, ComputeTimes.affine(1, 1), 0, BandwidthSharing.optimal());

    ServiceCurve curve = FullBatches.curve(costs, true, AMPLE, StopSignal.NEVER);

    assertEquals("0", Times.text(curve.times()));
    assertEquals(true, curve.isExact());
  }

  @Test
  void curve_thatNobodyWaitsFor_ends() {
    BatchCosts costs =
        new BatchCosts(
            IntStream.range(1, 9).asLongStream().toArray(),
            ComputeTimes.affine(1, 1),
            2,
            BandwidthSharing.prbGrid(4));

    assertThrows(
        CancellationException.class, () -> FullBatches.curve(costs, true, AMPLE, Stop.cancelled()));
  }
}
