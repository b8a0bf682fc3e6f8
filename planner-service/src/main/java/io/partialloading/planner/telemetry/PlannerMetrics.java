// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.v1.PlanResponse;
import java.util.List;

/**
 * What the planner counts of its work. Nothing that callers choose becomes a label, so the number
 * of series is bounded. Thread-safe.
 */
final class PlannerMetrics {
  static final String WORK_DURATION = "planner.work.duration";
  static final String PLANNING_DURATION = "planner.planning.duration";
  static final String QUEUE_WAIT = "planner.queue.wait";
  static final String SERVED_RATIO = "planner.served.fraction";
  static final String REQUEST_USERS = "planner.request.users";
  static final String REQUEST_MODELS = "planner.request.models";

  private static final AttributeKey<String> WORK = AttributeKey.stringKey("work");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("grpc.status");

  /** What the contract says can become of a request. */
  private static final List<Status.Code> EXPECTED =
      List.of(
          Status.Code.OK,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.CANCELLED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL);

  private static final double NANOSECOND = 1e-9;

  private final LongCounter requests;
  private final LongCounter refusals;
  private final LongCounter plans;
  private final LongUpDownCounter openStreams;
  private final DoubleHistogram workDuration;
  private final DoubleHistogram planningDuration;
  private final DoubleHistogram queueWait;
  private final DoubleHistogram servedRatio;
  private final LongHistogram users;
  private final LongHistogram models;

  private final PlanAttributes planAttributes = new PlanAttributes();
  private final Attributes[] byWork = new Attributes[Work.values().length];
  private final Attributes[][] byOutcome =
      new Attributes[Work.values().length][Status.Code.values().length];
  private final Attributes[][] byReason =
      new Attributes[Work.values().length][RefusalReason.values().length];

  PlannerMetrics(Meter meter) {
    requests =
        meter
            .counterBuilder("planner.requests")
            .setUnit("{request}")
            .setDescription("Requests and snapshots by what became of them")
            .build();
    refusals =
        meter
            .counterBuilder("planner.refusals")
            .setUnit("{request}")
            .setDescription("Requests and snapshots refused because the server was busy")
            .build();
    plans =
        meter
            .counterBuilder("planner.plans")
            .setUnit("{plan}")
            .setDescription("Plans answered")
            .build();
    openStreams =
        meter
            .upDownCounterBuilder("planner.streams.open")
            .setUnit("{stream}")
            .setDescription("Open streams of snapshots")
            .build();
    workDuration =
        histogram(meter, WORK_DURATION, "s", "Time that a worker had a request, parsing included");
    planningDuration =
        histogram(meter, PLANNING_DURATION, "s", "Time to find a plan and to lay it out");
    queueWait = histogram(meter, QUEUE_WAIT, "s", "Time that a request waited for a worker");
    servedRatio = histogram(meter, SERVED_RATIO, "", "Part of a request's users that are served");
    users = counts(meter, REQUEST_USERS, "{user}", "Users of a request that got a plan");
    models = counts(meter, REQUEST_MODELS, "{model}", "Models in the library of a planned request");
    for (Work work : Work.values()) {
      fill(work);
      beginAtZero(work);
    }
    openStreams.add(0);
  }

  private static DoubleHistogram histogram(Meter meter, String name, String unit, String what) {
    return meter.histogramBuilder(name).setUnit(unit).setDescription(what).build();
  }

  private static LongHistogram counts(Meter meter, String name, String unit, String what) {
    return meter.histogramBuilder(name).ofLongs().setUnit(unit).setDescription(what).build();
  }

  private void fill(Work work) {
    Attributes attributes = Attributes.of(WORK, Labels.of(work));
    byWork[work.ordinal()] = attributes;
    for (Status.Code code : Status.Code.values()) {
      byOutcome[work.ordinal()][code.ordinal()] =
          attributes.toBuilder().put(STATUS, code.name()).build();
    }
    for (RefusalReason reason : RefusalReason.values()) {
      byReason[work.ordinal()][reason.ordinal()] =
          attributes.toBuilder().put(REASON, Labels.of(reason)).build();
    }
  }

  /** Has what is seldom counted exist all the same: Prometheus cannot see the first of a series. */
  private void beginAtZero(Work work) {
    for (Status.Code code : EXPECTED) {
      requests.add(0, byOutcome[work.ordinal()][code.ordinal()]);
    }
    for (RefusalReason reason : RefusalReason.values()) {
      refusals.add(0, byReason[work.ordinal()][reason.ordinal()]);
    }
  }

  /** A request was refused. */
  void refused(Work work, RefusalReason reason) {
    refusals.add(1, byReason[work.ordinal()][reason.ordinal()]);
    ended(work, Status.Code.RESOURCE_EXHAUSTED);
  }

  /** A worker began after the request had waited, in ns. */
  void started(Work work, long waited) {
    queueWait.record(waited * NANOSECOND, byWork[work.ordinal()]);
  }

  /** A worker was done after a time, in ns. */
  void finished(Work work, Status.Code code, long time) {
    workDuration.record(time * NANOSECOND, byWork[work.ordinal()]);
    ended(work, code);
  }

  /** Nothing more becomes of a request. */
  void ended(Work work, Status.Code code) {
    requests.add(1, byOutcome[work.ordinal()][code.ordinal()]);
  }

  /** A request for so many users, with so many models in its library, got a plan. */
  void planned(PlanResponse plan, int userCount, int modelCount) {
    plans.add(1, planAttributes.withOptimality(plan));
    Duration time = plan.getPlanningTime();
    planningDuration.record(
        time.getSeconds() + time.getNanos() * NANOSECOND, planAttributes.of(plan));
    users.record(userCount);
    models.record(modelCount);
    if (userCount > 0) {
      servedRatio.record((double) plan.getServedUserCount() / userCount);
    }
  }

  /** A stream was opened. */
  void streamOpened() {
    openStreams.add(1);
  }

  /** A stream that was opened has ended. */
  void streamClosed() {
    openStreams.add(-1);
  }
}
