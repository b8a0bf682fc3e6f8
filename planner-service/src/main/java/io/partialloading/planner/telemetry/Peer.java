// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.partialloading.planner.settings.ClientName;
import java.net.SocketAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who called: an address and, with mutual TLS, a name. Works the name out only when it is asked.
 *
 * @param transport what is known of the connection
 */
record Peer(Attributes transport) {
  static final Peer UNKNOWN = new Peer(Attributes.EMPTY);

  private static final int MAX_NAME = 256;

  /** What a line of the log says of the peer. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    SocketAddress address = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (address != null) {
      fields.put("peer", address.toString().replaceFirst("^/", ""));
    }
    String name = name(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    if (name != null) {
      fields.put("client", name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...");
    }
    return fields;
  }

  /** The first DNS name or URI of the client's certificate, else its subject. */
  private static @Nullable String name(@Nullable SSLSession session) {
    if (session == null) {
      return null;
    }
    try {
      X509Certificate client = (X509Certificate) session.getPeerCertificates()[0];
      List<ClientName> names = ClientName.of(client);
      return names.isEmpty() ? client.getSubjectX500Principal().getName() : names.get(0).text();
    } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
      return null; // no client certificate
    }
  }
}
