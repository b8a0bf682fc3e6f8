// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.fixture.Times;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models are called A, B, …; their service curves are separated by semicolons. */
class PricesTest {
  private static Prices prices(String curves) {
    return new Prices(Arrays.stream(curves.split("; ")).map(Times::of).toArray(long[][]::new));
  }

  /** Segments like {@code A2:5}: two users more of A in 5 ns more. */
  private static String segments(Prices prices) {
    return IntStream.range(0, prices.size())
        .mapToObj(
            i -> Character.toString('A' + prices.model(i)) + prices.users(i) + ":" + prices.time(i))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    // Convex: each user is a segment.
    "0 10 11 13 16, A1:1 A1:2 A1:3",
    // The same price twice.
    "0 1 3 5, A1:2 A1:2",
    // The second user is dear, the third cheap.
    "0 10 14 15, A2:5",
    // Concave all along.
    "0 1 5 8 9, A3:8",
    // The last user makes both before it part of one segment.
    "0 10 12 15 15, A3:5",
    // A batch of three, and then one user alone.
    "0 5 9 10 20, A2:5 A1:10",
    // Dear at the end only, where a hull must not go back.
    "0 5 6 20 21, A1:1 A2:15",
    // Users for nothing.
    "0 5 5 5, A1:0 A1:0"
  })
  void segments_ofOneModel_areItsHullFromTheFirstUserOn(String curve, String expected) {
    assertEquals(expected, segments(prices(curve)));
  }

  @ParameterizedTest
  @CsvSource({
    "0 5 6 10; 0 5 7 10, A1:1 B1:2 B1:3 A1:4",
    "0 5 9; 0 5 6, B1:1 A1:4",
    // By price a user, not by time.
    "0 5 9 11; 0 5 9, A2:6 B1:4",
    // Of equal prices the first model's.
    "0 5 7; 0 9 11, A1:2 B1:2"
  })
  void segments_ofSeveralModels_areByPriceAndThenByModel(String curves, String expected) {
    assertEquals(expected, segments(prices(curves)));
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "0 5, ''", "0; 0 5 6, B1:1"})
  void segments_ofModelsWithAtMostOneUser_areNone(String curves, String expected) {
    assertEquals(expected, segments(prices(curves)));
  }

  @ParameterizedTest
  @CsvSource({
    // 12 − 10, 12 − 1 and 12 − 2.
    "0 10 11 13, 12, 23",
    // The third user costs more than it is worth.
    "0 10 11 13, 1.5, -8",
    "0 10 11 13, 2, -7",
    // Two users at 2.5 each.
    "0 10 14 15, 3, -6",
    "0 10 14 15, 2, -8",
    "0 10, 12, 2",
    "0, 12, 0"
  })
  void worthOfModels_isWhatUsersAreWorthBeyondTheirTime(
      String curve, double userWorth, double expected) {
    double[] worth = new double[1];

    prices(curve).worthOfModels(userWorth, worth);

    assertEquals(expected, worth[0], 1e-12);
  }

  @Test
  void worthOfModels_ofSeveral_isByModel() {
    double[] worth = {77, 77, 77};

    prices("0 5 6; 0; 0 1 9").worthOfModels(4, worth);

    assertArrayEquals(new double[] {-1 + 3, 0, 3}, worth, 1e-12);
  }
}
