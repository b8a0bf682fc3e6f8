// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who the server is, and who may call it. */
final class TlsOptions {
  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "The server's certificate and those that link it to its CA, PEM. Turns TLS on.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key, RSA or EC, PEM of PKCS #8, not encrypted.")
  private @Nullable Path key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "CAs, PEM: clients must show a certificate that one of them signed.")
  private @Nullable Path clientCa;

  @Option(
      names = "--tls-allowed-client",
      paramLabel = "NAME",
      split = ",",
      description =
          "Take calls only from clients whose certificate has this subject alternative name: a DNS"
              + " name (*.example.com: any one label) or SPIFFE ID (spiffe://example.com/ran/*: any"
              + " path below). Several, separated by commas.")
  private List<String> allowedClients = new ArrayList<>();

  @Option(
      names = "--tls-reload-seconds",
      paramLabel = "N",
      description = "How often the files are read again; new connections see what is new.")
  private int reloadSeconds = 60;

  /** Null without TLS. */
  @Nullable Tls settings() {
    if (certificate == null && key == null) {
      if (clientCa != null) {
        throw new IllegalArgumentException("--tls-client-ca needs --tls-certificate and --tls-key");
      }
      if (!allowedClients.isEmpty()) {
        throw new IllegalArgumentException("--tls-allowed-client needs --tls-client-ca");
      }
      return null;
    }
    if (key == null) {
      throw new IllegalArgumentException("--tls-certificate needs --tls-key");
    }
    if (certificate == null) {
      throw new IllegalArgumentException("--tls-key needs --tls-certificate");
    }
    return new Tls(
        certificate,
        key,
        clientCa,
        allowedClients.stream().map(AllowedClient::new).toList(),
        Duration.ofSeconds(reloadSeconds));
  }
}
