// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import java.util.List;

/**
 * Bars in panels side by side: one row a bar, one panel a quantity. On a logarithmic axis, which
 * has no 0 from which a bar could start, values are dots.
 *
 * @param title above the chart; also what is read to those who cannot see it
 * @param axes the axis of each panel, at most two
 * @param bars the rows, the most important one first
 */
public record BarChart(String title, List<LineChart.Axis> axes, List<Bar> bars) implements Chart {
  public BarChart {
    axes = List.copyOf(axes);
    bars = List.copyOf(bars);
    if (axes.isEmpty() || bars.isEmpty()) {
      throw new IllegalArgumentException("nothing to draw: " + title);
    }
  }

  /**
   * A row.
   *
   * @param name what stands beside it
   * @param style its look, as of a {@link LineChart.Series}
   * @param values one for each panel
   */
  public record Bar(String name, int style, List<Value> values) {
    public Bar {
      values = List.copyOf(values);
    }
  }

  /**
   * How much, from low to high with the given confidence.
   *
   * @param value how much; above 0 on a logarithmic axis
   * @param low lower end of the interval, at most the value
   * @param high upper end of the interval, at least the value
   * @param text the value as it is written
   */
  public record Value(double value, double low, double high, String text) {}

  @Override
  public String svg() {
    return new BarChartDrawing(this).svg(true);
  }

  @Override
  public String untitledSvg() {
    return new BarChartDrawing(this).svg(false);
  }
}
