// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.partialloading.planner.draw.LineChart;
import io.partialloading.planner.evaluate.Comparison.Claimed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The report as one page of HTML that refers to nothing else. */
final class ReportPage {
  private static final String TEMPLATE = "report.html";
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

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
    contents.put("constants", Html.escaped(results.constants()));
    contents.put("checks", tables.checks().html());
    contents.put("run", run());
    contents.put("command", Html.escaped(results.command()));
    return PLACE.matcher(template()).replaceAll(place -> content(contents, place.group(1)));
  }

  private static String content(Map<String, String> contents, String place) {
    String content = contents.get(place);
    if (content == null) {
      throw new IllegalStateException("nothing to fill in for " + place);
    }
    return Matcher.quoteReplacement(content);
  }

  private static String template() {
    try (InputStream template = ReportPage.class.getResourceAsStream(TEMPLATE)) {
      if (template == null) {
        throw new IllegalStateException(TEMPLATE + " is missing");
      }
      return new String(template.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String headlines() {
    StringBuilder html = new StringBuilder();
    for (Headline headline : Headline.of(results)) {
      html.append("<li><strong>")
          .append(Html.escaped(headline.number()))
          .append("</strong>")
          .append(Html.escaped(headline.meaning()))
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
          .append(Html.escaped(group.name()))
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
          .append(Html.escaped(group.title()))
          .append("</h2>\n<div class=\"figures\">\n");
      group.figures().forEach(figure -> html.append(article(figure)));
      html.append("</div>\n</section>\n");
    }
    return html.toString();
  }

  private String article(Figure figure) {
    StringBuilder html = new StringBuilder("<article>\n<h3>");
    html.append(Html.escaped(FigureCharts.title(figure)))
        .append("</h3>\n<p class=\"soft\">")
        .append(Html.escaped(figure.question()))
        .append("</p>\n");
    Collection<LineChart> drawn = charts.of(figure).values();
    for (LineChart chart : drawn) {
      html.append("<figure>\n").append(chart.untitledSvg()).append("</figure>\n");
    }
    html.append("<p>").append(Html.escaped(Findings.of(results, figure))).append("</p>\n");
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
                    .append(Html.escaped(name))
                    .append("</dt><dd>")
                    .append(Html.escaped(value))
                    .append("</dd>\n"));
    return html.toString();
  }
}
