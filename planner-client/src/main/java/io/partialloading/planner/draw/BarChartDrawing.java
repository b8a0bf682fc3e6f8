// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.draw.BarChart.Bar;
import io.partialloading.planner.draw.BarChart.Value;
import java.util.List;

/** Lays out and draws a bar chart. */
final class BarChartDrawing {
  private static final double ROW = 38;
  private static final double THICKNESS = 15;
  private static final double DOT = 4.5;
  private static final double MOST_NAME = 128;
  private static final double BETWEEN = 16;
  private static final double NAME_LINE = 14;

  private final BarChart chart;

  BarChartDrawing(BarChart chart) {
    this.chart = chart;
  }

  /** The finished drawing, with or without a title above. */
  String svg(boolean titled) {
    Heading heading = new Heading(titled ? chart.title() : "");
    double names = 0;
    for (Bar bar : chart.bars()) {
      for (String line : lines(bar)) {
        names = Math.max(names, Lettering.room(line, Lettering.LABEL));
      }
    }
    double top = heading.height();
    double bottom = top + ROW * chart.bars().size();
    double left = Heading.MARGIN + names + 10;
    int panels = chart.axes().size();
    double width = (Heading.WIDTH - Heading.MARGIN - left - BETWEEN * (panels - 1)) / panels;

    int labelLines =
        chart.axes().stream().mapToInt(axis -> label(axis, width).size()).max().orElse(1);
    double height =
        bottom + Frame.AXIS_HEIGHT + (labelLines - 1) * Frame.LABEL_LINE + Heading.MARGIN / 2;
    Svg svg = new Svg(Heading.WIDTH, height, chart.title());
    heading.draw(svg);
    for (int row = 0; row < chart.bars().size(); row++) {
      name(svg, chart.bars().get(row), left - 10, middle(top, row));
    }
    for (int panel = 0; panel < panels; panel++) {
      double from = left + panel * (width + BETWEEN);
      panel(svg, panel, from, from + width, top, bottom);
    }
    return svg.document();
  }

  private static double middle(double top, int row) {
    return top + (row + 0.5) * ROW;
  }

  private static List<String> label(LineChart.Axis axis, double width) {
    return Lettering.wrapped(axis.label(), Lettering.LABEL, width, 2);
  }

  private static List<String> lines(Bar bar) {
    return Lettering.wrapped(bar.name(), Lettering.LABEL, MOST_NAME, 2);
  }

  private static void name(Svg svg, Bar bar, double right, double middle) {
    List<String> lines = lines(bar);
    for (int i = 0; i < lines.size(); i++) {
      svg.text(
          right,
          middle + (i - (lines.size() - 1) / 2.0) * NAME_LINE + 0.35 * Lettering.LABEL,
          lines.get(i),
          "font-size",
          Lettering.LABEL,
          "fill",
          Lettering.INK,
          "text-anchor",
          "end");
    }
  }

  private void panel(Svg svg, int panel, double left, double right, double top, double bottom) {
    LineChart.Axis axis = chart.axes().get(panel);
    List<Value> values = chart.bars().stream().map(bar -> bar.values().get(panel)).toList();
    double texts =
        values.stream()
            .mapToDouble(value -> Lettering.room(value.text(), Lettering.SMALL))
            .max()
            .orElse(0);
    double greatest = values.stream().mapToDouble(Value::high).max().orElseThrow();
    double least = values.stream().mapToDouble(Value::low).min().orElseThrow();
    Scale scale =
        axis.logarithmic() ? Scale.logarithmic(least, greatest, 3) : Scale.linear(0, greatest, 4);
    Frame frame = new Frame(left, top, right - texts - 8, bottom, 0);
    frame.verticalGrid(svg, scale);
    frame.horizontalAxis(svg, scale);
    frame.horizontalLabel(svg, label(axis, right - left), (left + right) / 2);
    for (int row = 0; row < values.size(); row++) {
      Value value = values.get(row);
      double y = middle(top, row);
      String colour = SeriesStyle.of(chart.bars().get(row).style()).colour();
      if (axis.logarithmic()) {
        dot(svg, frame, scale, value, y, colour);
      } else {
        bar(svg, frame, scale, value, y, colour);
      }
      svg.text(
          right,
          y + 0.35 * Lettering.SMALL,
          value.text(),
          "font-size",
          Lettering.SMALL,
          "fill",
          Lettering.INK,
          "text-anchor",
          "end");
    }
  }

  private static void bar(Svg svg, Frame frame, Scale scale, Value value, double y, String colour) {
    svg.element(
        "rect",
        "x",
        frame.left(),
        "y",
        y - THICKNESS / 2,
        "width",
        frame.x(scale, value.value()) - frame.left(),
        "height",
        THICKNESS,
        "fill",
        colour,
        "fill-opacity",
        0.85);
    double low = frame.x(scale, value.low());
    double high = frame.x(scale, value.high());
    svg.element(
        "path",
        "d",
        whisker(low, high, y),
        "fill",
        "none",
        "stroke",
        Lettering.INK,
        "stroke-width",
        1.2);
  }

  private static String whisker(double low, double high, double y) {
    return "M"
        + SeriesStyle.at(low, y - 4)
        + "v8M"
        + SeriesStyle.at(low, y)
        + "H"
        + Svg.number(high)
        + "M"
        + SeriesStyle.at(high, y - 4)
        + "v8";
  }

  private static void dot(Svg svg, Frame frame, Scale scale, Value value, double y, String colour) {
    double x = frame.x(scale, value.value());
    svg.element(
        "path",
        "d",
        "M" + SeriesStyle.at(frame.left(), y) + "H" + Svg.number(x),
        "stroke",
        colour,
        "stroke-width",
        1.2,
        "stroke-dasharray",
        "1.5 2.5");
    svg.element("circle", "cx", x, "cy", y, "r", DOT, "fill", colour);
  }
}
