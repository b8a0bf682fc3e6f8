// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import java.util.List;

/** The upper bounds of the buckets of every histogram. */
final class Buckets {
  /** A plan takes 0.1 to 0.3 ms at paper scale. */
  private static final List<Double> WORK =
      List.of(
          1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5,
          1.0);

  /** What waits longer than 2 s is refused. */
  private static final List<Double> WAIT =
      List.of(1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1.0, 2.0);

  /** A third of those that grpc-opentelemetry has, and each is a series by method and status. */
  private static final List<Double> CALL =
      List.of(
          1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0);

  private static final List<Double> BYTES =
      List.of(0x1p8, 0x1p10, 0x1p12, 0x1p14, 0x1p16, 0x1p18, 0x1p20, 0x1p22, 0x1p24, 0x1p26);

  private static final List<Double> RATIO =
      List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0);

  private static final List<Double> COUNT =
      List.of(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4);

  private static final List<Double> PAUSE = List.of(1e-3, 1e-2, 0.1, 1.0, 10.0);

  private Buckets() {}

  /** Has a meter provider use them. */
  static void addTo(SdkMeterProviderBuilder provider) {
    add(provider, PlannerMetrics.PLANNING_DURATION, WORK);
    add(provider, PlannerMetrics.WORK_DURATION, WORK);
    add(provider, PlannerMetrics.QUEUE_WAIT, WAIT);
    add(provider, PlannerMetrics.SERVED_RATIO, RATIO);
    add(provider, PlannerMetrics.REQUEST_USERS, COUNT);
    add(provider, PlannerMetrics.REQUEST_MODELS, COUNT);
    add(provider, "jvm.gc.duration", PAUSE);
    add(provider, "grpc.server.call.duration", CALL);
    add(provider, "grpc.server.call.*_total_compressed_message_size", BYTES);
  }

  private static void add(
      SdkMeterProviderBuilder provider, String instrument, List<Double> boundaries) {
    provider.registerView(
        InstrumentSelector.builder().setName(instrument).build(),
        View.builder().setAggregation(Aggregation.explicitBucketHistogram(boundaries)).build());
  }
}
