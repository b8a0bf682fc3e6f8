// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.util.List;

/**
 * A panel of a chart: the rectangle in which values are drawn, with the axes around it.
 *
 * @param left of the rectangle
 * @param top of the rectangle
 * @param right of the rectangle
 * @param bottom of the rectangle
 */
record Frame(double left, double top, double right, double bottom) {
  /** From the horizontal axis down to below its label. */
  static final double AXIS_HEIGHT = 44;

  /** Between the vertical axis and its numbers. */
  static final double NUMBERS_APART = 7;

  /** Room for half a marker between the ends of the horizontal axis and its outermost values. */
  private static final double INSET = 12;

  /** Between the labels of two ticks, in pixels. */
  private static final double APART = 7;

  private static final String GRID = "#e2e2e2";
  private static final String FAINT_GRID = "#f3f3f3";
  private static final String AXIS = "#555555";
  private static final double MARK = 4;

  double x(Scale scale, double value) {
    return left + INSET + scale.position(value) * (right - left - 2 * INSET);
  }

  double y(Scale scale, double value) {
    return bottom - scale.position(value) * (bottom - top);
  }

  /** Draws the grid, the ticks and the label of the vertical axis. */
  void verticalAxis(Svg svg, Scale scale, String label, double labelX) {
    stroke(svg, horizontals(scale, scale.minorTicks()), FAINT_GRID);
    stroke(svg, horizontals(scale, scale.ticks()), GRID);
    numbers(svg, "end");
    for (double tick : scale.ticks()) {
      svg.text(
          left - NUMBERS_APART, y(scale, tick) + 0.35 * Lettering.SMALL, Lettering.number(tick));
    }
    svg.close();
    double middle = (top + bottom) / 2;
    String turned = "rotate(-90 " + Svg.at(labelX, middle) + ")";
    label(svg, labelX, middle, label, bottom - top + 20, "transform", turned);
  }

  /** Draws the horizontal axis and its label; numbers that would collide are left out. */
  void horizontalAxis(Svg svg, Scale scale, String label) {
    StringBuilder marks = new StringBuilder(horizontal(bottom));
    for (double tick : scale.ticks()) {
      double x = x(scale, tick);
      marks.append("M" + Svg.at(x, bottom) + "V" + Svg.number(bottom + MARK));
    }
    stroke(svg, marks.toString(), AXIS);
    numbers(svg, "middle");
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : scale.ticks()) {
      String text = Lettering.number(tick);
      double half = Lettering.room(text, Lettering.SMALL) / 2;
      if (x(scale, tick) - half >= free) {
        svg.text(x(scale, tick), bottom + MARK + 3 + Lettering.SMALL * 0.8, text);
        free = x(scale, tick) + half + APART;
      }
    }
    svg.close();
    label(svg, (left + right) / 2, bottom + 36, label, right - left);
  }

  private static void numbers(Svg svg, String anchor) {
    svg.open("font-size", Lettering.SMALL, "fill", Lettering.SOFT_INK, "text-anchor", anchor);
  }

  private static void label(
      Svg svg, double x, double y, String label, double room, Object... more) {
    String clipped = Lettering.clipped(label, Lettering.LABEL, room);
    svg.text(x, y, clipped, Svg.with(Lettering.LABEL_STYLE, more));
  }

  private String horizontals(Scale scale, List<Double> values) {
    StringBuilder lines = new StringBuilder();
    values.forEach(value -> lines.append(horizontal(y(scale, value))));
    return lines.toString();
  }

  private static void stroke(Svg svg, String path, String colour) {
    if (!path.isEmpty()) {
      svg.element("path", "d", path, "fill", "none", "stroke", colour, "stroke-width", 1);
    }
  }

  private String horizontal(double y) {
    return "M" + Svg.at(left, y) + "H" + Svg.number(right);
  }
}
