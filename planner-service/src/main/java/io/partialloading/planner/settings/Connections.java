// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;

/**
 * What one connection may do, and how long it lasts.
 *
 * @param maxCalls most calls at once; more wait at the client
 * @param maxMetadataBytes most bytes of a call's headers
 * @param maxResetsPerSecond most calls in a second that the client, or the server because of what
 *     the client sent, may reset; a call that is reset as soon as it is made costs the client next
 *     to nothing, and is never one too many at once
 * @param handshakeTimeout how long a client may take until it speaks HTTP/2
 * @param maxAge when a connection is told to take no new calls, so that clients look up addresses
 *     again and find servers that were added
 * @param maxAgeGrace how long its calls may then go on before they are cut off
 * @param keepAlive silence after which the server asks whether the client is still there
 * @param keepAliveTimeout how long the client may take to answer that
 * @param minClientKeepAlive how often a client may ask the same
 */
public record Connections(
    int maxCalls,
    int maxMetadataBytes,
    int maxResetsPerSecond,
    Duration handshakeTimeout,
    Duration maxAge,
    Duration maxAgeGrace,
    Duration keepAlive,
    Duration keepAliveTimeout,
    Duration minClientKeepAlive) {
  private static final int MIN_METADATA_BYTES = 1024;

  // HTTP/2 clients are told this number and may set aside as much.
  private static final int MAX_METADATA_BYTES = 1 << 20;

  /** gRPC takes anything less for this. */
  private static final int MIN_KEEPALIVE_SECONDS = 10;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Connections {
    Range.require("--max-calls-per-connection", maxCalls, 1, Integer.MAX_VALUE);
    Range.require("--max-metadata-bytes", maxMetadataBytes, MIN_METADATA_BYTES, MAX_METADATA_BYTES);
    Range.require("--max-resets-per-second", maxResetsPerSecond, 1, Integer.MAX_VALUE);
    Range.requireSeconds("--handshake-timeout-seconds", handshakeTimeout, 1);
    Range.requireSeconds("--max-connection-age-seconds", maxAge, 1);
    Range.requireSeconds("--max-connection-age-grace-seconds", maxAgeGrace, 0);
    Range.requireSeconds("--keepalive-seconds", keepAlive, MIN_KEEPALIVE_SECONDS);
    Range.requireSeconds("--keepalive-timeout-seconds", keepAliveTimeout, 1);
    Range.requireSeconds("--min-client-keepalive-seconds", minClientKeepAlive, 1);
  }
}
