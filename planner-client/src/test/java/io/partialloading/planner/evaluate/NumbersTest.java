// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void points_haveASignUnlessTheyAreZero() {
    assertEquals("+4.2", Numbers.signed(4.2));
    assertEquals("\u22124.2", Numbers.signed(-4.2));
    assertEquals("0.0", Numbers.signed(-0.04));
    assertEquals("n/a", Numbers.signed(Double.POSITIVE_INFINITY));
  }

  @Test
  void times_haveTheUnitThatSuitsThem() {
    assertEquals("84.9 µs", Numbers.time(84.92));
    assertEquals("1 ms", Numbers.time(999.7));
    assertEquals("12.5 ms", Numbers.time(12_500));
    assertEquals("2.1 s", Numbers.time(2_104_000));
    assertEquals("1,230 s", Numbers.time(1.234e9));
  }

  @Test
  void durations_areInTwoUnits() {
    assertEquals("59 s", Numbers.duration(Duration.ofMillis(59_900)));
    assertEquals("2 min 3 s", Numbers.duration(Duration.ofSeconds(123)));
    assertEquals("26 h 1 min", Numbers.duration(Duration.ofMinutes(26 * 60 + 1)));
  }

  @Test
  void share_hasItsIntervalIfItIsKnown() {
    assertEquals("87.3 ± 0.4", Numbers.percent(MadeUpResults.sample(0.8731, 0.0042, 1)));
    Sample single = new Sample(1, 80, 70, 0.875, Double.NaN, 1, 1, 1, 1);
    assertEquals("87.5", Numbers.percent(single));
  }
}
