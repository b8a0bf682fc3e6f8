// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.partialloading.planner.settings.AllowedClient;
import io.partialloading.planner.settings.ClientName;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls only from clients whose certificate bears an allowed name. Decides once a connection,
 * and refuses each call: a connection that ended instead would tell the client nothing.
 */
final class ClientGate extends ServerTransportFilter implements ServerInterceptor {
  private static final System.Logger LOGGER = System.getLogger(ClientGate.class.getName());
  private static final Attributes.Key<Status> DECISION = Attributes.Key.create("client-gate");

  private final List<AllowedClient> allowed;

  ClientGate(List<AllowedClient> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  @Override
  public Attributes transportReady(Attributes transport) {
    Status decision = decide(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    if (!decision.isOk()) {
      LOGGER.log(
          Level.WARNING,
          "refusing the calls of %s: %s"
              .formatted(
                  transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), decision.getDescription()));
    }
    return transport.toBuilder().set(DECISION, decision).build();
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    Status decision = call.getAttributes().get(DECISION);
    if (decision != null && decision.isOk()) {
      return next.startCall(call, headers);
    }
    call.close(
        decision == null ? Status.UNAUTHENTICATED.withDescription("no identity") : decision,
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private Status decide(@Nullable SSLSession session) {
    if (session == null) {
      return Status.UNAUTHENTICATED.withDescription("no client certificate");
    }
    List<ClientName> names;
    try {
      names = ClientName.of((X509Certificate) session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Status.UNAUTHENTICATED.withDescription("no client certificate");
    } catch (CertificateParsingException e) {
      return Status.UNAUTHENTICATED.withDescription("the client certificate cannot be read");
    }
    if (names.stream().anyMatch(this::isAllowed)) {
      return Status.OK;
    }
    return names.isEmpty()
        ? Status.UNAUTHENTICATED.withDescription(
            "the client certificate has no DNS name or URI as subject alternative name")
        : Status.PERMISSION_DENIED.withDescription(
            "client %s is not allowed to call"
                .formatted(names.stream().map(ClientName::text).collect(Collectors.joining(", "))));
  }

  private boolean isAllowed(ClientName name) {
    return allowed.stream()
        .anyMatch(a -> name.isUri() ? a.isUri(name.text()) : a.isDnsName(name.text()));
  }
}
