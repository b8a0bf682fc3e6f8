// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.chart.LineChart;
import io.partialloading.planner.evaluate.Figure.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveStylesTest {
  @Test
  void curvesOfAFigure_lookDifferent() {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      // The first curve is everywhere; the others change from figure to figure.
      int first = 1 + 4 * i;
      figures.add(
          figure(IntStream.concat(IntStream.of(0), IntStream.range(first, first + 8)).toArray()));
    }
    CurveStyles styles = new CurveStyles(figures);
    for (Figure figure : figures) {
      List<Integer> own = figure.curves().stream().map(styles::of).toList();
      assertEquals(own.size(), own.stream().distinct().count(), own.toString());
      assertTrue(own.stream().allMatch(style -> style >= 0 && style < LineChart.styles()));
      assertEquals(0, own.get(0));
    }
  }

  @Test
  void rareCurves_shareStylesBeforeFrequentOnes() {
    Figure rare = figure(0, 4, 5, 6, 7, 8);
    CurveStyles styles =
        new CurveStyles(List.of(figure(0, 1, 2, 3), figure(0, 1, 2, 3), rare, figure(0, 9, 10)));
    assertTrue(styles.of(curve(9)) >= 4);
    assertTrue(styles.of(curve(10)) >= 4);
  }

  @Test
  void correspondingFigures_haveCorrespondingStyles() {
    CurveStyles styles =
        new CurveStyles(
            List.of(
                figure(0, 1, 2, 3),
                figure(0, 1, 2, 3),
                figure(0, 1, 2, 3),
                figure(0, 1, 4, 5),
                figure(0, 1, 4, 5),
                figure(0, 2, 6, 7),
                figure(0, 2, 6, 7)));
    assertEquals(styles.of(curve(4)), styles.of(curve(6)));
    assertEquals(styles.of(curve(5)), styles.of(curve(7)));
  }

  private static Curve curve(int id) {
    return MadeUpResults.curve("c" + id, "Curve " + id);
  }

  private static Figure figure(int... ids) {
    return new Figure(
        "f" + ids[1],
        "title",
        "question",
        "axis",
        Scale.LINEAR,
        List.of(),
        IntStream.of(ids).mapToObj(CurveStylesTest::curve).toList(),
        List.of());
  }
}
