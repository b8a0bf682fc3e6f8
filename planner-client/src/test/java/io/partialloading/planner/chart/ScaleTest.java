// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void linearTicks_coverTheValuesInFewEqualSteps() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double least = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(8) - 3);
      double greatest = least + random.nextDouble() * Math.pow(10, random.nextInt(8) - 3);
      int most = 3 + random.nextInt(5);
      Scale scale = Scale.linear(least, greatest, most);
      List<Double> ticks = scale.ticks();
      assertEquals(scale.low(), ticks.get(0));
      assertEquals(scale.high(), ticks.get(ticks.size() - 1));
      assertTrue(
          scale.low() <= least && greatest <= scale.high(), least + " " + greatest + " " + ticks);
      assertTrue(ticks.size() >= 2 && ticks.size() <= most + 1, least + " " + greatest + ticks);
    }
  }

  @Test
  void linearTicks_areNice() {
    assertEquals(List.of(40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0), linear(42, 96));
    assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), linear(20, 100));
    assertEquals(List.of(0.0, 0.1, 0.2, 0.3), Scale.linear(0, 0.3, 3).ticks());
  }

  @Test
  void linearScaleOfOneValue_hasRoom() {
    Scale scale = Scale.linear(100, 100, 6);
    assertTrue(scale.low() < scale.high());
    assertTrue(Scale.linear(0, 0, 6).high() > 0);
  }

  @Test
  void logarithmicScale_coversTheValuesWithFewTicks() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double least = Math.pow(10, 12 * random.nextDouble() - 6);
      double greatest = least * Math.pow(10, 9 * random.nextDouble());
      int most = 3 + random.nextInt(5);
      Scale scale = Scale.logarithmic(least, greatest, most);
      String what = least + " " + greatest + " " + scale;
      assertTrue(scale.low() < least && greatest < scale.high(), what);
      assertTrue(scale.ticks().size() >= 2 && scale.ticks().size() <= Math.max(9, most + 1), what);
      assertTrue(scale.ticks().stream().allMatch(t -> t >= scale.low() && t <= scale.high()), what);
      assertTrue(scale.low() * 6 > least && greatest * 6 > scale.high(), what);
    }
  }

  @Test
  void logarithmicTicks_areDecades() {
    assertEquals(List.of(0.1, 1.0, 10.0, 100.0), Scale.logarithmic(0.08, 300, 6).ticks());
    assertEquals(List.of(0.5, 1.0, 2.0, 5.0), Scale.logarithmic(0.6, 4, 6).ticks());
  }

  @Test
  void logarithmicScale_hasNoZero() {
    assertThrows(IllegalArgumentException.class, () -> Scale.logarithmic(0, 10, 6));
  }

  private static List<Double> linear(double least, double greatest) {
    return Scale.linear(least, greatest, 6).ticks();
  }
}
