// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Lettering;
import io.partialloading.planner.chart.Svg;

/** What a timeline's rows stand in: heads of columns, stripes, axis, budget and time to spare. */
final class TimelineFrame {
  private static final double LINE_HEIGHT = 17;
  private static final double DIMENSION_HEIGHT = 12;
  private static final double DIMENSION_CAP = 4;
  private static final double TICK = 5;
  private static final double TICK_LABEL = 18;
  private static final double AXIS_LABEL = 38;
  private static final double AXIS_HEIGHT = 56;
  private static final double BUDGET_GAP = 6;
  private static final int INTERVALS = 8;

  private final TimelineLayout layout;
  private final PlanTimes times;
  private final TimeAxis axis;
  private final double top;

  /**
   * A frame.
   *
   * @param top where its heads begin
   */
  TimelineFrame(TimelineLayout layout, PlanTimes times, double top) {
    this.layout = layout;
    this.times = times;
    this.axis = TimeAxis.upTo(times.horizon(), INTERVALS);
    this.top = top;
  }

  /** Upper edge of the first row. */
  double firstRow() {
    double heads = 2 * LINE_HEIGHT + DIMENSION_HEIGHT;
    return top + (layout.isDense ? heads + LINE_HEIGHT : heads);
  }

  private double lastRow() {
    return firstRow() + layout.rows * layout.rowHeight;
  }

  /** Lower edge of the drawing. */
  double bottom() {
    return lastRow() + AXIS_HEIGHT;
  }

  void draw(Svg svg) {
    stripes(svg);
    if (times.spare() > 0) {
      double x = layout.planRight();
      double width = layout.x(times.budget()) - x;
      double height = lastRow() - firstRow();
      svg.rect(x, firstRow(), width, height, "class", "spare", "fill", Palette.SPARE);
    }
    axis(svg);
    heads(svg);
    budget(svg);
  }

  private void stripes(Svg svg) {
    double width = layout.width - 2 * TimelineLayout.MARGIN;
    for (int row = 0; row < layout.rows; row += 2) {
      double y = firstRow() + row * layout.rowHeight;
      svg.rect(TimelineLayout.MARGIN, y, width, layout.rowHeight, "fill", Palette.STRIPE);
    }
  }

  private void axis(Svg svg) {
    for (TimeAxis.Tick tick : axis.ticks()) {
      double x = layout.x(tick.nanoseconds());
      svg.line(x, firstRow(), x, lastRow(), "stroke", Palette.GRID);
      svg.line(x, lastRow(), x, lastRow() + TICK, "stroke", Palette.AXIS);
      middle(svg, x, lastRow() + TICK_LABEL, tick.label(), TimelineLayout.SMALL_FONT);
      if (layout.isDense && isClearOfBudget(x, tick.label())) {
        middle(svg, x, firstRow() - TICK, tick.label(), TimelineLayout.SMALL_FONT);
      }
    }
    svg.line(layout.plotLeft, lastRow(), layout.plotRight, lastRow(), "stroke", Palette.AXIS);
    middle(
        svg,
        layout.plotLeft + layout.plotWidth / 2,
        lastRow() + AXIS_LABEL,
        "time since the first upload may begin, in " + axis.unit().symbol(),
        TimelineLayout.FONT);
  }

  /** Whether a label above the rows does not touch the budget's line. */
  private boolean isClearOfBudget(double x, String label) {
    double halfWidth = Lettering.room(label, TimelineLayout.SMALL_FONT) / 2;
    return Math.abs(layout.x(times.budget()) - x) > halfWidth + BUDGET_GAP;
  }

  private static void middle(Svg svg, double x, double y, String text, double fontSize) {
    svg.text(x, y, text, "font-size", fontSize, "text-anchor", "middle");
  }

  private void heads(Svg svg) {
    double y = firstRow() - TICK;
    head(svg, layout.numberRight, y, "batch", "end");
    head(svg, layout.modelLeft, y, "model", "start");
    head(svg, layout.usersRight, y, "users", "end");
    head(svg, layout.loadedRight, y, "loaded", "end");
    head(svg, layout.blocksRight, y, "in blocks", "end");
    head(svg, layout.reusedRight, y, "reused", "end");
    head(svg, layout.bytesBarLeft, y, "model size", "start");
    head(svg, layout.sharesLeft, y, "shares of the band", "start");
  }

  private static void head(Svg svg, double x, double y, String text, String anchor) {
    svg.open("font-size", TimelineLayout.SMALL_FONT, "fill", Palette.FAINT_TEXT);
    svg.text(x, y, text, "text-anchor", anchor).close();
  }

  private void budget(Svg svg) {
    double x = layout.x(times.budget());
    svg.open("stroke", Palette.BUDGET, "stroke-width", 1.5);
    svg.line(x, top, x, lastRow() + TICK, "class", "budget").close();

    svg.open("text-anchor", "end");
    double y = top + LINE_HEIGHT - BUDGET_GAP;
    String budget = "budget " + time(times.budget());
    svg.text(x - BUDGET_GAP, y, budget, "fill", Palette.BUDGET, "font-weight", "bold");
    svg.text(x - BUDGET_GAP, y + LINE_HEIGHT, spare()).close();
    dimension(svg, layout.planRight(), x, top + 2 * LINE_HEIGHT + 2);
  }

  private String spare() {
    if (times.spare() < 0) {
      return time(-times.spare()) + " too long";
    }
    return times.spare() == 0 ? "nothing to spare" : time(times.spare()) + " to spare";
  }

  /** In the unit of the axis. */
  private String time(double nanoseconds) {
    return axis.unit().number(nanoseconds) + " " + axis.unit().symbol();
  }

  /** The length between completion and budget, as in a technical drawing. */
  private static void dimension(Svg svg, double from, double to, double y) {
    svg.line(from, y, to, y, "stroke", Palette.TEXT);
    for (double x : new double[] {from, to}) {
      svg.line(x, y - DIMENSION_CAP, x, y + DIMENSION_CAP, "stroke", Palette.TEXT);
    }
  }
}
