// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.service.AnswerReserve;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.settings.Logging;
import io.partialloading.planner.settings.Telemetry;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server in this process whose metrics and spans a test reads once it has stopped. */
final class ObservedServer implements AutoCloseable {
  private static final String NAME = "observed";

  final InMemoryMetricReader reader = InMemoryMetricReader.create();
  final InMemorySpanExporter spans = InMemorySpanExporter.create();
  final PlanningQueue queue;
  final ManagedChannel channel = InProcessChannelBuilder.forName(NAME).build();
  private final ServerTelemetry telemetry;
  private final Server server;

  /**
   * Starts.
   *
   * @param isWorking whether there is a worker; without one requests wait
   * @param waitingJobs how many may wait
   */
  ObservedServer(boolean isWorking, int waitingJobs, Logging.Calls calls) throws IOException {
    this(isWorking, waitingJobs, null, calls);
  }

  /** Starts with telemetry of the test's. */
  ObservedServer(ServerTelemetry telemetry) throws IOException {
    this(true, 100, telemetry, Logging.Calls.NONE);
  }

  private ObservedServer(
      boolean isWorking, int waitingJobs, @Nullable ServerTelemetry given, Logging.Calls calls)
      throws IOException {
    LoadLimits limits = new LoadLimits(1, waitingJobs, Duration.ofSeconds(60), 100, Long.MAX_VALUE);
    queue = new PlanningQueue(limits);
    Intake intake = new Intake(limits);
    telemetry = given == null ? telemetry(calls) : given;
    telemetry.watch(queue, intake, limits);
    PlannerGrpcService planner =
        new PlannerGrpcService(
            Limits.DEFAULT, queue, intake, AnswerReserve.LOCAL, telemetry.observer());
    InProcessServerBuilder builder = InProcessServerBuilder.forName(NAME).directExecutor();
    planner.addTo(builder);
    telemetry.addTo(builder);
    server = builder.build().start();
    if (isWorking) {
      startWorker();
    }
  }

  private ServerTelemetry telemetry(Logging.Calls calls) {
    return ServerTelemetry.of(
        new Telemetry(null, null, new Logging(Logging.Format.JSON, Logging.Level.INFO, calls)),
        reader,
        SimpleSpanProcessor.create(spans));
  }

  static ObservedServer start() throws IOException {
    return new ObservedServer(true, 100, Logging.Calls.FAILURES);
  }

  private void startWorker() {
    Thread worker =
        new Thread(
            () -> {
              try {
                queue.work();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    worker.setDaemon(true);
    worker.start();
  }

  /** Returns once a condition holds. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) { // the test's timeout ends it
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Ends all calls, so that everything is counted. */
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.shutdown();
    assertTrue(server.awaitTermination(30, TimeUnit.SECONDS));
    queue.shutdown();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    queue.shutdown();
    telemetry.close();
  }

  private MetricData metric(String name) {
    Collection<MetricData> metrics = reader.collectAllMetrics();
    List<MetricData> found = metrics.stream().filter(m -> m.getName().equals(name)).toList();
    assertTrue(found.size() == 1, () -> name + " in " + metrics);
    return found.get(0);
  }

  /** A counter's or gauge's sum over the points with these labels, given as name, value, ... */
  long sum(String name, String... labels) {
    MetricData metric = metric(name);
    return switch (metric.getType()) {
      case LONG_SUM -> sum(metric.getLongSumData().getPoints(), labels);
      case LONG_GAUGE -> sum(metric.getLongGaugeData().getPoints(), labels);
      default -> throw new AssertionError(metric.getType());
    };
  }

  private static long sum(Collection<LongPointData> points, String... labels) {
    return points.stream()
        .filter(point -> matches(point.getAttributes(), labels))
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  /** The points of a histogram. */
  Collection<HistogramPointData> histogram(String name) {
    return metric(name).getHistogramData().getPoints();
  }

  /** Values that a histogram counted with these labels. */
  long count(String name, String... labels) {
    return histogram(name).stream()
        .filter(point -> matches(point.getAttributes(), labels))
        .mapToLong(HistogramPointData::getCount)
        .sum();
  }

  private static boolean matches(Attributes attributes, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(attributes.get(AttributeKey.stringKey(labels[i])))) {
        return false;
      }
    }
    return true;
  }

  /** The only span. */
  SpanData span() {
    List<SpanData> all = spans.getFinishedSpanItems();
    assertTrue(all.size() == 1, all::toString);
    return all.get(0);
  }

  /** A span's attributes by name. */
  static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new java.util.TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }
}
