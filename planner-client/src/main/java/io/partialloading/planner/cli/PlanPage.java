// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.draw.ScheduleTimeline;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A plan as a page that needs nothing besides itself: the drawing, a table of its batches and the
 * users left out. On narrow screens rows become cards, and the drawing scrolls.
 */
final class PlanPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #333; --faint: #5c5c5c; --line: #ddd; --ground: #fff; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #ddd; --faint: #a5a5a5; --line: #444; --ground: #1b1b1b; }
      }
      body { margin: 0 auto; padding: 1rem; max-width: 86rem; color: var(--text); background: var(--ground);
        font: 15px/1.45 system-ui, Helvetica, Arial, sans-serif; overflow-wrap: break-word; }
      h1 { font-size: 1.4rem; margin: 0 0 .6rem; }
      h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
      dt, th, td::before { color: var(--faint); }
      dd { margin: 0; min-width: 0; }
      bdi { display: inline-block; max-width: 100%; }
      figure { margin: 0; overflow-x: auto; background: #fff; border: 1px solid var(--line); }
      figure svg { display: block; margin: 0 auto; }
      section { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
      th { text-align: left; font-weight: normal; vertical-align: bottom; }
      th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); }
      td { vertical-align: top; }
      td div { max-width: 22rem; }
      th:first-child, td:first-child { padding-left: 0; }
      .number { text-align: right; }
      @media (max-width: 60rem) {
        thead { display: none; }
        table, tbody { display: block; }
        tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
        td, td.number { display: flex; text-align: left; padding: .1rem 0; border: 0; }
        td div { min-width: 0; }
        td::before { content: attr(data-head); flex: 0 0 9rem; }
      }
      """;

  /** A blank at which no line ends. */
  private static final String NO_BREAK = "\u00a0";

  private final String title;
  private final PlanRequest request;
  private final PlanResponse response;
  private final StringBuilder html = new StringBuilder();

  PlanPage(String title, PlanRequest request, PlanResponse response) {
    this.title = title;
    this.request = request;
    this.response = response;
  }

  /** The whole document. */
  String html() {
    head();
    facts();
    line("<figure tabindex=\"0\">");
    html.append(ScheduleTimeline.svg(title, request, response));
    line("</figure>");
    batches();
    unserved();
    line("</body>").line("</html>");
    return html.toString();
  }

  private PlanPage line(String line) {
    html.append(line).append('\n');
    return this;
  }

  private void head() {
    line("<!DOCTYPE html>").line("<html lang=\"en\">").line("<head>");
    line("<meta charset=\"utf-8\"/>");
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    // Names are escaped; should one not be, it still could not run or load anything.
    line(
        "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\"/>");
    line("<title>" + Html.escaped(title) + "</title>");
    html.append("<style>\n").append(STYLE);
    line("</style>").line("</head>").line("<body>");
    line("<h1>" + Html.name(title) + "</h1>");
  }

  private void facts() {
    line("<dl>");
    for (PlanFacts.Fact fact : PlanFacts.of(request, response)) {
      line("<dt>" + Html.escaped(fact.name()) + "</dt><dd>" + Html.escaped(fact.value()) + "</dd>");
    }
    line("</dl>");
  }

  private void batches() {
    if (response.getSchedule().getBatchesCount() == 0) {
      return;
    }
    TimeScale scale = TimeScale.upTo(request.getLatencyBudget());
    String unit = " " + scale.symbol();
    HtmlTable table =
        new HtmlTable()
            .numbers("batch")
            .names("model")
            .numbers("start" + unit, "upload" + unit, "load" + unit, "compute" + unit)
            .numbers("latest start" + unit, "loaded MB", "reused MB")
            .names("shares of the band", "loads", "reuses");
    Map<String, Model> models = new HashMap<>();
    request.getBlockLibrary().getModelsList().forEach(model -> models.put(model.getId(), model));
    BlockNames names = new BlockNames(request.getBlockLibrary());
    int number = 0;
    for (Batch batch : response.getSchedule().getBatchesList()) {
      Model model = models.getOrDefault(batch.getModelId(), Model.getDefaultInstance());
      Set<Integer> loaded = new HashSet<>(batch.getLoadBlockIdsList());
      table.row(
          Integer.toString(++number),
          Html.name(batch.getModelId()),
          scale.number(batch.getStart()),
          scale.number(batch.getUpload()),
          scale.number(batch.getLoad()),
          scale.number(batch.getCompute()),
          scale.number(batch.getLatestStart()),
          Text.megabytes(batch.getLoadBytes()),
          Text.megabytes(batch.getReusedBytes()),
          Html.names(batch.getGrantsList().stream().map(PlanPage::share).toList()),
          Html.names(names.describe(model, loaded::contains)),
          Html.names(names.describe(model, id -> !loaded.contains(id))));
    }
    section("Batches", table);
  }

  private void section(String heading, HtmlTable table) {
    line("<section>").line("<h2>" + heading + "</h2>");
    html.append(table.html());
    line("</section>");
  }

  private static String share(BandwidthGrant grant) {
    String prbs = grant.getPrbCount() == 0 ? "" : NO_BREAK + grant.getPrbCount() + NO_BREAK + "PRB";
    String percent = String.format(Locale.ROOT, "%.1f%%", 100 * grant.getBandwidthFraction());
    return grant.getUserId() + prbs + NO_BREAK + percent;
  }

  private void unserved() {
    if (response.getUnservedUsersCount() == 0) {
      return;
    }
    HtmlTable table = new HtmlTable().names("user", "why").numbers("budget too short by");
    for (UnservedUser user : response.getUnservedUsersList()) {
      table.row(
          Html.name(user.getUserId()),
          reason(user.getReason()),
          user.hasShortfall() ? TimeScale.text(user.getShortfall()) : "");
    }
    section("Left out", table);
  }

  private static String reason(UnservedReason reason) {
    return switch (reason) {
      case UNSERVED_REASON_OUT_OF_REACH -> "out of reach";
      case UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY -> "model does not fit in GPU memory";
      case UNSERVED_REASON_EXCEEDS_BUDGET_ALONE -> "too late even if served alone";
      case UNSERVED_REASON_DISPLACED -> "displaced: others take its place";
      case UNSERVED_REASON_UNSPECIFIED, UNRECOGNIZED -> "no reason given";
    };
  }
}
