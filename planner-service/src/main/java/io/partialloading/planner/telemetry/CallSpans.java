// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

/**
 * A span for each call, that of the caller its parent. Named as OpenTelemetry's conventions for RPC
 * name them; grpc-opentelemetry's own tracing is not yet open to use.
 */
final class CallSpans {
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system.name");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
  private static final AttributeKey<String> STATUS =
      AttributeKey.stringKey("rpc.response.status_code");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final TextMapGetter<Metadata> HEADERS = new Headers();

  private final Tracer tracer;
  private final TextMapPropagator propagator = W3CTraceContextPropagator.getInstance();

  CallSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Begins the span of a call. */
  Span start(String fullMethodName, Metadata headers) {
    Context caller = propagator.extract(Context.root(), headers, HEADERS);
    return tracer
        .spanBuilder(fullMethodName)
        .setSpanKind(SpanKind.SERVER)
        .setParent(caller)
        .setAttribute(SYSTEM, "grpc")
        .setAttribute(METHOD, fullMethodName)
        .startSpan();
  }

  /** Ends the span of a call. */
  static void end(Span span, Status.Code code) {
    span.setAttribute(STATUS, code.name());
    switch (code) {
      case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(ERROR, code.name());
      }
      default -> {
        // the caller's fault, or nobody's
      }
    }
    span.end();
  }

  /** Reads the caller's context out of a call's headers. */
  private static final class Headers implements TextMapGetter<Metadata> {
    @Override
    public Iterable<String> keys(Metadata headers) {
      return headers.keys();
    }

    @Override
    public @Nullable String get(@Nullable Metadata headers, String key) {
      return headers == null
          ? null
          : headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
    }
  }
}
