// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.chart.LineChart;
import io.partialloading.planner.chart.Markup;
import io.partialloading.planner.evaluate.Comparison.Claimed;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

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
    StringBuilder html = new StringBuilder();
    for (Headline headline : Headline.of(results)) {
      html.append("<li><strong>")
          .append(Markup.escaped(headline.number()))
          .append("</strong>")
          .append(Markup.escaped(headline.meaning()))
          .append("</li>\n");
    }
    return html.toString();
  }

  private String sections() {
    StringBuilder html = new StringBuilder();
    for (FigureGroup group : FigureGroup.of(results.figures())) {
      html.append("<a href=\"#")
          .append(group.id())
          .append("\">")
          .append(Markup.escaped(group.name()))
          .append("</a>\n");
    }
    return html.toString();
  }

  private String figures() {
    StringBuilder html = new StringBuilder();
    for (FigureGroup group : FigureGroup.of(results.figures())) {
      html.append("<section aria-labelledby=\"")
          .append(group.id())
          .append("\">\n<h2 id=\"")
          .append(group.id())
          .append("\">")
          .append(Markup.escaped(group.title()))
          .append("</h2>\n<div class=\"figures\">\n");
      group.figures().forEach(figure -> html.append(article(figure)));
      html.append("</div>\n</section>\n");
    }
    return html.toString();
  }

  private String article(Figure figure) {
    StringBuilder html = new StringBuilder("<article>\n<h3>");
    html.append(Markup.escaped(FigureCharts.title(figure)))
        .append("</h3>\n<p class=\"soft\">")
        .append(Markup.escaped(figure.question()))
        .append("</p>\n");
    Collection<LineChart> drawn = charts.of(figure).values();
    for (LineChart chart : drawn) {
      html.append("<figure>\n").append(chart.untitledSvg()).append("</figure>\n");
    }
    html.append("<p>").append(Markup.escaped(Findings.of(results, figure))).append("</p>\n");
    // What a chart shows is folded away; without one the tables are what there is to see.
    html.append(drawn.isEmpty() ? "" : "<details><summary>Numbers</summary>\n");
    html.append(tables.served(figure).html());
    if (ReportTables.isTimed(figure)) {
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
    StringBuilder html = new StringBuilder();
    tables
        .run()
        .forEach(
            (name, value) ->
                html.append("<dt>")
                    .append(Markup.escaped(name))
                    .append("</dt><dd>")
                    .append(Markup.escaped(value))
                    .append("</dd>\n"));
    return html.toString();
  }
}
