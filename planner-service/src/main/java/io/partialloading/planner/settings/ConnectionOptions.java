// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What one connection may do. */
final class ConnectionOptions {
  /**
   * More than a client has use for, and few enough to be refused within a tenth of a second or so.
   * When calls come faster than they can even be refused, those beyond wait at the client, where
   * one that is given up costs the server nothing. In the connection they would pile up until all
   * that is read has been given up long since, and the server would do nothing but refuse those.
   */
  @Option(
      names = "--max-calls-per-connection",
      paramLabel = "N",
      description = "Calls and streams that a connection has at once; more wait at the client.")
  private int maxCalls = 256;

  @Option(
      names = "--max-metadata-bytes",
      paramLabel = "N",
      description = "Most bytes of a call's headers.")
  private int maxMetadataBytes = 8192;

  @Option(
      names = "--max-resets-per-second",
      paramLabel = "N",
      description = "A connection on which more calls are reset in a second is cut off.")
  private int maxResetsPerSecond = 1000;

  @Option(
      names = "--handshake-timeout-seconds",
      paramLabel = "N",
      description = "How long a client may take until it speaks HTTP/2, with TLS if there is any.")
  private int handshakeTimeoutSeconds = 10;

  @Option(
      names = "--max-connection-age-seconds",
      paramLabel = "N",
      description =
          "When a client has to connect anew, and so finds servers that were added; give or take a"
              + " tenth.")
  private int maxAgeSeconds = 300;

  @Option(
      names = "--max-connection-age-grace-seconds",
      paramLabel = "N",
      description = "How long calls and streams of an old connection may still go on.")
  private int maxAgeGraceSeconds = 60;

  @Option(
      names = "--keepalive-seconds",
      paramLabel = "N",
      description = "Silence after which the server asks whether a client is still there.")
  private int keepAliveSeconds = 60;

  @Option(
      names = "--keepalive-timeout-seconds",
      paramLabel = "N",
      description = "How long a client may take to answer that.")
  private int keepAliveTimeoutSeconds = 20;

  @Option(
      names = "--min-client-keepalive-seconds",
      paramLabel = "N",
      description = "A client that asks more often than this is cut off.")
  private int minClientKeepAliveSeconds = 10;

  Connections settings() {
    return new Connections(
        maxCalls,
        maxMetadataBytes,
        maxResetsPerSecond,
        Duration.ofSeconds(handshakeTimeoutSeconds),
        Duration.ofSeconds(maxAgeSeconds),
        Duration.ofSeconds(maxAgeGraceSeconds),
        Duration.ofSeconds(keepAliveSeconds),
        Duration.ofSeconds(keepAliveTimeoutSeconds),
        Duration.ofSeconds(minClientKeepAliveSeconds));
  }
}
