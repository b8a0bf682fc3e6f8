// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import io.partialloading.planner.wire.Limits;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How the server runs.
 *
 * @param listen where calls are taken
 * @param tls null for plain text
 * @param management where health is told in plain text; null for nowhere
 * @param connections what one connection may do
 * @param planning how much is planned at once
 * @param life start and stop
 * @param telemetry what it tells of itself
 * @param limits the largest request
 */
public record Settings(
    Listen listen,
    @Nullable Tls tls,
    @Nullable InetSocketAddress management,
    Connections connections,
    Planning planning,
    Life life,
    Telemetry telemetry,
    Limits limits) {

  /**
   * Checks the settings against one another.
   *
   * @throws IllegalArgumentException if they contradict one another
   */
  public Settings {
    if (tls != null && listen.plaintext()) {
      throw new IllegalArgumentException("--plaintext contradicts --tls-certificate");
    }
    if (tls == null && !listen.plaintext() && !listen.isLoopback()) {
      throw new IllegalArgumentException(
          "--address %s is no loopback address: give --tls-certificate and --tls-key, or --plaintext"
              .formatted(listen.address().getHostString()));
    }
    requireApart("--management-port", management, "--port", listen.address());
    requireApart("--metrics-port", telemetry.metrics(), "--port", listen.address());
    requireApart("--metrics-port", telemetry.metrics(), "--management-port", management);
  }

  private static void requireApart(
      String option,
      @Nullable InetSocketAddress one,
      String otherOption,
      @Nullable InetSocketAddress other) {
    if (one != null && other != null && overlap(one, other)) {
      throw new IllegalArgumentException(
          "%s %d is %s too".formatted(option, one.getPort(), otherOption));
    }
  }

  private static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
    return one.getPort() == other.getPort()
        && one.getPort() != 0
        && (one.getAddress().equals(other.getAddress())
            || one.getAddress().isAnyLocalAddress()
            || other.getAddress().isAnyLocalAddress());
  }
}
