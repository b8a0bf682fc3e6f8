// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "999, 999 ns",
    "1000, 1.00 us",
    "84321, 84.32 us",
    "692263495, 692.26 ms",
    "7736505, 7.74 ms",
    "10000000000, 10.00 s",
  })
  void text_hasTheUnitThatSuitsTheDuration(double nanoseconds, String expected) {
    assertEquals(expected, Unit.text(nanoseconds));
  }

  @Test
  void times_haveTheUnitThatSuitsThem() {
    assertEquals("84.9 µs", Unit.rounded(84.92));
    assertEquals("1 ms", Unit.rounded(999.7));
    assertEquals("12.5 ms", Unit.rounded(12_500));
    assertEquals("2.1 s", Unit.rounded(2_104_000));
    assertEquals("1,230 s", Unit.rounded(1.234e9));
  }

  @Test
  void durations_areInTwoUnits() {
    assertEquals("59 s", Unit.inTwoUnits(Duration.ofMillis(59_900)));
    assertEquals("2 min 3 s", Unit.inTwoUnits(Duration.ofSeconds(123)));
    assertEquals("26 h 1 min", Unit.inTwoUnits(Duration.ofMinutes(26 * 60 + 1)));
  }
}
