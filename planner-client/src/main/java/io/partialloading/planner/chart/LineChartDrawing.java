// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import io.partialloading.planner.chart.LineChart.Point;
import io.partialloading.planner.chart.LineChart.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Lays out and draws a line chart; all are of one width, so that they go together. */
final class LineChartDrawing {
  /** Legible on a phone, and two of them side by side on a desk. */
  private static final double WIDTH = 480;

  private static final double MARGIN = 10;
  private static final double PLOT_HEIGHT = 250;
  private static final double TITLE_LINE = 19;
  private static final int MOST_TITLE_LINES = 2;

  /** More steps between ticks than this make an axis busy. */
  private static final int MOST_STEPS = 6;

  /** With more points than this, ticks at each would be a comb. */
  private static final int MOST_POINTS_AS_TICKS = 12;

  /** A band that is hardly thicker than its curve is left out, in pixels. */
  private static final double LEAST_BAND = 2;

  private final LineChart chart;
  private final Scale x;
  private final Scale y;

  LineChartDrawing(LineChart chart) {
    this.chart = chart;
    x = horizontal();
    y =
        Scale.covering(
            chart.y().logarithmic(),
            points().mapToDouble(Point::low).min().orElseThrow(),
            points().mapToDouble(Point::high).max().orElseThrow(),
            MOST_STEPS);
  }

  /** The finished drawing, with or without a title above. */
  String svg(boolean titled) {
    List<String> title = titled ? title() : List.of();
    double numbers =
        y.ticks().stream()
            .mapToDouble(tick -> Lettering.room(Lettering.number(tick), Lettering.SMALL))
            .max()
            .orElse(0);
    double left = MARGIN + Lettering.LABEL + 8 + numbers + Frame.NUMBERS_APART;
    double titleHeight = title.isEmpty() ? 0 : title.size() * TITLE_LINE + 8;
    double top = MARGIN + titleHeight + Lettering.SMALL / 2;
    Frame frame = new Frame(left, top, WIDTH - MARGIN - 4, top + PLOT_HEIGHT);
    Legend legend = new Legend(byHeight(), WIDTH - 2 * MARGIN);
    double legendTop = frame.bottom() + Frame.AXIS_HEIGHT;

    Svg svg = new Svg(WIDTH, legendTop + legend.height() + MARGIN, chart.title());
    for (int i = 0; i < title.size(); i++) {
      svg.text(MARGIN, MARGIN + 12 + i * TITLE_LINE, title.get(i), Lettering.TITLE_STYLE);
    }
    frame.verticalAxis(svg, y, chart.y().label(), MARGIN + 0.8 * Lettering.LABEL);
    bands(svg, frame);
    frame.horizontalAxis(svg, x, chart.x().label());
    curves(svg, frame);
    legend.draw(svg, MARGIN, legendTop);
    return svg.document();
  }

  private List<String> title() {
    double size = Lettering.TITLE * Lettering.BOLD;
    return Lettering.wrapped(chart.title(), size, WIDTH - 2 * MARGIN, MOST_TITLE_LINES);
  }

  private void bands(Svg svg, Frame frame) {
    for (Series series : backToFront()) {
      if (series.points().stream()
          .anyMatch(p -> frame.y(y, p.low()) - frame.y(y, p.high()) > LEAST_BAND)) {
        SeriesStyle.of(series.style()).band(svg, band(series, frame));
      }
    }
  }

  /** Along the upper ends of the intervals, and back along the lower ones. */
  private String band(Series series, Frame frame) {
    List<double[]> corners = new ArrayList<>();
    for (Point p : series.points()) {
      corners.add(new double[] {frame.x(x, p.x()), frame.y(y, p.high())});
    }
    for (int i = series.points().size() - 1; i >= 0; i--) {
      Point p = series.points().get(i);
      corners.add(new double[] {frame.x(x, p.x()), frame.y(y, p.low())});
    }
    return SeriesStyle.path(corners) + "z";
  }

  private void curves(Svg svg, Frame frame) {
    for (Series series : backToFront()) {
      if (!series.points().isEmpty()) {
        svg.open().title(series.name());
        SeriesStyle.of(series.style())
            .curve(
                svg,
                series.points().stream()
                    .map(p -> new double[] {frame.x(x, p.x()), frame.y(y, p.y())})
                    .toList());
        svg.close();
      }
    }
  }

  /**
   * A bound at the back, then the most important series: it is the widest, so that those that
   * coincide with it are seen on top of it, and it around them.
   */
  private List<Series> backToFront() {
    List<Series> series = new ArrayList<>(chart.series());
    series.sort(Comparator.comparing(each -> each.style() != LineChart.BOUND));
    return series;
  }

  /** As the curves lie one above the other at their right ends. */
  private List<Series> byHeight() {
    return chart.series().stream()
        .filter(series -> !series.points().isEmpty())
        .sorted(
            Comparator.comparingDouble(
                series -> -series.points().get(series.points().size() - 1).y()))
        .toList();
  }

  /** From the first point to the last, with ticks at the points unless there are many. */
  private Scale horizontal() {
    boolean logarithmic = chart.x().logarithmic();
    List<Double> values = points().map(Point::x).distinct().sorted().toList();
    double first = values.get(0);
    double last = values.get(values.size() - 1);
    List<Double> ticks =
        values.size() <= MOST_POINTS_AS_TICKS
            ? values
            : Scale.covering(logarithmic, first, last, MOST_STEPS).ticks().stream()
                .filter(tick -> tick >= first && tick <= last)
                .toList();
    return Scale.between(logarithmic, first, last, ticks);
  }

  private Stream<Point> points() {
    return chart.series().stream().flatMap(series -> series.points().stream());
  }
}
