// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.util.List;

/**
 * Curves with bands of uncertainty over a common axis, as papers print them.
 *
 * @param title above the chart; also what is read to those who cannot see it
 * @param x the horizontal axis; it has ticks where the points are
 * @param y the vertical axis
 * @param series the curves, the most important one first; at most nine and a bound
 */
public record LineChart(String title, Axis x, Axis y, List<Series> series) {
  /** The style of a series that bounds the others. */
  public static final int BOUND = -1;

  public LineChart {
    series = List.copyOf(series);
    if (series.stream().allMatch(each -> each.points().isEmpty())) {
      throw new IllegalArgumentException("no point to draw: " + title);
    }
  }

  /**
   * An axis.
   *
   * @param label what it measures, with its unit
   * @param logarithmic whether equal steps are equal ratios; all values are above 0 then
   */
  public record Axis(String label, boolean logarithmic) {}

  /**
   * A curve.
   *
   * @param name what the legend calls it
   * @param style which look it has: 0 for the most prominent one, up to {@link #styles()}, or
   *     {@link #BOUND}. The same number looks the same in every chart.
   * @param points its points, by ascending x
   */
  public record Series(String name, int style, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A point of a curve, from low to high with the given confidence.
   *
   * @param x where
   * @param y how much
   * @param low lower end of the interval, at most y
   * @param high upper end of the interval, at least y
   */
  public record Point(double x, double y, double low, double high) {}

  /** Number of styles that can be told apart. */
  public static int styles() {
    return SeriesStyle.count();
  }

  /** The drawing as an SVG document that stands alone, with its title above. */
  public String svg() {
    return new LineChartDrawing(this).svg(true);
  }

  /**
   * The drawing as an SVG document for a page that has the title as a heading: it shows none, and
   * only tells those who cannot see it.
   */
  public String untitledSvg() {
    return new LineChartDrawing(this).svg(false);
  }
}
