// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  void share_hasItsIntervalIfItIsKnown() {
    assertEquals("87.3 ± 0.4", Numbers.percent(MadeUpResults.sample(0.8731, 0.0042, 1)));
    Sample single = new Sample(1, 80, 70, 0.875, Double.NaN, 1, 1, 1, 1);
    assertEquals("87.5", Numbers.percent(single));
  }
}
