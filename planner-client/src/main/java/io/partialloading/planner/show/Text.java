// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Markup;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A growing text of limited width. */
public final class Text {
  /** Columns that lines stay within, and those of a terminal that does not say how many it has. */
  public static final int WIDTH = 110;

  private final StringBuilder text = new StringBuilder();

  /** Ends a line; trailing blanks are dropped. */
  public Text line(String line) {
    text.append(line.stripTrailing()).append('\n');
    return this;
  }

  /**
   * A comma-separated list, broken between its items where it would exceed the width; later lines
   * are indented to where the items begin.
   */
  public Text list(String head, List<String> items) {
    String indent = " ".repeat(head.length());
    StringBuilder line = new StringBuilder(head);
    for (int i = 0; i < items.size(); i++) {
      String item = i + 1 < items.size() ? items.get(i) + "," : items.get(i);
      boolean first = line.length() == head.length();
      if (!first && line.length() + 1 + item.length() > WIDTH) {
        line(line.toString());
        line = new StringBuilder(indent);
        first = true;
      }
      line.append(first ? "" : " ").append(item);
    }
    return line(line.toString());
  }

  /**
   * Rows of cells in columns, numbers to the right.
   *
   * @param rows the rows, the first of them the heads; all of one length
   * @param leftColumns the columns that are names
   */
  public Text table(List<String[]> rows, Integer... leftColumns) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.length; column++) {
        String padding = " ".repeat(widths[column] - row[column].length());
        boolean isName = List.of(leftColumns).contains(column);
        line.append("  ").append(isName ? row[column] + padding : padding + row[column]);
      }
      line(line.toString());
    }
    return this;
  }

  /** The columns of a terminal that states them like this; {@link #WIDTH} where it does not. */
  public static int columns(@Nullable String stated) {
    return stated != null && stated.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(stated) : WIDTH;
  }

  /** A text from a request without characters that would upset a terminal or mislead a reader. */
  public static String printable(String text) {
    return Markup.visible(text);
  }

  /** At most so many characters, with two dots for what is cut off. */
  public static String clipped(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 2) + "..";
  }

  /** The name of a constant of the contract without its prefix, such as {@code bottom-layer}. */
  public static String bareName(Enum<?> constant, String prefix) {
    String name = constant.name();
    String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return bare.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
