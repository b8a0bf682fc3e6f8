// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.draw.BarChart.Bar;
import io.partialloading.planner.draw.BarChart.Value;
import io.partialloading.planner.draw.LineChart.Axis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartTest {
  private static final Axis SERVED = new Axis("Served users (%)", false);
  private static final Axis TIME = new Axis("Median planning time (ms)", true);

  @Test
  void text_staysWithinTheDrawingAndApart() throws Exception {
    LineChartTest.assertTidy(new Drawing(chart(List.of(SERVED, TIME)).svg()));
    LineChartTest.assertTidy(new Drawing(chart(List.of(SERVED)).untitledSvg()));
  }

  @Test
  void bars_startAtZeroAndAreAsLongAsTheirValues() throws Exception {
    List<Element> bars =
        new Drawing(chart(List.of(SERVED, TIME)).svg())
            .elements("rect").stream().filter(rect -> rect.hasAttribute("fill-opacity")).toList();
    assertEquals(4, bars.size());
    double pixelsPerPercent = number(bars.get(0), "width") / 93;
    for (int i = 0; i < bars.size(); i++) {
      assertEquals(number(bars.get(0), "x"), number(bars.get(i), "x"));
      assertEquals((93 - 10 * i) * pixelsPerPercent, number(bars.get(i), "width"), 0.1);
    }
  }

  @Test
  void times_areDotsAtEqualStepsForEqualRatios() throws Exception {
    List<Element> dots = new Drawing(chart(List.of(SERVED, TIME)).svg()).elements("circle");
    assertEquals(4, dots.size());
    double step = number(dots.get(1), "cx") - number(dots.get(0), "cx");
    assertTrue(step > 5);
    assertEquals(step, number(dots.get(3), "cx") - number(dots.get(2), "cx"), 0.1);
  }

  @Test
  void chartWithoutBars_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new BarChart("t", List.of(SERVED), List.of()));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static BarChart chart(List<Axis> axes) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double served = 93 - 10 * i;
      double time = 0.07 * Math.pow(20, i);
      bars.add(
          new Bar(
              i % 2 == 0 ? "Adaptive" : "Exhaustive search: users to batches, one by one",
              i,
              List.of(
                      new Value(served, served - 1, served + 1, served + ""),
                      new Value(time, time, time, "2,107 ms"))
                  .subList(0, axes.size())));
    }
    return new BarChart("Small requests, bottom-layer sharing: served users", axes, bars);
  }
}
