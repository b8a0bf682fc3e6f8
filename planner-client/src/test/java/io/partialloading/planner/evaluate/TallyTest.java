// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
  @Test
  void sample_ofEqualUsers_isTheMeanOfSharesWithItsInterval() {
    // Shares 0.3, 0.5, 0.4: standard deviation 0.1, standard error 0.1 / sqrt(3), t with 2 degrees
    // of freedom 4.30265.
    Sample sample = Tally.of(List.of(outcome(3, 10), outcome(5, 10), outcome(4, 10))).sample();
    assertEquals(0.4, sample.ratio(), 1e-15);
    assertEquals(0.248414, sample.halfWidth(), 1e-6);
    assertEquals(12, sample.served());
    assertEquals(30, sample.users());
  }

  @Test
  void sample_ofDifferentUsers_isTheShareOfAllUsers() {
    // 6 of 12 users; residuals s - u / 2 are 0, 1, -1, so the variance is 3 / (2 * 144) * 2.
    Sample sample = Tally.of(List.of(outcome(1, 2), outcome(3, 4), outcome(2, 6))).sample();
    assertEquals(0.5, sample.ratio(), 1e-15);
    assertEquals(4.30265273 * Math.sqrt(6.0 / 288), sample.halfWidth(), 1e-9);
  }

  @Test
  void sample_ofOneRealisation_hasNoWidth() {
    assertEquals(0, Tally.of(List.of(outcome(3, 10))).sample().halfWidth());
  }

  @Test
  void sample_ofNobody_isNothing() {
    Sample sample = Tally.of(List.of(outcome(0, 0), outcome(0, 0))).sample();
    assertEquals(0, sample.ratio());
    assertEquals(0, sample.halfWidth());
    assertEquals(0, sample.bound());
  }

  @Test
  void sample_ofEqualOutcomes_hasNoWidth() {
    assertEquals(0, Tally.of(Collections.nCopies(1000, outcome(79, 80))).sample().halfWidth());
  }

  @Test
  void sample_countsBoundsAndProofs_andTimes() {
    Sample sample =
        Tally.of(
                List.of(
                    new Outcome(10, 6, 8, false, 4_000),
                    new Outcome(10, 7, 7, true, 1_000),
                    new Outcome(10, 9, 9, true, 40_000),
                    new Outcome(10, 9, 10, false, 2_000)))
            .sample();
    assertEquals(0.85, sample.bound(), 1e-15);
    assertEquals(2, sample.proven());
    assertEquals(11.75, sample.meanMicros(), 1e-12);
    assertEquals(3, sample.medianMicros(), 1e-12);
  }

  @Test
  void tally_inAnyOrder_isTheSame() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      outcomes.add(new Outcome(70 + i % 7, i % 50, i % 60, i % 3 == 0, i * 977L % 1000));
    }
    Tally tally = Tally.of(outcomes);
    Collections.reverse(outcomes);
    assertEquals(tally, Tally.of(outcomes));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12.7062",
    "2, 4.3027",
    "3, 3.1824",
    "4, 2.7764",
    "5, 2.5706",
    "9, 2.2622",
    "29, 2.0452",
    "49, 2.0096",
    "99, 1.9842",
    "999, 1.9623",
    "99999, 1.9600"
  })
  void quantile975_isThatOfTheTables(int freedom, double quantile) {
    assertEquals(quantile, Tally.quantile975(freedom), 3.3e-4);
  }

  private static Outcome outcome(int served, int users) {
    return new Outcome(users, served, users, false, 0);
  }
}
