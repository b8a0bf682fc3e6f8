// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.service.PlanningObserver;
import io.partialloading.planner.service.RequestSummary;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the calls of the planner's methods, and leaves health checks, reflection and unknown
 * methods to gRPC's own metrics. As an observer it hears of the work on every call, and counts what
 * clients asked for.
 */
final class Calls extends ServerStreamTracer.Factory implements PlanningObserver {
  private static final ServerStreamTracer NOT_FOLLOWED = new ServerStreamTracer() {};

  private static final Map<String, String> METHODS =
      PlannerServiceGrpc.getServiceDescriptor().getMethods().stream()
          .map(MethodDescriptor::getFullMethodName)
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(), name -> name.substring(name.indexOf('/') + 1)));

  private final PlannerMetrics metrics;
  private final CallSpans spans;
  private final CallLog log;

  Calls(PlannerMetrics metrics, CallSpans spans, CallLog log) {
    this.metrics = metrics;
    this.spans = spans;
    this.log = log;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    String method = METHODS.get(fullMethodName);
    return method == null
        ? NOT_FOLLOWED
        : new Call(method, spans.start(fullMethodName, headers), metrics, log);
  }

  @Override
  public void refused(Work work, RefusalReason reason) {
    Call call = Call.current();
    if (call != null) {
      metrics.refused(work, reason);
      call.refused(reason);
    }
  }

  @Override
  public void dropped(Work work, Status.Code status) {
    if (Call.current() != null) {
      metrics.ended(work, status);
    }
  }

  @Override
  public void started(Work work, long waited) {
    Call call = Call.current();
    if (call != null) {
      metrics.started(work, waited);
      call.started(waited);
    }
  }

  @Override
  public void parsed(Work work, RequestSummary request) {
    Call call = Call.current();
    if (call != null) {
      call.parsed(request);
    }
  }

  @Override
  public void finished(Work work, Status.Code status, long time, @Nullable PlanResponse plan) {
    Call call = Call.current();
    if (call != null) {
      metrics.finished(work, status, time);
      call.finished(work, status, time, plan);
    }
  }
}
