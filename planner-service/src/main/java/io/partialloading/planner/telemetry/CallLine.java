// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.Status;
import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the log says of one call, or of one snapshot of a stream. Of the request nothing but its
 * label and sizes.
 *
 * @param method name of the method, without its service
 * @param code what became of it
 * @param duration how long it took, in ns
 * @param facts what is known of the request
 * @param peer who called
 * @param span its span; not valid if there is none
 */
record CallLine(
    String method, Status.Code code, long duration, Facts facts, Peer peer, SpanContext span) {
  private static final int MAX_LABEL = 128;
  private static final double MILLISECOND = 1e-6;

  /**
   * What is known of a request.
   *
   * @param label the caller's name for it; empty if there is none
   * @param waited how long it waited, in ns; -1 if no worker began
   * @param users number of users; -1 if it was not read
   * @param served number of users served; -1 if there is no plan
   */
  record Facts(String label, long waited, int users, int served) {
    static final Facts NONE = new Facts("", -1, -1, -1);
  }

  boolean isOk() {
    return code == Status.Code.OK;
  }

  /** Whether the server is at fault. */
  boolean isServerFault() {
    return code == Status.Code.INTERNAL
        || code == Status.Code.UNKNOWN
        || code == Status.Code.DATA_LOSS;
  }

  /** What the line has beside its message. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rpc", method);
    fields.put("status", code.name());
    fields.put("duration_ms", milliseconds(duration));
    if (facts.waited() >= 0) {
      fields.put("wait_ms", milliseconds(facts.waited()));
    }
    if (!facts.label().isEmpty()) {
      fields.put("label", cut(facts.label()));
    }
    if (facts.users() >= 0) {
      fields.put("users", facts.users());
    }
    if (facts.served() >= 0) {
      fields.put("served", facts.served());
    }
    fields.putAll(peer.fields());
    if (span.isValid()) {
      fields.put("trace_id", span.getTraceId());
      fields.put("span_id", span.getSpanId());
    }
    return fields;
  }

  /** To the microsecond. */
  private static double milliseconds(long nanoseconds) {
    return Math.round(nanoseconds * MILLISECOND * 1e3) / 1e3;
  }

  private static String cut(String label) {
    if (label.length() <= MAX_LABEL) {
      return label;
    }
    int end = Character.isHighSurrogate(label.charAt(MAX_LABEL - 1)) ? MAX_LABEL - 1 : MAX_LABEL;
    return label.substring(0, end) + "...";
  }
}
