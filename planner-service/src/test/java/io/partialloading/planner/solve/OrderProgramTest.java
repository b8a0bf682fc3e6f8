// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.Times;
import io.partialloading.planner.fixture.Visits;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models are called A, B, C; an order is a word of them. */
class OrderProgramTest {
  private static final long AMPLE = 1000;

  /**
   * A's users take 10 and 30 after its load, B's 20, C's 1. A path begins with A after 5, with B
   * after 7 and with C after 50. A and C load after each other in no time at all.
   */
  private static final PathProblem PROBLEM =
      new PathProblem(
          new long[][] {{0, 10, 30}, {0, 20}, {0, 1}},
          new long[][] {{0, 2, 0}, {3, 0, 40}, {0, 6, 0}},
          new long[] {6, 8, 50},
          new long[] {5, 7, 50});

  private static int[] order(String word) {
    return word.chars().map(model -> model - 'A').toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "A, 0 15 35 - -",
    "B, 0 27 - - -",
    // B loads in 2 after A.
    "AB, 0 15 35 57 -",
    // A loads in 3 after B.
    "BA, 0 15 35 60 -",
    // C loads in nothing after A; B is passed over where that is sooner.
    "ABC, 0 15 16 36 98",
    "ACB, 0 15 16 36 62",
    "CAB, 0 15 35 57 103"
  })
  void run_ampleLimit_isTheLeastTimeOfEachCountAlongTheOrder(String order, String expected) {
    OrderProgram program = new OrderProgram(PROBLEM, StopSignal.NEVER);

    assertEquals(expected, Times.text(program.run(order(order), AMPLE)));
  }

  @ParameterizedTest
  @CsvSource({
    "AB, 57, 0 15 35 57 -",
    "AB, 56, 0 15 35 - -",
    "AB, 14, 0 - - - -",
    "BA, 0, 0 - - - -"
  })
  void run_shortLimit_leavesLongerTimesOut(String order, long limit, String expected) {
    OrderProgram program = new OrderProgram(PROBLEM, StopSignal.NEVER);

    assertEquals(expected, Times.text(program.run(order(order), limit)));
  }

  @ParameterizedTest
  @CsvSource({
    "AB, 1, A1",
    "AB, 2, A2",
    "AB, 3, A2 B1",
    "BA, 1, A1",
    "BA, 3, B1 A2",
    "ABC, 2, A1 C1",
    "ABC, 3, A2 C1",
    "ABC, 4, A2 B1 C1",
    "ACB, 4, A2 C1 B1",
    "CAB, 3, A2 B1"
  })
  void visits_ofACount_areThoseOfItsTime(String order, int count, String expected) {
    OrderProgram program = new OrderProgram(PROBLEM, StopSignal.NEVER);
    program.run(order(order), AMPLE);

    assertEquals(expected, Visits.text(List.of(program.visits(count))));
  }

  @Test
  void run_again_forgetsTheOrderBefore() {
    OrderProgram program = new OrderProgram(PROBLEM, StopSignal.NEVER);
    program.run(order("ACB"), AMPLE);

    assertEquals("0 27 - - -", Times.text(program.run(order("B"), AMPLE)));
    assertEquals("B1", Visits.text(List.of(program.visits(1))));
  }

  @Test
  void run_modelWithoutUsers_isPassedOver() {
    PathProblem problem =
        new PathProblem(
            new long[][] {{0, 10}, {0}, {0, 10}},
            new long[][] {{0, 0, 4}, {0, 0, 0}, {4, 0, 0}},
            new long[] {5, 0, 5},
            new long[] {5, 0, 5});
    OrderProgram program = new OrderProgram(problem, StopSignal.NEVER);

    assertEquals("0 15 29", Times.text(program.run(order("ABC"), AMPLE)));
    assertEquals("A1 C1", Visits.text(List.of(program.visits(2))));
  }

  @Test
  void run_beyondMeasure_looksAtTheNearestModelBeforeAlone() {
    int n = 1500;
    long[][] service = new long[n][2];
    for (int model = 1; model < n - 2; model++) {
      service[model][1] = AMPLE;
    }
    long[] start = new long[n];
    Arrays.fill(start, 1);
    PathProblem problem = new PathProblem(service, new long[n][n], start, start);

    long[] times =
        new OrderProgram(problem, StopSignal.NEVER).run(IntStream.range(0, n).toArray(), AMPLE);

    assertEquals("0 1 1 -", Times.text(Arrays.copyOf(times, 4)));
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 16", "3, 26"})
  void stepsOfRun_ofAShortOrder_areHalfOfItsPairsForEachUserAndHalfOfAllPairsOfUsers(
      int length, double expected) {
    assertEquals(expected, new OrderProgram(PROBLEM, StopSignal.NEVER).stepsOfRun(length));
  }

  @Test
  void run_thatNobodyWaitsFor_ends() {
    OrderProgram program = new OrderProgram(PROBLEM, Stop.cancelled());

    assertThrows(CancellationException.class, () -> program.run(order("A"), AMPLE));
  }
}
