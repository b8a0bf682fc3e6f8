// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "700ms, 700000000",
    "1.5s, 1500000000",
    "2min, 120000000000",
    "1ns, 1",
    "0.25us, 250",
    "10 ms, 10000000",
    "250µs, 250000",
  })
  void durationText_isExact(String text, long nanoseconds) {
    assertEquals(nanoseconds, new DurationText().convert(text).toNanos());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5    | '5' has no unit; a duration is written such as 700ms or 1.5s",
        "fast | 'fast' is not a duration such as 700ms, 1.5s or 2min",
        "0s   | '0s' is not above 0",
        "-1s  | '-1s' is not above 0",
        "300000000000s | '300000000000s' is not below 2^63 ns",
      },
      quoteCharacter = '"')
  void durationText_thatIsNone_isRefused(String text, String refusal) {
    assertEquals(
        refusal,
        assertThrows(TypeConversionException.class, () -> new DurationText().convert(text))
            .getMessage());
  }
}
