// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/** The report's numbers as GitHub Markdown, to be taken over into documents. */
final class ReportText {
  private final Results results;
  private final ReportTables tables;
  private final StringBuilder text = new StringBuilder();

  private ReportText(Results results) {
    this.results = results;
    tables = new ReportTables(results);
  }

  /** The finished text. */
  static String of(Results results) {
    ReportText report = new ReportText(results);
    report.headlines();
    report.figures();
    report.claims();
    report.heading(2, "Checks");
    report.table(report.tables.checks());
    report.run();
    return report.text.toString();
  }

  private void headlines() {
    text.append("# Evaluation\n\n");
    for (Headline headline : Headline.of(results)) {
      text.append(
          "* **%s** %s\n".formatted(escaped(headline.number()), escaped(headline.meaning())));
    }
  }

  private void figures() {
    for (FigureGroup group : FigureGroup.of(results.figures())) {
      heading(2, group.title());
      group.figures().forEach(this::figure);
    }
  }

  private void figure(Figure figure) {
    heading(3, figure.numberedTitle());
    paragraph(figure.question());
    paragraph(Findings.of(results, figure));
    table(tables.served(figure));
    if (figure.isTimed()) {
      table(tables.times(figure));
    }
  }

  private void claims() {
    Table claims = tables.claims();
    if (!claims.rows().isEmpty()) {
      heading(2, "Beside the paper");
      table(claims);
      paragraph(
          "The paper leaves open whether its percentages are points or relative; points fit its other"
              + " numbers.");
    }
  }

  private void run() {
    heading(2, "The run");
    text.append('\n');
    tables
        .run()
        .forEach(
            (name, value) -> text.append("* %s: %s\n".formatted(escaped(name), escaped(value))));
    text.append("\n```sh\n").append(results.command()).append("\n```\n");
  }

  private void heading(int level, String heading) {
    paragraph("#".repeat(level) + " ", heading);
  }

  private void paragraph(String paragraph) {
    paragraph("", paragraph);
  }

  private void paragraph(String mark, String paragraph) {
    text.append('\n').append(mark).append(escaped(paragraph)).append('\n');
  }

  private void table(Table table) {
    paragraph(table.caption() + ":");
    text.append('\n').append(table.markdown());
  }

  private static String escaped(String plain) {
    return Table.escapedMarkdown(plain);
  }
}
