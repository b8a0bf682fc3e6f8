// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.ServerBuilder;
import io.grpc.opentelemetry.GrpcOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.instrumentation.runtimetelemetry.RuntimeTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.OpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.service.PlanningObserver;
import io.partialloading.planner.settings.Telemetry;
import io.partialloading.planner.settings.Tracing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics, traces and the log of calls. Costs a call some microseconds and has it wait for nobody.
 * To be closed when there are no calls any more.
 */
public final class ServerTelemetry implements AutoCloseable {
  private static final String SCOPE = "io.partialloading.planner";
  private static final String TRACES = "/v1/traces";
  private static final Duration EXPORT_TIME = Duration.ofSeconds(5);
  private static final long LAST_EXPORT_SECONDS = 3;

  private final @Nullable InetSocketAddress address;
  private final @Nullable MetricsEndpoint endpoint;
  private final OpenTelemetrySdk sdk;
  private final @Nullable GrpcOpenTelemetry grpc;
  private final LoadMetrics load;
  private final @Nullable RuntimeTelemetry jvm;
  private final CallLog log;
  private final Calls calls;

  private ServerTelemetry(
      Telemetry settings,
      String version,
      @Nullable MetricsEndpoint endpoint,
      @Nullable MetricReader reader,
      @Nullable SpanProcessor processor) {
    this.address = settings.metrics();
    this.endpoint = endpoint;
    this.sdk = sdk(version, reader, processor, settings.tracing());
    boolean isMeasuring = reader != null;
    Meter meter = (isMeasuring ? sdk : OpenTelemetry.noop()).getMeter(SCOPE);
    this.grpc = isMeasuring ? GrpcOpenTelemetry.newBuilder().sdk(sdk).build() : null;
    this.jvm = isMeasuring ? RuntimeTelemetry.create(sdk) : null;
    this.load = new LoadMetrics(meter);
    this.log = new CallLog(settings.logging().calls());
    OpenTelemetry traced = processor == null ? OpenTelemetry.noop() : sdk;
    this.calls = new Calls(new PlannerMetrics(meter), new CallSpans(traced.getTracer(SCOPE)), log);
    log.start();
  }

  /**
   * Telemetry as set; nothing is listened on yet.
   *
   * @param version the server's
   */
  public static ServerTelemetry of(Telemetry settings, String version) {
    MetricsEndpoint endpoint = settings.metrics() == null ? null : new MetricsEndpoint(version);
    return new ServerTelemetry(
        settings,
        version,
        endpoint,
        endpoint == null ? null : endpoint.reader(),
        settings.tracing() == null ? null : exporter(settings.tracing()));
  }

  /** Telemetry that a reader and a processor get, whatever the settings say of addresses. */
  static ServerTelemetry of(Telemetry settings, MetricReader reader, SpanProcessor processor) {
    return new ServerTelemetry(settings, "test", null, reader, processor);
  }

  private static OpenTelemetrySdk sdk(
      String version,
      @Nullable MetricReader reader,
      @Nullable SpanProcessor processor,
      @Nullable Tracing tracing) {
    Resource resource =
        Resource.getDefault().toBuilder()
            .put("service.name", "planner-service")
            .put("service.version", version)
            .build();
    OpenTelemetrySdkBuilder builder = OpenTelemetrySdk.builder();
    if (reader != null) {
      SdkMeterProviderBuilder meters =
          SdkMeterProvider.builder().setResource(resource).registerMetricReader(reader);
      Buckets.addTo(meters);
      builder.setMeterProvider(meters.build());
    }
    if (processor != null) {
      double ratio = tracing == null ? 1 : tracing.sampleRatio();
      builder.setTracerProvider(
          SdkTracerProvider.builder()
              .setResource(resource)
              .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
              .addSpanProcessor(processor)
              .build());
    }
    return builder.build();
  }

  private static SpanProcessor exporter(Tracing tracing) {
    String base = tracing.endpoint().toString().replaceFirst("/+$", "");
    return BatchSpanProcessor.builder(
            OtlpHttpSpanExporter.builder()
                .setEndpoint(base.endsWith(TRACES) ? base : base + TRACES)
                .setTimeout(EXPORT_TIME)
                .setConnectTimeout(EXPORT_TIME)
                .build())
        .setExporterTimeout(EXPORT_TIME)
        .build();
  }

  /** Is to be told of the planner's work. */
  public PlanningObserver observer() {
    return calls;
  }

  /** Follows the calls of a server. */
  public void addTo(ServerBuilder<?> server) {
    if (grpc != null) {
      grpc.configureServerBuilder(server);
    }
    server.addStreamTracerFactory(calls);
  }

  /** Watches what waits and is worked on. */
  public void watch(PlanningQueue queue, Intake intake, LoadLimits limits) {
    load.watch(queue, intake, limits);
  }

  /**
   * Watches a certificate.
   *
   * @param end tells until when it is valid
   */
  public void watchCertificate(Supplier<Instant> end) {
    load.watchCertificate(end);
  }

  /**
   * Begins to serve metrics, if the settings say where.
   *
   * @return the port, or -1
   * @throws IOException if the address cannot be listened on
   */
  public int listen() throws IOException {
    return endpoint == null || address == null ? -1 : endpoint.start(address);
  }

  /** Writes and sends what is left, for at most a few seconds. */
  @Override
  public void close() {
    log.close();
    sdk.getSdkTracerProvider().shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
    sdk.getSdkMeterProvider().shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
    if (jvm != null) {
      jvm.close();
    }
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
