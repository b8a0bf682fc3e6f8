// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of itself.
 *
 * @param metrics where Prometheus asks for metrics; null for nowhere
 * @param tracing where traces go; null for nowhere
 * @param logging what is logged
 */
public record Telemetry(
    @Nullable InetSocketAddress metrics, @Nullable Tracing tracing, Logging logging) {}
