// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.chart.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes what came out of an evaluation for people: charts, a page, and tables. */
public final class Report {
  private Report() {}

  /**
   * Writes {@code figures/ID.svg} for each figure with a chart, with that of its planning times in
   * {@code figures/ID-time.svg}; {@code report.html}, which refers to nothing outside; and {@code
   * report.md}. Files that are there are overwritten.
   *
   * @param folder where to; made if it is not there
   * @throws IOException if a file cannot be written
   */
  public static void write(Results results, Path folder) throws IOException {
    Path figures = Files.createDirectories(folder.resolve("figures"));
    FigureCharts charts = new FigureCharts(results);
    for (Figure figure : results.figures()) {
      for (Map.Entry<String, LineChart> chart : charts.of(figure).entrySet()) {
        Files.writeString(figures.resolve(chart.getKey() + ".svg"), chart.getValue().svg());
      }
    }
    Files.writeString(folder.resolve("report.html"), new ReportPage(results).html());
    Files.writeString(folder.resolve("report.md"), ReportText.of(results));
  }
}
