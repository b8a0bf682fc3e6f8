// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeakSearchTest {
  private static final double PRECISION = 0.05;

  private final List<Double> tried = new ArrayList<>();

  /** A queue that answers in 1/(capacity - rate), bounded by 5 ms: it bears capacity - 200. */
  @ParameterizedTest
  @CsvSource({"1000, 100", "1000, 799", "1000, 900", "1000, 50000", "201.5, 100", "900000, 1"})
  void peak_ofAQueue_isFoundToThePrecision(double capacity, double firstRate) throws Exception {
    double borne = capacity - 200;
    double peak = search(firstRate, rate -> rate < capacity && 1 / (capacity - rate) <= 0.005);
    assertTrue(peak <= borne && peak >= borne / (1 + PRECISION) - 1e-9, () -> "found " + peak);
    assertTrue(tried.size() <= 30, tried::toString);
    assertEquals(tried.size(), tried.stream().distinct().count(), tried::toString);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 100, 1e6})
  void peak_nothingBorne_isZero(double firstRate) throws Exception {
    assertEquals(0, search(firstRate, rate -> false));
    assertEquals(1, tried.get(tried.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 100, 1e6})
  void peak_everythingBorne_isTheHighestRateThereIs(double firstRate) throws Exception {
    assertEquals(Load.MAX_RATE, search(firstRate, rate -> true));
  }

  private double search(double firstRate, PeakSearch.Trial trial) throws InterruptedException {
    return new PeakSearch(
            rate -> {
              tried.add(rate);
              return trial.bears(rate);
            },
            PRECISION)
        .peak(firstRate);
  }
}
