// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.evaluate.MadeUpResults.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.chart.LineChart;
import io.partialloading.planner.chart.Markup;
import io.partialloading.planner.evaluate.Figure.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Results RESULTS = MadeUpResults.all();

  @TempDir Path folder;

  @Test
  void report_hasAllItsFiles() throws Exception {
    Report.write(RESULTS, folder);
    for (Figure figure : RESULTS.figures()) {
      assertEquals(
          figure.scale() != Scale.NONE,
          Files.exists(folder.resolve("figures/" + figure.id() + ".svg")),
          figure.id());
    }
    assertTrue(Files.exists(folder.resolve("figures/slots-time.svg")));
    assertFalse(Files.exists(folder.resolve("figures/6a-time.svg")));
    assertTrue(Files.exists(folder.resolve("report.html")));
    assertTrue(Files.exists(folder.resolve("report.md")));
  }

  @Test
  void page_refersToNothingOutside() {
    String html = new ReportPage(RESULTS).html();
    // The name of SVG's namespace is not fetched.
    String rest = html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assertFalse(
        Pattern.compile("https?:|//|url\\(|@import|<script|<link|src=").matcher(rest).find());
    assertFalse(Pattern.compile("href=\"[^#]").matcher(rest).find());
    assertFalse(html.contains("{{"));
  }

  @Test
  void page_hasEveryFigureWithItsQuestionAndWhatCameOut() {
    String html = new ReportPage(RESULTS).html();
    for (Figure figure : RESULTS.figures()) {
      assertTrue(html.contains(Markup.escaped(figure.numberedTitle()) + "</h3>"), figure.id());
      assertTrue(html.contains(Markup.escaped(figure.question())), figure.id());
      assertTrue(html.contains(Markup.escaped(Findings.of(RESULTS, figure))), figure.id());
    }
    // A chart for each figure but 9a, and one of times for the timed sweep.
    assertEquals(RESULTS.figures().size(), html.split("<svg ", -1).length - 1);
  }

  @Test
  void page_showsTheTablesOfAFigureWithoutAChart() {
    for (String article : new ReportPage(RESULTS).html().split("<article>", -1)) {
      boolean isDrawn = article.contains("<svg ");
      if (article.contains("<h3>")) {
        assertEquals(!isDrawn, article.contains("<h3>Figure 9a"));
        assertEquals(isDrawn, article.contains("<summary>Numbers"), article);
        assertTrue(article.contains("<caption>Users served"), article);
      }
    }
  }

  @Test
  void page_saysHowItWasMeasured() {
    String html = new ReportPage(RESULTS).html();
    assertTrue(html.contains(RESULTS.command()));
    assertTrue(html.contains(RESULTS.machine()));
    assertTrue(html.contains("bottom-layer.load-bytes-per-second = 2.5e9"));
    assertTrue(html.contains("47 min 0 s"));
    assertTrue(html.contains("231,400"));
  }

  @Test
  void linksWithinThePage_leadSomewhere() {
    String html = new ReportPage(RESULTS).html();
    Pattern.compile("(?:href=\"#|aria-labelledby=\")([^\"]+)")
        .matcher(html)
        .results()
        .forEach(link -> assertTrue(html.contains("id=\"" + link.group(1) + "\""), link.group()));
  }

  @Test
  void hostileTexts_areText() throws Exception {
    String hostile = "{{run}} <b>|`*_[x](y)$1\\ &amp; \"'";
    Curve curve = MadeUpResults.curve("evil", hostile);
    Figure figure =
        new Figure(
            "evil",
            hostile,
            hostile,
            hostile,
            Scale.LINEAR,
            List.of(MadeUpResults.setting("one", 1, true)),
            List.of(curve),
            List.of());
    Results results = MadeUpResults.of(figure, Map.of("one", Map.of("evil", sample(0.5, 0.01, 3))));
    Report.write(results, folder);

    String html = Files.readString(folder.resolve("report.html"));
    assertFalse(html.contains("<b>"));
    assertTrue(html.contains("{{run}} &lt;b&gt;|`*_[x](y)$1\\ &amp;amp; &quot;&#39;</h3>"));
    String markdown = Files.readString(folder.resolve("report.md"));
    assertTrue(markdown.contains("{{run}} \\<b\\>\\|\\`\\*\\_\\[x\\](y)$1\\\\ \\&amp; \"'\n"));
  }

  @Test
  void headlines_compareOverThePapersSweeps() {
    List<Headline> headlines = Headline.of(RESULTS);
    assertEquals(5, headlines.size());
    // 6a, 6b, 6c and 6d have 21 settings; those of 8a are those of 6a.
    assertTrue(headlines.get(0).meaning().endsWith("sharing; mean over 21 settings"));
    assertTrue(headlines.get(2).meaning().endsWith("mean over 42 settings"));
    assertEquals("0", headlines.get(4).number());
  }

  @Test
  void headlinesWithoutTheirFigures_areLeftOut() {
    Figure slots =
        RESULTS.figures().stream().filter(f -> f.id().equals("slots")).findFirst().orElseThrow();
    Results results = MadeUpResults.of(slots, RESULTS.samples());
    assertEquals(
        List.of("100.0 %", "0"), Headline.of(results).stream().map(Headline::number).toList());
    assertFalse(ReportText.of(results).contains("Beside the paper"));
  }

  @Test
  void bound_isDrawnWhereItCanBeSeen() {
    assertTrue(bound("hard"));
    assertFalse(bound("6a"));
  }

  private static boolean bound(String id) {
    Figure figure =
        RESULTS.figures().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
    return Objects.requireNonNull(new FigureCharts(RESULTS).of(figure).get(id)).series().stream()
        .anyMatch(series -> series.style() == LineChart.BOUND);
  }

  @Test
  void tables_haveAColumnForEachCurveAndARowForEachSetting() {
    Figure figure = RESULTS.figures().get(0);
    Table table = new ReportTables(RESULTS).served(figure);
    assertEquals(6, table.rows().size());
    assertEquals(
        List.of(
            "Bandwidth (MHz)",
            "Adaptive (this planner)",
            "PartialLoading Spec",
            "PartialLoading Gen",
            "Maximum Overlap",
            "Independent Loading",
            "Upper bound",
            "Proven optimal",
            "Realisations"),
        table.heads());
    Sample first = RESULTS.sample(figure.settings().get(0), figure.curves().get(1));
    assertEquals(Numbers.percent(first), table.rows().get(0).cells().get(2));
  }

  @Test
  void times_areGivenBesideThoseOfTheFirstCurve() {
    Figure figure =
        RESULTS.figures().stream().filter(f -> f.id().equals("9a")).findFirst().orElseThrow();
    Table table = new ReportTables(RESULTS).times(figure);
    assertEquals(
        List.of("20", "Exhaustive search: orders and counts", "2.1 s", "2.31 s", "24,800"),
        table.rows().get(3).cells());
  }

  @Test
  void singleRealisation_hasNoInterval() {
    Figure figure = RESULTS.figures().get(0);
    Setting setting = MadeUpResults.setting("one", 1, false);
    Figure single =
        new Figure(
            "6a",
            "t",
            "q",
            figure.axis(),
            Scale.LINEAR,
            List.of(setting),
            List.of(MadeUpResults.ADAPTIVE),
            List.of());
    Sample sample = new Sample(1, 80, 70, 0.875, Double.NaN, 1, 0, 5, 5);
    Results results = MadeUpResults.of(single, Map.of("one", Map.of("adaptive", sample)));
    String html = new ReportPage(results).html();
    assertFalse(html.contains("NaN"));
    assertFalse(html.contains("±"));
  }
}
