// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.chart.Markup;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the report, written as HTML and as Markdown alike.
 *
 * @param caption what it shows
 * @param names number of columns, from the left, that are words; the others are numbers
 * @param heads heads of the columns
 * @param rows its rows
 */
record Table(String caption, int names, List<String> heads, List<Row> rows) {
  Table {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() != heads.size()) {
        throw new IllegalArgumentException(row.cells().size() + " cells below " + heads.size());
      }
    }
  }

  /**
   * A row.
   *
   * @param marked whether it is to stand out
   */
  record Row(boolean marked, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    static Row of(List<String> cells) {
      return new Row(false, cells);
    }
  }

  /** As HTML, the caption included. */
  String html() {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n");
    html.append("<caption>%s</caption>\n<thead><tr>".formatted(Markup.escaped(caption)));
    for (int column = 0; column < heads.size(); column++) {
      html.append(cell("th", " scope=\"col\"", column, heads));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Row row : rows) {
      html.append(row.marked() ? "<tr class=\"marked\">" : "<tr>");
      html.append(cell("th", " scope=\"row\"", 0, row.cells()));
      for (int column = 1; column < heads.size(); column++) {
        html.append(cell("td", "", column, row.cells()));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table></div>\n").toString();
  }

  private String cell(String tag, String scope, int column, List<String> texts) {
    String kind = column < names ? " class=\"name\"" : "";
    String text = Markup.escaped(texts.get(column));
    return "<%s%s%s>%s</%s>".formatted(tag, scope, kind, text, tag);
  }

  /** As GitHub Markdown, without the caption. */
  String markdown() {
    StringBuilder markdown = new StringBuilder(line(heads));
    for (int column = 0; column < heads.size(); column++) {
      markdown.append(column < names ? "|---" : "|---:");
    }
    markdown.append("|\n");
    rows.forEach(row -> markdown.append(line(row.cells())));
    return markdown.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(Table::escapedMarkdown)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** A text in GitHub Markdown, in one line and shown as it is: also in cells of tables. */
  static String escapedMarkdown(String text) {
    return text.replaceAll("\\s+", " ").strip().replaceAll("([\\\\`*_\\[\\]<>|&#])", "\\\\$1");
  }
}
