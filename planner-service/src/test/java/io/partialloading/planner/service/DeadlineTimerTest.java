// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTimerTest {
  @ParameterizedTest
  @CsvSource({
    "0n, 0",
    "1n, 1",
    "99999999n, 99999999",
    "20u, 20000",
    "30m, 30000000",
    "5S, 5000000000",
    "2M, 120000000000",
    "1H, 3600000000000",
    "99999999H, 9223372036854775807",
  })
  void timeout_ofAHeader_isInNanoseconds(String value, long nanoseconds) {
    assertEquals(nanoseconds, DeadlineTimer.nanoseconds(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n", "5", "5x", "-5n", "+5n", "5 n", "100000000n", "5.0S", "٣n"})
  void timeout_thatIsNone_isLeftToGrpc(String value) {
    assertEquals(-1, DeadlineTimer.nanoseconds(value));
  }
}
