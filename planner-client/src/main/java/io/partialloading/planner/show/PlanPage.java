// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Markup;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A plan as a page that needs nothing besides itself: the drawing, a table of its batches and the
 * users left out. On narrow screens rows become cards, and the drawing scrolls.
 *
 * @param title of the page, which anybody may have written
 * @param request what was planned
 * @param response the plan
 */
public record PlanPage(String title, PlanRequest request, PlanResponse response) {
  /** A blank at which no line ends. */
  private static final String NO_BREAK = "\u00a0";

  /** The whole document. */
  public String html() {
    // Names are escaped. Should one not be, the page's policy lets it neither run nor load
    // anything.
    return Markup.filled(
        PlanPage.class,
        "plan.html",
        Map.of(
            "title", escaped(title),
            "heading", name(title),
            "facts", facts(),
            "drawing", ScheduleTimeline.svg(title, request, response),
            "batches", batches(),
            "unserved", unserved()));
  }

  private String facts() {
    return new PlanFacts(request, response)
        .facts().stream()
            .map(fact -> "<dt>%s</dt><dd>%s</dd>\n".formatted(fact.name(), escaped(fact.value())))
            .collect(Collectors.joining());
  }

  private String batches() {
    PlanTimes times = PlanTimes.of(request, response);
    Unit unit = Unit.ofColumn(times.budget());
    String symbol = " " + unit.asciiSymbol();
    BlockNames names = new BlockNames(request.getBlockLibrary());
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "batch",
          "model",
          "start" + symbol,
          "upload" + symbol,
          "load" + symbol,
          "compute" + symbol,
          "latest start" + symbol,
          "loaded MB",
          "reused MB",
          "shares of the band",
          "loads",
          "reuses"
        });
    for (BatchTimes at : times.batches()) {
      Batch batch = response.getSchedule().getBatches(rows.size() - 1);
      rows.add(
          new String[] {
            Integer.toString(rows.size()),
            name(batch.getModelId()),
            unit.column(at.start()),
            unit.column(at.upload().duration()),
            unit.column(at.load().duration()),
            unit.column(at.compute().duration()),
            unit.column(at.latestStart()),
            Unit.megabytes(batch.getLoadBytes()),
            Unit.megabytes(batch.getReusedBytes()),
            names(
                batch.getGrantsList().stream()
                    .map(grant -> PlanTable.share(grant, NO_BREAK))
                    .toList()),
            names(names.loaded(batch)),
            names(names.reused(batch))
          });
    }
    return section("Batches", rows, 1, 9, 10, 11);
  }

  private String unserved() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"user", "why", "budget too short by"});
    for (UnservedUser user : response.getUnservedUsersList()) {
      rows.add(
          new String[] {
            name(user.getUserId()),
            PlanFacts.Reason.of(user.getReason()).why(),
            user.hasShortfall() ? Unit.text(Unit.nanoseconds(user.getShortfall())) : ""
          });
    }
    return section("Left out", rows, 0, 1);
  }

  /**
   * A table below a heading; nothing for one without rows. Cells know their columns' heads, so that
   * a style can make cards of rows.
   *
   * @param rows the heads in text, and then the rows in HTML
   * @param nameColumns the columns that are not numbers
   */
  private static String section(String heading, List<String[]> rows, Integer... nameColumns) {
    if (rows.size() == 1) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>" + heading + "</h2>\n<table>\n");
    for (int r = 0; r < rows.size(); r++) {
      String[] row = rows.get(r);
      boolean isHead = r == 0;
      html.append(isHead ? "<thead><tr>" : "<tr>");
      for (int i = 0; i < row.length; i++) {
        String kind = List.of(nameColumns).contains(i) ? "" : " class=\"number\"";
        html.append(
            isHead
                ? "<th%s>%s</th>".formatted(kind, row[i])
                : "<td%s data-head=\"%s\"><div>%s</div></td>"
                    .formatted(kind, rows.get(0)[i], row[i]));
      }
      html.append(isHead ? "</tr></thead>\n<tbody>\n" : "</tr>\n");
    }
    return html.append("</tbody>\n</table>\n</section>\n").toString();
  }

  private static String escaped(String text) {
    return Markup.escaped(Text.printable(text));
  }

  /** A name, set apart so that one written from right to left leaves its surroundings in order. */
  private static String name(String name) {
    return "<bdi>" + escaped(name) + "</bdi>";
  }

  /** Names with commas between them, which stay on the lines of the names before them. */
  private static String names(List<String> names) {
    int last = names.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(i -> name(i < last ? names.get(i) + "," : names.get(i)))
        .collect(Collectors.joining(" "));
  }
}
