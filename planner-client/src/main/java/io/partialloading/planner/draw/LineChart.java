package io.partialloading.planner.draw;

import java.util.List;

/**
 * Curves with bands of uncertainty over a common axis, as papers print them.
 *
 * @param title above the chart; also what is read to those who cannot see it
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the curves, the most important one first; at most nine
 */
public record LineChart(String title, Axis x, Axis y, List<Series> series) {
  public LineChart {
    series = List.copyOf(series);
  }

  /**
   * An axis.
   *
   * @param label what it measures, with its unit
   * @param logarithmic whether equal steps are equal ratios
   */
  public record Axis(String label, boolean logarithmic) {}

  /** A curve. */
  public record Series(String name, List<Point> points) {
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
}
