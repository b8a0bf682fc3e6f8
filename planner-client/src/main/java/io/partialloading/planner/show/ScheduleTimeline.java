// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Lettering;
import io.partialloading.planner.chart.Svg;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A schedule as a Gantt chart: a row for each batch with its upload, load and compute over time,
 * what it loads and reuses, and its users' shares of the band. Bars are as long as what they stand
 * for, however short; what is too small to be labelled has a tooltip.
 */
public final class ScheduleTimeline {
  private static final double TITLE_FONT = 16;
  private static final double TITLE_BASELINE = 34;
  private static final double LINE_HEIGHT = 18;
  private static final double LEGEND_HEIGHT = 26;
  private static final double LEGEND_GAP = 16;
  private static final double SWATCH = 11;
  private static final double SWATCH_GAP = 6;
  private static final double ENTRY_GAP = 18;

  private static final String[][] LEGEND = {
    {"upload", Palette.UPLOAD},
    {"load", Palette.LOAD},
    {"compute", Palette.COMPUTE},
    {"reused: on the GPU already", Palette.REUSED},
    {"to spare", Palette.SPARE},
  };

  private static final String SEPARATOR = " · ";
  private static final String DURATIONS = "beside the bars: upload + load + compute";

  private final String title;
  private final List<String> phrases;
  private final List<Batch> batches;
  private final PlanTimes times;
  private final TimelineLayout layout;

  private ScheduleTimeline(String title, PlanRequest request, PlanResponse response) {
    this.title = title;
    this.phrases = new PlanFacts(request, response).phrases();
    this.batches = response.getSchedule().getBatchesList();
    this.times = PlanTimes.of(request, response);
    this.layout = new TimelineLayout(batches, times);
  }

  /**
   * Draws a plan. Any answer is drawn as it is stated; a planner's answers fit within the budget.
   * Takes time and space proportional to the number of batches and users.
   *
   * @param title above the drawing, cut off where it is too long
   * @param request what was planned: its budget, number of users and PRBs are shown
   * @param response the plan
   * @return an SVG document that refers to nothing outside it
   */
  public static String svg(String title, PlanRequest request, PlanResponse response) {
    return new ScheduleTimeline(title, request, response).draw();
  }

  private String draw() {
    double inner = layout.width - 2 * TimelineLayout.MARGIN;
    List<String> lines = lines(inner);
    double legend = TITLE_BASELINE + lines.size() * LINE_HEIGHT + LEGEND_HEIGHT;
    TimelineFrame frame = new TimelineFrame(layout, times, legend + LEGEND_GAP);

    Svg svg = new Svg(layout.width, frame.bottom(), title);
    svg.open("font-size", TimelineLayout.FONT, "fill", Palette.TEXT);
    heading(svg, lines, inner);
    legend(svg, legend);
    frame.draw(svg);
    rows(svg, frame.firstRow());
    return svg.close().document();
  }

  /** The phrases in lines of at most this width. */
  private List<String> lines(double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String phrase : phrases) {
      String longer = line.isEmpty() ? phrase : line + SEPARATOR + phrase;
      if (!line.isEmpty() && Lettering.room(longer, TimelineLayout.FONT) > width) {
        lines.add(line);
        longer = phrase;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  private void heading(Svg svg, List<String> lines, double width) {
    String clipped = Lettering.clipped(title, TITLE_FONT * Lettering.BOLD, width);
    Object[] style = {"font-size", TITLE_FONT, "font-weight", "bold"};
    svg.text(TimelineLayout.MARGIN, TITLE_BASELINE, clipped, style);
    double y = TITLE_BASELINE;
    for (String line : lines) {
      y += LINE_HEIGHT;
      svg.text(TimelineLayout.MARGIN, y, line);
    }
  }

  private static void legend(Svg svg, double baseline) {
    double x = TimelineLayout.MARGIN;
    for (String[] entry : LEGEND) {
      svg.rect(x, baseline - SWATCH + 1, SWATCH, SWATCH, "fill", entry[1]);
      x += SWATCH + SWATCH_GAP;
      svg.text(x, baseline, entry[0]);
      x += Lettering.room(entry[0], TimelineLayout.FONT) + ENTRY_GAP;
    }
    svg.text(x, baseline, DURATIONS, "fill", Palette.FAINT_TEXT);
  }

  private void rows(Svg svg, double top) {
    if (batches.isEmpty()) {
      double y = top + layout.rowHeight / 2 + TimelineLayout.CENTRED * TimelineLayout.FONT;
      svg.text(layout.modelLeft, y, "no batches", "fill", Palette.FAINT_TEXT);
    }
    double mostBytes = batches.stream().mapToDouble(TimelineRow::bytes).max().orElse(0);
    for (int i = 0; i < batches.size(); i++) {
      double rowTop = top + i * layout.rowHeight;
      new TimelineRow(layout, svg, i + 1, batches.get(i), times.batches().get(i), rowTop)
          .draw(mostBytes);
    }
  }
}
