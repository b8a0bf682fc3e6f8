// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.chart.Drawing.Box;
import io.partialloading.planner.chart.LineChart.Axis;
import io.partialloading.planner.chart.LineChart.Point;
import io.partialloading.planner.chart.LineChart.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LineChartTest {
  private static final Axis BANDWIDTH = new Axis("Bandwidth (MHz)", false);
  private static final Axis SERVED = new Axis("Served users (%)", false);
  private static final double[] BANDWIDTHS = {10, 50, 100, 200, 300, 400};

  @Test
  void text_staysWithinTheDrawingAndApart() throws Exception {
    for (LineChart chart : List.of(busy(), few(2), logarithmic(), single())) {
      new Drawing(chart.svg()).assertTidy();
      new Drawing(chart.untitledSvg()).assertTidy();
    }
  }

  @Test
  void legend_namesEverySeriesOnceFromTheHighestToTheLowest() throws Exception {
    LineChart chart = few(4);
    List<String> names = chart.series().stream().map(Series::name).toList();
    List<Box> entries =
        new Drawing(chart.svg())
            .texts().stream().filter(text -> names.contains(text.text())).toList();

    // The i-th of these curves lies above the one after it.
    assertEquals(names, entries.stream().map(Box::text).toList());
  }

  @Test
  void legend_staysBelowTheCurves() throws Exception {
    Drawing drawing = new Drawing(busy().svg());
    double bottom =
        drawing.texts().stream()
            .filter(t -> t.text().equals("0"))
            .findFirst()
            .orElseThrow()
            .bottom();
    assertTrue(
        drawing.texts().stream()
            .filter(text -> text.text().startsWith("Curve"))
            .allMatch(text -> text.top() > bottom));
  }

  @Test
  void ticks_areWhereThePointsAre() throws Exception {
    List<String> texts = new Drawing(few(2).svg()).texts().stream().map(Box::text).toList();
    for (double bandwidth : BANDWIDTHS) {
      assertTrue(texts.contains(Lettering.number(bandwidth)), texts.toString());
    }
  }

  @Test
  void bands_surroundTheirCurves() throws Exception {
    Drawing drawing = new Drawing(few(1).untitledSvg());
    List<double[]> band = Drawing.corners(path(drawing, "fill-opacity"));
    List<double[]> curve = Drawing.corners(path(drawing, "stroke-linejoin"));
    int points = curve.size();
    assertEquals(BANDWIDTHS.length, points);
    assertEquals(2 * points, band.size());
    for (int i = 0; i < points; i++) {
      double[] upper = band.get(i);
      double[] lower = band.get(2 * points - 1 - i);
      assertEquals(curve.get(i)[0], upper[0]);
      assertEquals(curve.get(i)[0], lower[0]);
      assertTrue(upper[1] < curve.get(i)[1] && curve.get(i)[1] < lower[1]);
    }
  }

  @Test
  void bands_areLeftOutWhereTheCurveWouldHideThem() throws Exception {
    List<Point> exact = List.of(new Point(1, 50, 49.99, 50.01), new Point(2, 90, 90, 90));
    LineChart chart = new LineChart("t", BANDWIDTH, SERVED, List.of(new Series("exact", 0, exact)));
    assertTrue(
        new Drawing(chart.svg())
            .elements("path").stream().noneMatch(path -> path.hasAttribute("fill-opacity")));
  }

  @Test
  void firstSeries_isWidestAndBelowTheOthersSoThatTheyAreSeen() throws Exception {
    List<Element> curves =
        new Drawing(busy().svg())
            .elements("path").stream()
                .filter(path -> path.getParentNode().getNodeName().equals("g"))
                .filter(path -> path.hasAttribute("stroke-linejoin"))
                .toList();
    assertEquals("Upper bound (no plan exceeds it)", name(curves.get(0)));
    assertEquals("Curve 0", name(curves.get(1)));
    assertTrue(curves.stream().skip(2).allMatch(curve -> width(curve) < width(curves.get(1))));
  }

  private static String name(Element curve) {
    return ((Element) curve.getParentNode())
        .getElementsByTagNameNS("*", "title")
        .item(0)
        .getTextContent();
  }

  @Test
  void styles_differInMoreThanColour() {
    Set<String> looks = new HashSet<>();
    for (int style = 0; style < LineChart.styles(); style++) {
      Svg svg = new Svg(100, 100, "");
      SeriesStyle.of(style).sample(svg, 0, 30, 10);
      looks.add(svg.document().replaceAll("#[0-9A-Fa-f]{6}", "grey"));
    }
    assertEquals(LineChart.styles(), looks.size());
  }

  @Test
  void logarithmicAxis_hasEqualStepsForEqualRatios() throws Exception {
    List<double[]> curve =
        Drawing.corners(path(new Drawing(logarithmic().untitledSvg()), "stroke-linejoin"));
    // Values and places are multiplied by ten from point to point.
    assertEquals(curve.get(1)[0] - curve.get(0)[0], curve.get(2)[0] - curve.get(1)[0], 0.2);
    assertEquals(curve.get(1)[1] - curve.get(0)[1], curve.get(2)[1] - curve.get(1)[1], 0.2);
  }

  @Test
  void busyChart_isCompact() {
    assertTrue(busy().svg().length() < 15_000, busy().svg().length() + " characters");
  }

  @Test
  void hostileNames_areText() throws Exception {
    String name = "</svg><script>alert('&\"')</script>\u0000";
    LineChart chart =
        new LineChart(
            name,
            new Axis(name, false),
            new Axis(name, false),
            List.of(new Series(name, 0, points(90, 1))));
    Drawing drawing = new Drawing(chart.svg());
    assertTrue(drawing.elements("script").isEmpty());
    drawing.assertTidy();
  }

  @Test
  void chartWithoutPoints_isRefused() {
    List<Series> none = List.of(new Series("none", 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new LineChart("t", BANDWIDTH, SERVED, none));
  }

  private static double width(Element path) {
    return Double.parseDouble(path.getAttribute("stroke-width"));
  }

  /** The first path with this attribute. */
  private static String path(Drawing drawing, String attribute) {
    return drawing.elements("path").stream()
        .filter(path -> path.hasAttribute(attribute))
        .findFirst()
        .orElseThrow()
        .getAttribute("d");
  }

  private static List<Point> points(double top, double halfWidth) {
    return DoubleStream.of(BANDWIDTHS)
        .mapToObj(
            x -> {
              double y = top * (1 - Math.exp(-x / 60));
              return new Point(x, y, y - halfWidth, y + halfWidth);
            })
        .toList();
  }

  private static LineChart few(int curves) {
    return new LineChart(
        "Served users over bandwidth, bottom-layer sharing",
        BANDWIDTH,
        SERVED,
        IntStream.range(0, curves)
            .mapToObj(i -> new Series("PartialLoading " + i, i, points(95 - 9 * i, 2)))
            .toList());
  }

  /** Nine curves with long names, and a bound. */
  private static LineChart busy() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      series.add(
          new Series(
              "Curve " + i + (i % 3 == 0 ? "" : ", equal bandwidth, r = 20"),
              i,
              points(95 - 7 * i, 2)));
    }
    series.add(new Series("Upper bound (no plan exceeds it)", LineChart.BOUND, points(97, 0)));
    return new LineChart(
        "Figure 8a. Optimal against equal bandwidth over the bandwidth, for models that share their"
            + " first layers and everything else that a title can go on about without an end",
        BANDWIDTH,
        SERVED,
        series);
  }

  private static LineChart logarithmic() {
    List<Point> points = new ArrayList<>();
    for (double x = 1; x <= 1000; x *= 10) {
      points.add(new Point(x, 0.02 * x, 0.02 * x, 0.02 * x));
    }
    return new LineChart(
        "Planning time",
        new Axis("Adapters", true),
        new Axis("Median planning time (ms)", true),
        List.of(new Series("Adaptive", 0, points)));
  }

  private static LineChart single() {
    return new LineChart(
        "One point",
        new Axis("Users", true),
        SERVED,
        List.of(new Series("Adaptive", 0, List.of(new Point(80, 100, 100, 100)))));
  }
}
