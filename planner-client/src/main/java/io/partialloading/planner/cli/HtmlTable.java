// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing table whose cells know their columns' heads, so that a style can make cards of rows.
 */
final class HtmlTable {
  private final List<Column> columns = new ArrayList<>();
  private final StringBuilder rows = new StringBuilder();

  private record Column(String head, String attributes) {}

  /** Adds columns of names, or other text. */
  HtmlTable names(String... heads) {
    return add("", heads);
  }

  /** Adds columns of numbers, which end at the right. */
  HtmlTable numbers(String... heads) {
    return add(" class=\"number\"", heads);
  }

  private HtmlTable add(String attributes, String... heads) {
    for (String head : heads) {
      columns.add(new Column(Html.escaped(head), attributes));
    }
    return this;
  }

  /** Adds a row of one cell for each column, in HTML. */
  void row(String... cells) {
    rows.append("<tr>");
    for (int i = 0; i < cells.length; i++) {
      Column column = columns.get(i);
      rows.append("<td%s data-head=\"%s\">".formatted(column.attributes(), column.head()))
          .append("<div>%s</div></td>".formatted(cells[i]));
    }
    rows.append("</tr>\n");
  }

  String html() {
    StringBuilder heads = new StringBuilder();
    for (Column column : columns) {
      heads.append("<th%s>%s</th>".formatted(column.attributes(), column.head()));
    }
    return """
        <table>
        <thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody>
        </table>
        """
        .formatted(heads, rows);
  }
}
