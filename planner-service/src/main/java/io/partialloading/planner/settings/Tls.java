// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files prove who the server is, and who may call it.
 *
 * @param certificate PEM file of the server's certificate and those that link it to its CA
 * @param key PEM file of the certificate's private key, PKCS #8
 * @param clientCa PEM file of the CAs that sign clients; null if clients need no certificate
 * @param allowedClients the clients that may call; empty if all with a certificate may
 * @param reload how long until the files are read again
 */
public record Tls(
    Path certificate,
    Path key,
    @Nullable Path clientCa,
    List<AllowedClient> allowedClients,
    Duration reload) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range, or clients are named that no CA
   *     vouches for
   */
  public Tls {
    allowedClients = List.copyOf(allowedClients);
    if (clientCa == null && !allowedClients.isEmpty()) {
      throw new IllegalArgumentException("--tls-allowed-client needs --tls-client-ca");
    }
    Range.requireSeconds("--tls-reload-seconds", reload, 1);
  }
}
