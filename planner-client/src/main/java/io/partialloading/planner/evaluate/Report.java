// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.draw.Chart;
import io.partialloading.planner.draw.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writes what came out of an evaluation for people: charts, a page, and tables. */
public final class Report {
  private Report() {}

  /**
   * Writes {@code figures/ID.svg} and {@code figures/ID.png} for each figure, with those of its
   * planning times in {@code figures/ID-time.svg} and {@code .png}; {@code report.html}, which
   * refers to nothing outside; and {@code report.md}. Files that are there are overwritten.
   *
   * @param folder where to; made if it is not there
   * @return why there are no PNG, in one line, if there are none
   * @throws IOException if a file cannot be written
   */
  public static Optional<String> write(Results results, Path folder) throws IOException {
    Path figures = Files.createDirectories(folder.resolve("figures"));
    FigureCharts charts = new FigureCharts(results);
    Optional<String> noPng = Optional.empty();
    for (Figure figure : results.figures()) {
      for (Map.Entry<String, Chart> chart : charts.of(figure).entrySet()) {
        String svg = chart.getValue().svg();
        Files.writeString(figures.resolve(chart.getKey() + ".svg"), svg);
        if (noPng.isEmpty()) {
          noPng = writePng(svg, figures.resolve(chart.getKey() + ".png"));
        }
      }
    }
    Files.writeString(folder.resolve("report.html"), new ReportPage(results).html());
    Files.writeString(folder.resolve("report.md"), ReportText.of(results));
    return noPng;
  }

  private static Optional<String> writePng(String svg, Path file) throws IOException {
    try {
      Files.write(file, Png.of(svg));
      return Optional.empty();
    } catch (Png.UnavailableException e) {
      return Optional.of("PNG left out: " + e.getMessage());
    }
  }
}
