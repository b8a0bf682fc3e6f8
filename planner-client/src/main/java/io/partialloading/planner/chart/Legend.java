// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The names of series beside samples of their lines: downwards, then to the right, in as many
 * columns as fit.
 */
final class Legend {
  private static final double SAMPLE = 28;
  private static final double GAP = 6;
  private static final double BETWEEN = 14;
  private static final double ROW = 18;
  private static final int MOST_COLUMNS = 3;

  private final List<LineChart.Series> entries;
  private final int rows;
  private final List<Double> columnWidths;

  /**
   * Lays out a legend.
   *
   * @param entries the series, in this order
   * @param width the room there is
   */
  Legend(List<LineChart.Series> entries, double width) {
    this.entries = entries;
    int columns = MOST_COLUMNS;
    while (columns > 1 && total(columnWidths(entries, rows(entries, columns))) > width) {
      columns--;
    }
    rows = rows(entries, columns);
    columnWidths = columns > 1 ? columnWidths(entries, rows) : List.of(width + BETWEEN);
  }

  private static int rows(List<LineChart.Series> entries, int columns) {
    return (entries.size() + columns - 1) / columns;
  }

  private static List<Double> columnWidths(List<LineChart.Series> entries, int rows) {
    List<Double> widths = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += rows) {
      double names =
          entries.subList(from, Math.min(from + rows, entries.size())).stream()
              .mapToDouble(entry -> Lettering.room(entry.name(), Lettering.SMALL))
              .max()
              .orElse(0);
      widths.add(SAMPLE + GAP + names + BETWEEN);
    }
    return widths;
  }

  private static double total(List<Double> columnWidths) {
    return columnWidths.stream().mapToDouble(Double::doubleValue).sum() - BETWEEN;
  }

  double height() {
    return rows * ROW;
  }

  /** Draws it with its left upper corner at a point. */
  void draw(Svg svg, double left, double top) {
    double x = left;
    for (int column = 0; column < columnWidths.size(); column++) {
      double width = columnWidths.get(column);
      int end = Math.min((column + 1) * rows, entries.size());
      for (int i = column * rows; i < end; i++) {
        entry(svg, entries.get(i), x, top + (i - column * rows + 0.5) * ROW, width);
      }
      x += width;
    }
  }

  private static void entry(
      Svg svg, LineChart.Series entry, double x, double y, double columnWidth) {
    SeriesStyle.of(entry.style()).sample(svg, x, x + SAMPLE, y);
    double room = columnWidth - SAMPLE - GAP - BETWEEN;
    svg.text(
        x + SAMPLE + GAP,
        y + 0.35 * Lettering.SMALL,
        Lettering.clipped(entry.name(), Lettering.SMALL, room),
        Lettering.SMALL_STYLE);
  }
}
