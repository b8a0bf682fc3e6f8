// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.service.RequestSummary;
import io.partialloading.planner.v1.PlanResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call of the planner from its first header to its end, whatever ends it. The current call is in
 * gRPC's context; the warm-up's calls, which no client makes, are none.
 */
final class Call extends ServerStreamTracer {
  private static final Context.Key<Call> KEY = Context.key("telemetry-call");

  private static final AttributeKey<Long> USERS = AttributeKey.longKey("planner.users");
  private static final AttributeKey<Long> MODELS = AttributeKey.longKey("planner.models");
  private static final AttributeKey<Long> SERVED = AttributeKey.longKey("planner.served_users");
  private static final AttributeKey<String> ALGORITHM = AttributeKey.stringKey("planner.algorithm");
  private static final AttributeKey<String> OPTIMALITY =
      AttributeKey.stringKey("planner.optimality");
  private static final AttributeKey<String> STRUCTURE =
      AttributeKey.stringKey("planner.sharing_structure");
  private static final AttributeKey<Double> WAIT = AttributeKey.doubleKey("planner.queue_wait_ms");
  private static final AttributeKey<Long> SNAPSHOTS = AttributeKey.longKey("planner.snapshots");
  private static final AttributeKey<String> REFUSAL = AttributeKey.stringKey("planner.refusal");

  private final String method;
  private final Span span;
  private final PlannerMetrics metrics;
  private final CallLog log;
  private final long begin = System.nanoTime();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  // Under this object's lock.
  private Peer peer = Peer.UNKNOWN;
  private boolean isStream;
  private boolean isRefused;
  private CallLine.Facts facts = CallLine.Facts.NONE;
  private int models;
  private long snapshots;

  /**
   * A call whose headers have come.
   *
   * @param method name of its method, without its service
   */
  Call(String method, Span span, PlannerMetrics metrics, CallLog log) {
    this.method = method;
    this.span = span;
    this.metrics = metrics;
    this.log = log;
  }

  /** The call that the current thread handles; null if it is none of a client's. */
  static @Nullable Call current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> info) {
    Attributes transport = info.getAttributes();
    boolean isOpened = info.getMethodDescriptor().getType() != MethodType.UNARY;
    synchronized (this) {
      peer = new Peer(transport);
      isStream = isOpened;
    }
    if (isOpened) {
      metrics.streamOpened();
    }
  }

  /** The request was parsed. */
  synchronized void parsed(RequestSummary request) {
    facts = new CallLine.Facts(request.label(), facts.waited(), request.users(), -1);
    models = request.models();
  }

  /** The request was refused because the server is busy. */
  void refused(RefusalReason reason) {
    synchronized (this) {
      isRefused = true;
      if (isStream) {
        facts = CallLine.Facts.NONE;
      }
    }
    span.setAttribute(REFUSAL, Labels.of(reason));
    log.refused(reason);
  }

  /** A worker began. */
  synchronized void started(long waited) {
    facts = new CallLine.Facts("", waited, -1, -1);
  }

  /** A worker is done with the request, of which so much is known. */
  void finished(Work work, Status.Code code, long time, @Nullable PlanResponse plan) {
    CallLine.Facts known;
    int modelCount;
    synchronized (this) {
      if (plan != null) {
        facts =
            new CallLine.Facts(
                facts.label(), facts.waited(), facts.users(), plan.getServedUserCount());
      }
      known = facts;
      modelCount = models;
      snapshots += work == Work.SNAPSHOT ? 1 : 0;
    }
    if (plan != null) {
      metrics.planned(plan, known.users(), modelCount);
    }
    if (span.isRecording()) {
      describe(known, modelCount, plan);
    }
    if (work == Work.SNAPSHOT) {
      log.ended(line(code, time, known));
      forget();
    }
  }

  private void describe(CallLine.Facts known, int modelCount, @Nullable PlanResponse plan) {
    span.setAttribute(WAIT, known.waited() * 1e-6);
    if (known.users() >= 0) {
      span.setAttribute(USERS, (long) known.users()).setAttribute(MODELS, (long) modelCount);
    }
    if (plan != null) {
      span.setAttribute(SERVED, (long) plan.getServedUserCount())
          .setAttribute(ALGORITHM, PlanAttributes.label(plan.getAlgorithm()))
          .setAttribute(OPTIMALITY, PlanAttributes.label(plan.getOptimality()))
          .setAttribute(STRUCTURE, PlanAttributes.label(plan.getSharingStructure()));
    }
  }

  /** A stream's end is not that of its last snapshot. */
  private synchronized void forget() {
    facts = CallLine.Facts.NONE;
  }

  private synchronized CallLine line(Status.Code code, long duration, CallLine.Facts known) {
    return new CallLine(method, code, duration, known, peer, span.getSpanContext());
  }

  @Override
  public void streamClosed(Status status) {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    CallLine.Facts known;
    boolean isCounted;
    synchronized (this) {
      if (isStream) {
        metrics.streamClosed();
        span.setAttribute(SNAPSHOTS, snapshots);
      }
      known = facts;
      isCounted = isRefused && status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
    }
    CallSpans.end(span, status.getCode());
    if (!isCounted) {
      log.ended(line(status.getCode(), System.nanoTime() - begin, known));
    }
  }
}
