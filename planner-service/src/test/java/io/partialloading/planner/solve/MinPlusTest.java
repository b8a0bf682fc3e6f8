// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.Times;
import io.partialloading.planner.instance.StopSignal;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curves are written as {@link Times}. */
class MinPlusTest {
  private static String convolve(String a, int aFrom, String b, int bFrom, long budget) {
    return Times.text(
        MinPlus.convolve(Times.of(a), aFrom, Times.of(b), bFrom, budget, StopSignal.NEVER));
  }

  @ParameterizedTest
  @CsvSource({
    // Both from 0: 4 is 0 + 4, not 2 + 3.
    "0 2 5, 0, 0 3 4, 0, 0 2 4 6 9",
    "0 2 5, 1, 0 3 4, 0, - 2 5 6 9",
    "0 2 5, 0, 0 3 4, 1, - 3 4 6 9",
    "0 2 5, 1, 0 3 4, 1, - - 5 6 9",
    "0 2 5, 2, 0 3 4, 1, - - - 8 9",
    // One is longer than the other.
    "0 1 2 3, 0, 0 10, 0, 0 1 2 3 13",
    "0 1 2 3, 0, 0 10, 1, - 10 11 12 13",
    "0 10, 1, 0 1 2 3, 0, - 10 11 12 13",
    "0 10, 0, 0 1 2 3, 2, - - 2 3 13",
    // Nobody comes first in a curve of what is first.
    "- 1 2, 1, 0 5, 0, - 1 2 7",
    // Nobody to add.
    "0 2 5, 0, 0, 0, 0 2 5",
    "0 2 5, 1, 0, 0, - 2 5",
    "0, 0, 0 2 5, 0, 0 2 5",
    // Nobody to begin with.
    "0, 1, 0 2 5, 0, -",
    "0 2 5, 0, 0, 1, -"
  })
  void convolve_ampleBudget_isTheLeastSumOfEachCount(
      String a, int aFrom, String b, int bFrom, String expected) {
    assertEquals(expected, convolve(a, aFrom, b, bFrom, 1000));
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 5, 0, 0 3 4, 0, 9, 0 2 4 6 9",
    "0 2 5, 0, 0 3 4, 0, 8, 0 2 4 6",
    "0 2 5, 0, 0 3 4, 0, 6, 0 2 4 6",
    "0 2 5, 0, 0 3 4, 0, 5, 0 2 4",
    "0 2 5, 0, 0 3 4, 0, 0, 0",
    "0 2 5, 1, 0 3 4, 1, 5, - - 5",
    "0 2 5, 1, 0 3 4, 1, 4, -",
    "0 2 5, 1, 0 3 4, 1, -1, -",
    // A time that never comes is over any budget.
    "0 1 -, 0, 0 1, 0, 1000, 0 1 2",
    // Nobody to add.
    "0 2 5, 0, 0, 0, 4, 0 2",
    "0 2 5, 1, 0, 0, 2, - 2",
    "0 2 5, 1, 0, 0, 1, -"
  })
  void convolve_shortBudget_endsAtTheLastCountWithinIt(
      String a, int aFrom, String b, int bFrom, long budget, String expected) {
    assertEquals(expected, convolve(a, aFrom, b, bFrom, budget));
  }

  @Test
  void convolve_ofLongCurvesThatNobodyWaitsFor_ends() {
    long[] curve = new long[400];

    assertThrows(
        CancellationException.class,
        () -> MinPlus.convolve(curve, 0, curve, 0, 1000, Stop.cancelled()));
  }

  @ParameterizedTest
  @CsvSource({
    "0 5 9, 0 3, 0 3 9",
    "0 3, 0 5 9, 0 3 9",
    "- 5 9, - 6 7, - 5 7",
    "- 4, , - 4",
    ", - 4, - 4"
  })
  void min_isTheSmallerOfEachCount(String a, String b, String expected) {
    long[] least = MinPlus.min(a == null ? null : Times.of(a), b == null ? null : Times.of(b));

    assertEquals(expected, Times.text(Objects.requireNonNull(least)));
  }

  @Test
  void min_ofTwoThatAreNotThere_isNotThere() {
    assertNull(MinPlus.min(null, null));
  }

  @Test
  void min_leavesTheCurvesAsTheyWere() {
    long[] longer = {0, 5, 9};

    MinPlus.min(longer, new long[] {0, 3});

    assertEquals("0 5 9", Times.text(longer));
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 5, 0, 0 3 4, 0, 2, 4, 0",
    "0 2 5, 0, 0 3 4, 0, 3, 6, 1",
    "0 2 5, 0, 0 3 4, 0, 4, 9, 2",
    "0 2 5, 0, 0 3 4, 0, 0, 0, 0",
    // Of several the largest.
    "0 1 2, 0, 0 1 2, 0, 2, 2, 2",
    "0 1 2, 0, 0 1 2, 1, 2, 2, 1",
    "0 1 2, 0, 0 1 2, 2, 2, 2, 0",
    "0 1 2, 2, 0 1 2, 0, 2, 2, 2",
    "- 1 2, 1, 0 1 2, 0, 1, 1, 1"
  })
  void findSplit_timeOfASplit_isTheLargestShareOfTheFirst(
      String a, int aFrom, String b, int bFrom, int count, long time, int expected) {
    assertEquals(expected, MinPlus.findSplit(Times.of(a), aFrom, Times.of(b), bFrom, count, time));
  }

  @ParameterizedTest
  @CsvSource({
    // No split takes that long.
    "0 2 5, 0, 0 3 4, 0, 2, 3",
    // The only one has too few of the first, or of the second.
    "0 2 5, 1, 0 3 4, 0, 2, 4",
    "0 2 5, 0, 0 3 4, 1, 2, 6",
    "0 1 2, 2, 0 1 2, 1, 2, 2",
    // More than both have.
    "0 2 5, 0, 0 3 4, 0, 5, 9",
    // Nobody is enough.
    "0, 1, 0 3 4, 0, 1, 3"
  })
  void findSplit_timeOfNoSplit_isMinusOne(
      String a, int aFrom, String b, int bFrom, int count, long time) {
    assertEquals(-1, MinPlus.findSplit(Times.of(a), aFrom, Times.of(b), bFrom, count, time));
  }
}
