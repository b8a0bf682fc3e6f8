// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReserveTest {
  @ParameterizedTest
  @CsvSource({
    "40, 50_000_000, 20_000_000, 8_000_000",
    "40, 50_000_000, 30_000_000, 12_000_000",
    "40, 50_000_000, 125_000_000, 50_000_000",
    "40, 50_000_000, 1_000_000_000, 50_000_000",
    "40, 50_000_000, 9_223_372_036_854_775_807, 50_000_000",
    "90, 9_223_372_036_854_775_807, 1_000, 900",
    "0, 50_000_000, 20_000_000, 0",
    "40, 0, 20_000_000, 0",
    "40, 50_000_000, 0, 0",
    "40, 50_000_000, -5_000, 0",
  })
  void reserve_isAShareOfTheDeadlineUpToTheMost(
      int percent, String most, String deadline, String expected) {
    assertEquals(number(expected), new AnswerReserve(percent, number(most)).of(number(deadline)));
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace("_", ""));
  }
}
