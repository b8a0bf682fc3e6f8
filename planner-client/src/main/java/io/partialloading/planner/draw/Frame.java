// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import java.util.List;

/**
 * A panel of a chart: the rectangle in which values are drawn, with the axes around it.
 *
 * @param left of the rectangle
 * @param top of the rectangle
 * @param right of the rectangle
 * @param bottom of the rectangle
 * @param inset room between the ends of the horizontal axis and its outermost values
 */
record Frame(double left, double top, double right, double bottom, double inset) {
  /** From the horizontal axis down to below its label. */
  static final double AXIS_HEIGHT = 44;

  private static final String GRID = "#e2e2e2";
  private static final String FAINT_GRID = "#f3f3f3";
  private static final String AXIS = "#555555";
  private static final double MARK = 4;

  /** Between the vertical axis and its numbers. */
  static final double NUMBERS_APART = 7;

  /** Between the labels of two ticks, in pixels. */
  private static final double APART = 7;

  double x(Scale scale, double value) {
    return left + inset + scale.position(value) * (right - left - 2 * inset);
  }

  double y(Scale scale, double value) {
    return bottom - scale.position(value) * (bottom - top);
  }

  /** Draws the grid, the ticks and the label of the vertical axis. */
  void verticalAxis(Svg svg, Scale scale, String label, double labelX) {
    stroke(svg, horizontals(scale, scale.minorTicks()), FAINT_GRID);
    stroke(svg, horizontals(scale, scale.ticks()), GRID);
    svg.open("font-size", Lettering.SMALL, "fill", Lettering.SOFT_INK, "text-anchor", "end");
    for (double tick : scale.ticks()) {
      svg.text(
          left - NUMBERS_APART, y(scale, tick) + 0.35 * Lettering.SMALL, Lettering.number(tick));
    }
    svg.close();
    double middle = (top + bottom) / 2;
    svg.text(
        labelX,
        middle,
        Lettering.clipped(label, Lettering.LABEL, bottom - top + 20),
        "font-size",
        Lettering.LABEL,
        "fill",
        Lettering.INK,
        "text-anchor",
        "middle",
        "transform",
        "rotate(-90 " + SeriesStyle.at(labelX, middle) + ")");
  }

  /** Draws the horizontal axis; numbers that would collide are left out. */
  void horizontalAxis(Svg svg, Scale scale) {
    StringBuilder marks = new StringBuilder(horizontal(left, right, bottom));
    for (double tick : scale.ticks()) {
      marks.append(vertical(x(scale, tick), bottom, bottom + MARK));
    }
    stroke(svg, marks, AXIS);
    svg.open("font-size", Lettering.SMALL, "fill", Lettering.SOFT_INK, "text-anchor", "middle");
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
  }

  /** Writes below the horizontal axis what it measures. */
  void horizontalLabel(Svg svg, String label) {
    svg.text(
        (left + right) / 2,
        bottom + 36,
        Lettering.clipped(label, Lettering.LABEL, right - left),
        "font-size",
        Lettering.LABEL,
        "fill",
        Lettering.INK,
        "text-anchor",
        "middle");
  }

  private String horizontals(Scale scale, List<Double> values) {
    StringBuilder lines = new StringBuilder();
    for (double value : values) {
      lines.append(horizontal(left, right, y(scale, value)));
    }
    return lines.toString();
  }

  private static void stroke(Svg svg, CharSequence path, String colour) {
    if (!path.isEmpty()) {
      svg.element("path", "d", path, "fill", "none", "stroke", colour, "stroke-width", 1);
    }
  }

  private static String horizontal(double from, double to, double y) {
    return "M" + SeriesStyle.at(from, y) + "H" + Svg.number(to);
  }

  private static String vertical(double x, double from, double to) {
    return "M" + SeriesStyle.at(x, from) + "V" + Svg.number(to);
  }
}
