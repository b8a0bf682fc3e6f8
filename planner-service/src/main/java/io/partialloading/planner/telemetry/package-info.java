/**
 * What the server tells of itself: metrics, traces and logs. The only place that knows
 * OpenTelemetry; nothing here can fail a call or the start.
 */
@NullMarked
package io.partialloading.planner.telemetry;

import org.jspecify.annotations.NullMarked;
