// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.v1.Batch;

/** Draws one batch of a timeline: a row from its number to its users' shares of the band. */
final class TimelineRow {
  private static final double LABEL_GAP = 6;

  private final TimelineLayout layout;
  private final Svg svg;
  private final int number;
  private final Batch batch;
  private final BatchTimes times;
  private final double top;

  /**
   * A row.
   *
   * @param number the batch's, from 1
   * @param top upper edge of the row
   */
  TimelineRow(TimelineLayout layout, Svg svg, int number, Batch batch, double top) {
    this.layout = layout;
    this.svg = svg;
    this.number = number;
    this.batch = batch;
    this.times = BatchTimes.of(batch);
    this.top = top;
  }

  /**
   * Draws the row.
   *
   * @param mostBytes the size of the largest model of the schedule, as its batches state it
   */
  void draw(double mostBytes) {
    svg.open("class", "batch").title(description());
    // Where the pointer finds the tooltip.
    double width = layout.width() - 2 * TimelineLayout.MARGIN;
    double height = layout.rowHeight();
    svg.rect(TimelineLayout.MARGIN, top, width, height, "fill", "none", "pointer-events", "all");
    names();
    bar("upload", Palette.UPLOAD, times.start(), times.uploaded());
    bar("load", Palette.LOAD, times.uploaded(), times.loaded());
    bar("compute", Palette.COMPUTE, times.loaded(), times.computed());
    durations();
    amounts();
    if (mostBytes > 0) {
      bytes(layout.bytesBarWidth() / mostBytes);
    }
    new BandShares(svg, layout.sharesLeft(), barTop(), layout.sharesWidth(), layout.barHeight())
        .draw(batch.getGrantsList());
    svg.close();
  }

  private void names() {
    String model = Lettering.clipped(batch.getModelId(), TimelineLayout.FONT, layout.modelWidth());
    right(layout.numberRight(), Integer.toString(number));
    svg.text(layout.modelLeft(), baseline(TimelineLayout.FONT), model);
    right(layout.usersRight(), Integer.toString(batch.getGrantsCount()));
  }

  private void bar(String what, String colour, double from, double to) {
    if (to > from) {
      String title = what + " " + Unit.time(to - from) + ", until " + Unit.time(to);
      double x = layout.x(from);
      double width = layout.x(to) - x;
      double height = layout.barHeight();
      svg.rectWithTitle(title, x, barTop(), width, height, "class", what, "fill", colour);
    }
  }

  /** The three durations beside the bars, where there is room. */
  private void durations() {
    String text = durationsText();
    double width = Lettering.room(text, TimelineLayout.SMALL_FONT) + 2 * LABEL_GAP;
    double from = layout.x(times.start());
    double to = layout.x(times.computed());
    boolean fitsBefore = from - width >= layout.plotLeft();
    // Rather not across the end of the plan, where another colour begins.
    double end = fitsBefore ? layout.planRight() : layout.plotRight();
    if (to + width <= end) {
      durations(to + LABEL_GAP, text, "start");
    } else if (fitsBefore) {
      durations(from - LABEL_GAP, text, "end");
    }
  }

  private void durations(double x, String text, String anchor) {
    double y = baseline(TimelineLayout.SMALL_FONT);
    svg.open("font-size", TimelineLayout.SMALL_FONT, "fill", Palette.FAINT_TEXT);
    svg.text(x, y, text, "class", "durations", "text-anchor", anchor).close();
  }

  private String durationsText() {
    double longest = Math.max(times.upload(), Math.max(times.load(), times.compute()));
    Unit unit = Unit.within(longest);
    return unit.number(times.upload())
        + " + "
        + unit.number(times.load())
        + " + "
        + unit.number(times.compute())
        + " "
        + unit.symbol();
  }

  private void amounts() {
    right(layout.loadedRight(), Unit.bytes(batch.getLoadBytes()));
    right(layout.blocksRight(), Integer.toString(batch.getLoadBlockIdsCount()));
    right(layout.reusedRight(), Unit.bytes(batch.getReusedBytes()));
  }

  private void bytes(double width) {
    double loaded = Unit.unsigned(batch.getLoadBytes()) * width;
    double reused = Unit.unsigned(batch.getReusedBytes()) * width;
    block("loaded", layout.bytesBarLeft(), loaded, Palette.LOAD);
    block("reused", layout.bytesBarLeft() + loaded, reused, Palette.REUSED);
  }

  private void block(String what, double x, double width, String colour) {
    if (width > 0) {
      svg.rect(x, barTop(), width, layout.barHeight(), "class", what, "fill", colour);
    }
  }

  private String description() {
    return "batch %s, %s: starts at %s, may slip to %s; upload %s, load %s, compute %s; loads %s, reuses %s"
        .formatted(
            number,
            batch.getModelId(),
            Unit.time(times.start()),
            Unit.time(Unit.nanoseconds(batch.getLatestStart())),
            Unit.time(times.upload()),
            Unit.time(times.load()),
            Unit.time(times.compute()),
            Unit.bytes(batch.getLoadBytes()),
            Unit.bytes(batch.getReusedBytes()));
  }

  private void right(double x, String text) {
    svg.text(x, baseline(TimelineLayout.FONT), text, "text-anchor", "end");
  }

  private double barTop() {
    return top + (layout.rowHeight() - layout.barHeight()) / 2;
  }

  private double baseline(double fontSize) {
    return top + layout.rowHeight() / 2 + TimelineLayout.CENTRED * fontSize;
  }

  /** The size of a batch's model as the batch states it. */
  static double bytes(Batch batch) {
    return Unit.unsigned(batch.getLoadBytes()) + Unit.unsigned(batch.getReusedBytes());
  }
}
