package io.partialloading.planner.telemetry;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
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

  private @Nullable HTTPServer server;

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
    HTTPServer started =
        HTTPServer.builder()
            .inetAddress(address.getAddress())
            .port(address.getPort())
            .registry(registry)
            .buildAndStart();
    server = started;
    return started.getPort();
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
    }
  }
}
