// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.opentelemetry.api.metrics.Meter;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How much the server has to do, read when asked. */
final class LoadMetrics {
  private final Meter meter;

  LoadMetrics(Meter meter) {
    this.meter = meter;
  }

  /** What waits, what is worked on, what is held, and how much of each there may be. */
  void watch(PlanningQueue queue, Intake intake, LoadLimits limits) {
    gauge("planner.queue.length", "{request}", "Requests that wait", queue::waitingJobs);
    gauge("planner.queue.capacity", "{request}", "Requests that may wait", limits::waitingJobs);
    gauge("planner.workers.busy", "{worker}", "Workers that have a request", queue::busyWorkers);
    gauge(
        "planner.workers.capacity",
        "{worker}",
        "Requests that are worked on at once; a light one more may be",
        limits::cores);
    gauge("planner.calls.open", "{call}", "Calls in progress", intake::callsInProgress);
    gauge("planner.calls.capacity", "{call}", "Calls that may be in progress", limits::calls);
    gauge("planner.memory.held", "By", "Bytes that calls in progress hold", intake::bytesHeld);
    gauge("planner.memory.capacity", "By", "Bytes that calls may hold", limits::bytes);
  }

  /** When the server's certificate ends. */
  void watchCertificate(Supplier<Instant> end) {
    gauge(
        "planner.tls.certificate.expiry",
        "s",
        "End of the server's certificate, in seconds since 1970",
        () -> end.get().getEpochSecond());
  }

  private void gauge(String name, String unit, String what, LongSupplier value) {
    meter
        .gaugeBuilder(name)
        .ofLongs()
        .setUnit(unit)
        .setDescription(what)
        .buildWithCallback(measurement -> measurement.record(value.getAsLong()));
  }
}
