// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.partialloading.planner.load.Latency;
import io.partialloading.planner.load.Load;
import io.partialloading.planner.load.LoadReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What became of loads on a server as programs read it. Latencies are in milliseconds. */
record LoadJson(String target) {
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  /** One trial of a search. */
  record Trial(LoadReport report, boolean borne) {}

  /** One load, and the same on an echo. */
  JsonObject of(LoadReport report, @Nullable LoadReport echo, boolean perSecond) {
    JsonObject json = new JsonObject();
    json.addProperty("target", target);
    addAll(json, outcome(report));
    if (perSecond) {
      JsonArray seconds = new JsonArray();
      report.seconds().forEach(second -> seconds.add(second(second)));
      json.add("seconds", seconds);
    }
    if (echo != null) {
      JsonObject beside = outcome(echo);
      if (report.answered().getTotalCount() > 0 && echo.allAnswered()) {
        beside.addProperty("medianRatio", medianRatio(report, echo));
      }
      json.add("echo", beside);
    }
    return json;
  }

  /** A search. */
  JsonObject peak(double ratePerSecond, Duration bound, List<Trial> trials) {
    JsonObject json = new JsonObject();
    json.addProperty("target", target);
    json.addProperty("peakRate", ratePerSecond);
    json.addProperty("p99Bound", milliseconds(bound.toNanos()));
    JsonArray array = new JsonArray();
    for (Trial trial : trials) {
      JsonObject one = outcome(trial.report());
      one.addProperty("borne", trial.borne());
      array.add(one);
    }
    json.add("trials", array);
    return json;
  }

  /** How many times as long as an echo's the median of the answered calls is. */
  static double medianRatio(LoadReport report, LoadReport echo) {
    return (double) report.answered().getValueAtPercentile(50)
        / Math.max(1, echo.answered().getValueAtPercentile(50));
  }

  private static JsonObject outcome(LoadReport report) {
    Load load = report.load();
    JsonObject json = new JsonObject();
    json.addProperty("rate", load.ratePerSecond());
    json.addProperty("arrivals", load.arrivals().name().toLowerCase(Locale.ROOT));
    json.addProperty("warmUpSeconds", load.warmUp().toNanos() / NANOS_PER_SECOND);
    json.addProperty("durationSeconds", load.duration().toNanos() / NANOS_PER_SECOND);
    json.addProperty("began", report.began().toEpochMilli() / MILLIS_PER_SECOND);
    json.addProperty("due", report.due());
    json.addProperty("notMade", report.notMade());
    json.addProperty("unanswered", report.unanswered());
    json.addProperty("goodput", report.goodput());
    JsonObject codes = new JsonObject();
    report.codes().forEach((code, count) -> codes.addProperty(code.name(), count));
    json.add("codes", codes);
    JsonObject messages = new JsonObject();
    report.messages().forEach((code, message) -> messages.addProperty(code.name(), message));
    json.add("messages", messages);
    JsonObject servers = new JsonObject();
    report
        .servers()
        .forEach(
            (name, share) -> {
              JsonObject server = new JsonObject();
              server.addProperty("calls", share.calls());
              server.addProperty("lastSecond", share.lastSecond());
              servers.add(name, server);
            });
    json.add("servers", servers);
    json.add("answered", latency(report.answered()));
    json.add("refused", latency(report.refused()));
    json.add("failed", latency(report.failed()));
    json.add("madeLate", latency(report.lateness()));
    return json;
  }

  private static JsonObject second(LoadReport.Second second) {
    JsonObject json = new JsonObject();
    json.addProperty("due", second.due());
    json.addProperty("answered", second.answered());
    json.addProperty("refused", second.refused());
    json.addProperty("failed", second.failed());
    addAll(json, latency(second.latency()));
    return json;
  }

  private static JsonObject latency(Histogram histogram) {
    JsonObject json = new JsonObject();
    json.addProperty("calls", histogram.getTotalCount());
    addAll(json, latency(Latency.of(histogram)));
    return json;
  }

  private static JsonObject latency(Latency latency) {
    JsonObject json = new JsonObject();
    json.addProperty("p50", milliseconds(latency.p50()));
    json.addProperty("p90", milliseconds(latency.p90()));
    json.addProperty("p99", milliseconds(latency.p99()));
    json.addProperty("p99.9", milliseconds(latency.p999()));
    json.addProperty("max", milliseconds(latency.max()));
    return json;
  }

  private static double milliseconds(long nanos) {
    return nanos / NANOS_PER_MILLISECOND;
  }

  private static void addAll(JsonObject json, JsonObject more) {
    more.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
  }
}
