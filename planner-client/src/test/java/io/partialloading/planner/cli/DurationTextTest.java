// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "700ms, 700000000",
    "1.5s, 1500000000",
    "2min, 120000000000",
    "1ns, 1",
    "0.25us, 250",
    "10 ms, 10000000",
  })
  void durationText_isExact(String text, long nanoseconds) {
    assertEquals(nanoseconds, new DurationText().convert(text).toNanos());
  }
}
