// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.settings.Logging;
import io.partialloading.planner.settings.Telemetry;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the table of metrics says is what the server answers, no more and no less. */
@Tag("socket")
@Timeout(60)
class DocumentedMetricsTest {
  private static final Telemetry SETTINGS =
      new Telemetry(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          null,
          new Logging(Logging.Format.TEXT, Logging.Level.INFO, Logging.Calls.NONE));

  private static final Path DOCUMENT = Path.of("../deploy/TELEMETRY.md");

  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (counter|gauge|histogram) \\|([^|]*)\\|[^|]+\\|");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} .*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /** A metric as "type, labels", by name. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> metrics = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        metrics.put(
            row.group(1),
            row.group(2) + " " + labels(Pattern.compile("`(\\w+)`").matcher(row.group(3))));
      }
    }
    return metrics;
  }

  private static Set<String> labels(Matcher matcher) {
    return matcher
        .results()
        .map(result -> result.group(1))
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> exposed(String answer) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    String name = "";
    for (String line : answer.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        name = type.group(1);
        types.put(name, type.group(2));
        labels.put(name, new TreeSet<>());
      } else if (sample.matches()) {
        assertTrue(sample.group(1).startsWith(name), line);
        requireNonNull(labels.get(name)).addAll(labels(LABEL.matcher(sample.group(2))));
      }
    }
    types.replaceAll((metric, type) -> type + " " + labels.get(metric));
    return types;
  }

  private static String scrape(int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void metrics_areThoseOfTheDocument() throws Exception {
    try (ServerTelemetry telemetry = ServerTelemetry.of(SETTINGS, "test");
        ObservedServer server = new ObservedServer(telemetry)) {
      telemetry.watchCertificate(() -> Instant.EPOCH);
      int port = telemetry.listen();
      PlannerServiceGrpc.newBlockingStub(server.channel).plan(TestRequests.good().build());
      var stream = PlannerServiceGrpc.newBlockingV2Stub(server.channel).streamPlans();
      stream.write(StreamPlansRequest.newBuilder().setRequest(TestRequests.good()).build());
      stream.read();
      server.stop();
      System.gc();
      String answer = scrape(port);
      while (!answer.contains("jvm_gc_duration_seconds_count")) { // the JVM tells of it in its time
        answer = scrape(port);
      }

      assertEquals(lines(documented()), lines(exposed(answer)));
    }
  }

  private static String lines(Map<String, String> metrics) {
    return metrics.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void metrics_hostileLabel_isNowhere() throws Exception {
    try (ServerTelemetry telemetry = ServerTelemetry.of(SETTINGS, "test");
        ObservedServer server = new ObservedServer(telemetry)) {
      int port = telemetry.listen();
      PlannerServiceGrpc.newBlockingStub(server.channel)
          .plan(TestRequests.good().setLabel("conspicuous").build());
      server.stop();

      assertTrue(!scrape(port).contains("conspicuous"));
    }
  }
}
