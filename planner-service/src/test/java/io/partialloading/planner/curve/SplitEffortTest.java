// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Stop;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitEffortTest {
  @ParameterizedTest
  @CsvSource({
    "0, 4e6, true, false",
    "0, 4000001, false, false",
    "1, 4e6, false, false",
    "4e6, 0, true, false",
    "4000001, 0, false, false",
    "7999999, 0, false, false",
    "8e6, 0, false, true"
  })
  void spend_steps_leavesTheRestAndThenTheLeast(
      double spent, double asked, boolean allowed, boolean exhausted) {
    SplitEffort effort = new SplitEffort(Stop.never());

    effort.spend(spent);

    assertEquals(allowed, effort.allows(asked));
    assertEquals(exhausted, effort.isExhausted());
  }

  @Test
  void spend_whenTimeIsUp_exhaustsTheEffortAtTheNextPoll() {
    SplitEffort effort = new SplitEffort(Stop.timeUp());

    effort.spend(1 << 14);
    assertFalse(effort.isExhausted());
    effort.spend(1);

    assertTrue(effort.isExhausted());
  }

  @Test
  void spend_whenNobodyWaits_endsAtTheNextPoll() {
    SplitEffort effort = new SplitEffort(Stop.cancelled());

    effort.spend(1 << 14);

    assertThrows(CancellationException.class, () -> effort.spend(1));
  }

  @Test
  void spend_littleByLittle_pollsOnceInSixteenThousandSteps() {
    Stop stop = Stop.never();
    SplitEffort effort = new SplitEffort(stop);

    for (int step = 0; step < 100_000; step++) {
      effort.spend(1);
    }

    assertEquals(100_000 / ((1 << 14) + 1), stop.polls());
  }
}
