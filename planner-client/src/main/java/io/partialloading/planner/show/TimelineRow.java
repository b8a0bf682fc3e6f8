// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Lettering;
import io.partialloading.planner.chart.Svg;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;

/**
 * Draws one batch of a timeline: a row from its number to its users' shares of the band.
 *
 * @param number the batch's, from 1
 * @param top upper edge of the row
 */
record TimelineRow(
    TimelineLayout layout, Svg svg, int number, Batch batch, BatchTimes times, double top) {
  private static final double LABEL_GAP = 6;
  private static final double SHARE_PADDING = 4;

  /** A narrower name of a user tells nothing once it is clipped. */
  private static final double MIN_CLIPPED_WIDTH = 60;

  /**
   * Draws the row.
   *
   * @param mostBytes the size of the largest model of the schedule, as its batches state it
   */
  void draw(double mostBytes) {
    svg.open("class", "batch").title(description());
    // Where the pointer finds the tooltip.
    double width = layout.width - 2 * TimelineLayout.MARGIN;
    double height = layout.rowHeight;
    svg.rect(TimelineLayout.MARGIN, top, width, height, "fill", "none", "pointer-events", "all");
    right(layout.numberRight, Integer.toString(number));
    String model = Lettering.clipped(batch.getModelId(), TimelineLayout.FONT, layout.modelWidth);
    svg.text(layout.modelLeft, baseline(TimelineLayout.FONT), model);
    right(layout.usersRight, Integer.toString(batch.getGrantsCount()));
    bar("upload", Palette.UPLOAD, times.upload());
    bar("load", Palette.LOAD, times.load());
    bar("compute", Palette.COMPUTE, times.compute());
    durations();
    right(layout.loadedRight, Unit.bytes(batch.getLoadBytes()));
    right(layout.blocksRight, Integer.toString(batch.getLoadBlockIdsCount()));
    right(layout.reusedRight, Unit.bytes(batch.getReusedBytes()));
    if (mostBytes > 0) {
      bytes(TimelineLayout.BYTES_BAR_WIDTH / mostBytes);
    }
    shares();
    svg.close();
  }

  private void bar(String what, String colour, BatchTimes.Step step) {
    if (step.end() > step.begin()) {
      String title = what + " " + Unit.time(step.duration()) + ", until " + Unit.time(step.end());
      double x = layout.x(step.begin());
      double width = layout.x(step.end()) - x;
      double height = layout.barHeight;
      svg.rectWithTitle(title, x, barTop(), width, height, "class", what, "fill", colour);
    }
  }

  /** The three durations beside the bars, where there is room. */
  private void durations() {
    String text = durationsText();
    double width = Lettering.room(text, TimelineLayout.SMALL_FONT) + 2 * LABEL_GAP;
    double from = layout.x(times.start());
    double to = layout.x(times.end());
    boolean fitsBefore = from - width >= layout.plotLeft;
    // Rather not across the end of the plan, where another colour begins.
    double end = fitsBefore ? layout.planRight() : layout.plotRight;
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
    Unit unit = Unit.within(times.longest());
    return "%s + %s + %s %s"
        .formatted(
            unit.number(times.upload().duration()),
            unit.number(times.load().duration()),
            unit.number(times.compute().duration()),
            unit.symbol());
  }

  private void bytes(double width) {
    double loaded = Unit.unsigned(batch.getLoadBytes()) * width;
    double reused = Unit.unsigned(batch.getReusedBytes()) * width;
    block("loaded", layout.bytesBarLeft, loaded, Palette.LOAD);
    block("reused", layout.bytesBarLeft + loaded, reused, Palette.REUSED);
  }

  private void block(String what, double x, double width, String colour) {
    if (width > 0) {
      svg.rect(x, barTop(), width, layout.barHeight, "class", what, "fill", colour);
    }
  }

  /** The band as a strip, divided among the users from left to right; what is left stays empty. */
  private void shares() {
    double left = layout.sharesLeft;
    double width = TimelineLayout.SHARES_WIDTH;
    double height = layout.barHeight;
    double from = left;
    int drawn = 0;
    for (BandwidthGrant grant : batch.getGrantsList()) {
      double to = Math.min(left + width, from + grant.getBandwidthFraction() * width);
      // A share below 0, or that is not a number, takes no room.
      if (to > from) {
        share(grant, from, to - from, Palette.SHARES[drawn++ % 2]);
        from = to;
      }
    }
    Object[] edge = {"fill", "none", "stroke", Palette.SHARES_EDGE, "stroke-width", 1};
    svg.rect(left, barTop(), width, height, edge);
  }

  private void share(BandwidthGrant grant, double x, double width, String colour) {
    double height = layout.barHeight;
    String title = description(grant);
    svg.rectWithTitle(title, x, barTop(), width, height, "class", "share", "fill", colour);
    String label = label(grant, width - 2 * SHARE_PADDING);
    if (!label.isEmpty()) {
      double font = TimelineLayout.SMALL_FONT;
      double y = barTop() + height / 2 + TimelineLayout.CENTRED * font;
      svg.text(x + SHARE_PADDING, y, label, "font-size", font, "pointer-events", "none");
    }
  }

  /** Name and percentage, the name alone, or nothing. */
  private static String label(BandwidthGrant grant, double room) {
    double font = TimelineLayout.SMALL_FONT;
    String user = grant.getUserId();
    String both = user + " " + Math.round(100 * grant.getBandwidthFraction()) + "%";
    if (Lettering.room(both, font) <= room) {
      return both;
    }
    return Lettering.room(user, font) <= room || room >= MIN_CLIPPED_WIDTH
        ? Lettering.clipped(user, font, room)
        : "";
  }

  private static String description(BandwidthGrant grant) {
    String prbs = grant.getPrbCount() == 0 ? "" : ", " + grant.getPrbCount() + " PRBs";
    return "%s: %s%% of the band%s, %s"
        .formatted(
            grant.getUserId(),
            Unit.shortNumber(100 * grant.getBandwidthFraction()),
            prbs,
            Unit.prefixed(grant.getUploadRateBps(), 2, "bit/s"));
  }

  private String description() {
    return "batch %s, %s: starts at %s, may slip to %s; upload %s, load %s, compute %s; loads %s, reuses %s"
        .formatted(
            number,
            batch.getModelId(),
            Unit.time(times.start()),
            Unit.time(times.latestStart()),
            Unit.time(times.upload().duration()),
            Unit.time(times.load().duration()),
            Unit.time(times.compute().duration()),
            Unit.bytes(batch.getLoadBytes()),
            Unit.bytes(batch.getReusedBytes()));
  }

  private void right(double x, String text) {
    svg.text(x, baseline(TimelineLayout.FONT), text, "text-anchor", "end");
  }

  private double barTop() {
    return top + (layout.rowHeight - layout.barHeight) / 2;
  }

  private double baseline(double fontSize) {
    return top + layout.rowHeight / 2 + TimelineLayout.CENTRED * fontSize;
  }

  /** The size of a batch's model as the batch states it. */
  static double bytes(Batch batch) {
    return Unit.unsigned(batch.getLoadBytes()) + Unit.unsigned(batch.getReusedBytes());
  }
}
