// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static java.util.stream.Collectors.joining;

import io.partialloading.planner.chart.LineChart;
import io.partialloading.planner.chart.Markup;
import io.partialloading.planner.evaluate.Comparison.Claimed;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The report as one page of HTML that refers to nothing else. */
final class ReportPage {
  private final Results results;
  private final FigureCharts charts;
  private final ReportTables tables;

  ReportPage(Results results) {
    this.results = results;
    charts = new FigureCharts(results);
    tables = new ReportTables(results);
  }

  /** The finished page. */
  String html() {
    Map<String, String> contents = new HashMap<>();
    contents.put("headlines", headlines());
    contents.put("sections", sections());
    contents.put("figures", figures());
    contents.put("claims", claims());
    contents.put("tolerance", Numbers.given(Claimed.TOLERANCE));
    contents.put("constants", Markup.escaped(results.constants()));
    contents.put("checks", tables.checks().html());
    contents.put("run", run());
    contents.put("command", Markup.escaped(results.command()));
    return Markup.filled(ReportPage.class, "report.html", contents);
  }

  private String headlines() {
    return Headline.of(results).stream()
        .map(
            headline ->
                filled("<li><strong>%s</strong>%s</li>\n", headline.number(), headline.meaning()))
        .collect(joining());
  }

  private String sections() {
    return FigureGroup.of(results.figures()).stream()
        .map(group -> filled("<a href=\"#%s\">%s</a>\n", group.id(), group.name()))
        .collect(joining());
  }

  private String figures() {
    StringBuilder html = new StringBuilder();
    for (FigureGroup group : FigureGroup.of(results.figures())) {
      html.append(filled("<section aria-labelledby=\"%s\">\n", group.id()));
      html.append(filled("<h2 id=\"%s\">%s</h2>\n", group.id(), group.title()));
      html.append("<div class=\"figures\">\n");
      group.figures().forEach(figure -> html.append(article(figure)));
      html.append("</div>\n</section>\n");
    }
    return html.toString();
  }

  private String article(Figure figure) {
    StringBuilder html = new StringBuilder("<article>\n");
    html.append(filled("<h3>%s</h3>\n", figure.numberedTitle()));
    html.append(filled("<p class=\"soft\">%s</p>\n", figure.question()));
    Collection<LineChart> drawn = charts.of(figure).values();
    for (LineChart chart : drawn) {
      html.append("<figure>\n").append(chart.untitledSvg()).append("</figure>\n");
    }
    html.append(filled("<p>%s</p>\n", Findings.of(results, figure)));
    // What a chart shows is folded away; without one the tables are what there is to see.
    html.append(drawn.isEmpty() ? "" : "<details><summary>Numbers</summary>\n");
    html.append(tables.served(figure).html());
    if (figure.isTimed()) {
      html.append(tables.times(figure).html());
    }
    return html.append(drawn.isEmpty() ? "" : "</details>\n").append("</article>\n").toString();
  }

  private String claims() {
    Table claims = tables.claims();
    return claims.rows().isEmpty()
        ? "<p>The figures of this run have no such statement.</p>\n"
        : claims.html();
  }

  private String run() {
    return tables.run().entrySet().stream()
        .map(entry -> filled("<dt>%s</dt><dd>%s</dd>\n", entry.getKey(), entry.getValue()))
        .collect(joining());
  }

  /** Markup with texts in its places. */
  private static String filled(String markup, String... texts) {
    return markup.formatted(Stream.of(texts).map(Markup::escaped).toArray());
  }
}
