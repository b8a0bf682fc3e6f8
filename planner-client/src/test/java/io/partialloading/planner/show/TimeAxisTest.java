// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {
  @ParameterizedTest
  @CsvSource({
    "850e6, 8, ms, 0 200 400 600 800",
    "700e6, 8, ms, 0 100 200 300 400 500 600 700",
    "3e9, 8, ms, 0 500 1000 1500 2000 2500 3000",
    "10e9, 5, s, 0 2 4 6 8 10",
    "14e3, 8, µs, 0 2 4 6 8 10 12 14",
    "1, 8, ns, 0.0 0.2 0.4 0.6 0.8 1.0",
    "0, 1, ns, 0 1",
    "5400e9, 8, min, 0 20 40 60 80",
    "360000e9, 8, h, 0 20 40 60 80 100",
    "700e6, 1, ms, 0",
  })
  void ticks_areRoundNumbersOfOneUnit(
      double nanoseconds, int intervals, String symbol, String labels) {
    TimeAxis axis = TimeAxis.upTo(nanoseconds, intervals);
    assertEquals(symbol, axis.unit().symbol());
    assertEquals(
        labels, axis.ticks().stream().map(TimeAxis.Tick::label).collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource({"850e6, 8", "1.15e18, 3", "7, 5"})
  void ticks_areAStepApart(double nanoseconds, int intervals) {
    TimeAxis axis = TimeAxis.upTo(nanoseconds, intervals);
    for (int i = 0; i < axis.ticks().size(); i++) {
      assertEquals(i * axis.step(), axis.ticks().get(i).nanoseconds(), 1e-9 * nanoseconds);
    }
  }
}
