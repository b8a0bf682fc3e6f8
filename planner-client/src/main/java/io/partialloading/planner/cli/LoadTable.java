// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.grpc.Status;
import io.partialloading.planner.load.Load;
import io.partialloading.planner.load.LoadReport;
import io.partialloading.planner.show.Text;
import io.partialloading.planner.show.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of a load as people read it.
 *
 * @param report of the load
 * @param echo of the same load on an echo; null without one
 * @param perSecond whether each second has a row
 */
record LoadTable(LoadReport report, @Nullable LoadReport echo, boolean perSecond) {
  private static final double PERCENT = 100;

  /** The whole text, with an empty line at its end. */
  String print(String title) {
    Text text = new Text();
    text.line(Text.printable(title));
    Load load = report.load();
    text.line(
        String.format(
            Locale.ROOT,
            "  due         %d calls in %s s, %s/s, %s; warm-up %s s before",
            report.due(),
            number(load.duration().toNanos() / 1e9),
            number(load.ratePerSecond()),
            load.arrivals().name().toLowerCase(Locale.ROOT),
            number(load.warmUp().toNanos() / 1e9)));
    text.line(
        String.format(
            Locale.ROOT,
            "  answered    %s, %.1f/s",
            share(report.answered().getTotalCount()),
            report.goodput()));
    text.line("  refused     " + share(report.refused().getTotalCount()));
    text.line("  failed      " + failures());
    report
        .messages()
        .forEach((code, message) -> text.line("    " + code + ": " + Text.printable(message)));
    if (!report.servers().isEmpty()) {
      List<String> servers = new ArrayList<>();
      report.servers().forEach((name, share) -> servers.add(name + " " + share.calls()));
      text.list("  servers     ", servers);
    }
    text.line("");
    text.table(latencies(), 0);
    if (echo != null) {
      text.line("").line("  " + ratio(echo));
    }
    if (perSecond) {
      text.line("").table(seconds());
    }
    return text.line("").toString();
  }

  /** One trial of a search, in one line. */
  static String trial(LoadReport report, boolean borne) {
    Histogram answered = report.answered();
    return String.format(
        Locale.ROOT,
        "%10.1f/s  answered %6.2f %%, p50 %s ms, p99 %s ms: %s",
        report.load().ratePerSecond(),
        PERCENT * answered.getTotalCount() / Math.max(1, report.due()),
        milliseconds(answered.getValueAtPercentile(50)),
        milliseconds(answered.getValueAtPercentile(99)),
        borne ? "borne" : "too much");
  }

  static String milliseconds(long nanos) {
    return Unit.MILLISECOND.decimals((double) nanos, 3);
  }

  private String failures() {
    List<String> failures = new ArrayList<>();
    for (Map.Entry<Status.Code, Long> code : report.codes().entrySet()) {
      if (code.getKey() != Status.Code.OK && code.getKey() != Status.Code.RESOURCE_EXHAUSTED) {
        failures.add(code.getKey() + " " + code.getValue());
      }
    }
    if (report.notMade() > 0) {
      failures.add("not made " + report.notMade());
    }
    if (report.unanswered() > 0) {
      failures.add("unanswered " + report.unanswered());
    }
    long failed = report.failed().getTotalCount() + report.notMade() + report.unanswered();
    return share(failed) + (failures.isEmpty() ? "" : ": " + String.join(", ", failures));
  }

  private String share(long calls) {
    return String.format(
        Locale.ROOT, "%d (%.2f %%)", calls, PERCENT * calls / Math.max(1, report.due()));
  }

  private List<String[]> latencies() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"latency, ms", "calls", "p50", "p90", "p99", "p99.9", "max"});
    addRow(rows, "answered", report.answered());
    addRow(rows, "refused", report.refused());
    addRow(rows, "failed", report.failed());
    addRow(rows, "(made late)", report.lateness());
    if (echo != null) {
      addRow(rows, "echo", echo.answered());
    }
    return rows;
  }

  private static void addRow(List<String[]> rows, String name, Histogram histogram) {
    if (histogram.getTotalCount() > 0) {
      rows.add(
          new String[] {
            name,
            String.valueOf(histogram.getTotalCount()),
            milliseconds(histogram.getValueAtPercentile(50)),
            milliseconds(histogram.getValueAtPercentile(90)),
            milliseconds(histogram.getValueAtPercentile(99)),
            milliseconds(histogram.getValueAtPercentile(99.9)),
            milliseconds(histogram.getMaxValue())
          });
    }
  }

  private String ratio(LoadReport echoed) {
    if (report.answered().getTotalCount() == 0 || !echoed.allAnswered()) {
      return "no median to put beside the echo's";
    }
    return String.format(
        Locale.ROOT, "the median is %.2f times the echo's", LoadJson.medianRatio(report, echoed));
  }

  private List<String[]> seconds() {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "second", "due", "answered", "refused", "failed", "p50, ms", "p99, ms", "max, ms"
        });
    for (LoadReport.Second second : report.seconds()) {
      rows.add(
          new String[] {
            String.valueOf(rows.size()),
            String.valueOf(second.due()),
            String.valueOf(second.answered()),
            String.valueOf(second.refused()),
            String.valueOf(second.failed()),
            milliseconds(second.latency().p50()),
            milliseconds(second.latency().p99()),
            milliseconds(second.latency().max())
          });
    }
    return rows;
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
