// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The metrics over HTTP, at {@code /metrics}, as Prometheus asks for them. */
final class MetricsEndpoint implements AutoCloseable {
  private final PrometheusMetricReader reader =
      PrometheusMetricReader.builder()
          .setOtelScopeLabelsEnabled(false)
          .setTargetInfoMetricEnabled(false)
          .build();

  private final String version;
  private @Nullable HTTPServer server;

  /**
   * Metrics of nothing yet.
   *
   * @param version the server's
   */
  MetricsEndpoint(String version) {
    this.version = version;
  }

  /** What is to read the metrics that are served. */
  MetricReader reader() {
    return reader;
  }

  /**
   * Begins to serve.
   *
   * @return the port
   * @throws IOException if the address cannot be listened on
   */
  synchronized int start(InetSocketAddress address) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(reader);
    registry.register(this::build);
    HTTPServer started =
        HTTPServer.builder()
            .inetAddress(address.getAddress())
            .port(address.getPort())
            .registry(registry)
            .buildAndStart();
    server = started;
    return started.getPort();
  }

  /** What runs. OpenTelemetry has no metric of this type. */
  private MetricSnapshot build() {
    return InfoSnapshot.builder()
        .name("planner_build")
        .help("Versions of the server and of Java")
        .dataPoint(
            InfoSnapshot.InfoDataPointSnapshot.builder()
                .labels(Labels.of("version", version, "java_version", Runtime.version().toString()))
                .build())
        .build();
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
    }
  }
}
