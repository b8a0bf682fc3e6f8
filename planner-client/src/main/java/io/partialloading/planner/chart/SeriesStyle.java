// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.util.List;

/**
 * How a series looks: told apart by colour (Okabe and Ito's, which the colour-blind tell apart),
 * and in grey by its dashes and markers.
 *
 * @param colour of all its parts
 * @param width of its line
 * @param dashes of its line; empty for a solid one
 * @param marker at each point
 * @param filled whether markers are filled
 */
record SeriesStyle(String colour, double width, String dashes, Marker marker, boolean filled) {
  private static final double RADIUS = 3.6;

  private static final List<SeriesStyle> STYLES =
      List.of(
          new SeriesStyle("#0072B2", 2.6, "", Marker.CIRCLE, true),
          new SeriesStyle("#D55E00", 1.5, "7 3", Marker.SQUARE, true),
          new SeriesStyle("#009E73", 1.5, "9 3 2 3", Marker.TRIANGLE, true),
          new SeriesStyle("#000000", 1.5, "2 2.5", Marker.DIAMOND, true),
          new SeriesStyle("#CC79A7", 1.5, "", Marker.TRIANGLE_DOWN, true),
          new SeriesStyle("#E69F00", 1.5, "5 2", Marker.SQUARE, false),
          new SeriesStyle("#56B4E9", 1.5, "9 2 2 2 2 2", Marker.TRIANGLE, false),
          new SeriesStyle("#777777", 1.5, "", Marker.DIAMOND, false),
          new SeriesStyle("#8A6D00", 1.5, "3 2", Marker.CROSS, false));

  private static final SeriesStyle BOUND =
      new SeriesStyle("#888888", 1.4, "4 3", Marker.NONE, false);

  enum Marker {
    NONE,
    CIRCLE,
    SQUARE,
    TRIANGLE,
    TRIANGLE_DOWN,
    DIAMOND,
    CROSS
  }

  /** How many styles there are to choose from. */
  static int count() {
    return STYLES.size();
  }

  /** The style of a number; numbers beyond the last begin again. */
  static SeriesStyle of(int number) {
    return number == LineChart.BOUND ? BOUND : STYLES.get(number % STYLES.size());
  }

  /** Draws a band of uncertainty. */
  void band(Svg svg, String path) {
    svg.element("path", "d", path, "fill", colour, "fill-opacity", 0.16);
  }

  /** Draws a line through points, and a marker on each. */
  void curve(Svg svg, List<double[]> points) {
    line(svg, path(points));
    StringBuilder markers = new StringBuilder();
    for (double[] point : points) {
      markers.append(markerAt(point[0], point[1]));
    }
    if (marker != Marker.NONE) {
      marker(svg, markers.toString());
    }
  }

  /** Draws a short line with one marker in its middle, for a legend. */
  void sample(Svg svg, double from, double to, double y) {
    line(svg, "M" + Svg.at(from, y) + "H" + Svg.tenth(to));
    if (marker != Marker.NONE) {
      marker(svg, markerAt((from + to) / 2, y));
    }
  }

  private void line(Svg svg, String path) {
    Object[] dashed = dashes.isEmpty() ? new Object[0] : new Object[] {"stroke-dasharray", dashes};
    Object[] line = {
      "d",
      path,
      "fill",
      "none",
      "stroke",
      colour,
      "stroke-width",
      width,
      "stroke-linejoin",
      "round",
    };
    svg.element("path", Svg.with(line, dashed));
  }

  private void marker(Svg svg, String path) {
    String inside = filled ? colour : marker == Marker.CROSS ? "none" : "#ffffff";
    String edge = filled ? "#ffffff" : colour;
    double edgeWidth = filled ? 0.8 : 1.5;
    svg.element("path", "d", path, "fill", inside, "stroke", edge, "stroke-width", edgeWidth);
  }

  private String markerAt(double x, double y) {
    double r = width > 2 ? RADIUS * 1.2 : RADIUS;
    return switch (marker) {
      case NONE -> "";
      case CIRCLE -> "M" + Svg.at(x - r, y) + arc(r, 2 * r) + arc(r, -2 * r) + "z";
      case SQUARE -> polygon(x - r, y - r, 2 * r, 0, 0, 2 * r, -2 * r, 0);
      case TRIANGLE -> polygon(x, y - 1.25 * r, 1.2 * r, 2.1 * r, -2.4 * r, 0);
      case TRIANGLE_DOWN -> polygon(x, y + 1.25 * r, 1.2 * r, -2.1 * r, -2.4 * r, 0);
      case DIAMOND ->
          polygon(x, y - 1.35 * r, 1.2 * r, 1.35 * r, -1.2 * r, 1.35 * r, -1.2 * r, -1.35 * r);
      case CROSS -> polyline(x - r, y - r, 2 * r, 2 * r) + polyline(x - r, y + r, 2 * r, -2 * r);
    };
  }

  private static String polygon(double x, double y, double... steps) {
    return polyline(x, y, steps) + "z";
  }

  private static String polyline(double x, double y, double... steps) {
    StringBuilder path = new StringBuilder("M" + Svg.at(x, y));
    for (int i = 0; i < steps.length; i += 2) {
      path.append('l').append(Svg.at(steps[i], steps[i + 1]));
    }
    return path.toString();
  }

  private static String arc(double r, double dx) {
    return "a" + Svg.at(r, r) + " 0 1 0 " + Svg.at(dx, 0);
  }

  /** A line from point to point. */
  static String path(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? 'M' : 'L').append(Svg.at(point[0], point[1]));
    }
    return path.toString();
  }
}
