// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Attributes;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import io.partialloading.planner.queue.Client;

/** Each connection is a client. */
final class Connections extends ServerTransportFilter {
  private static final Attributes.Key<Client> CLIENT = Attributes.Key.create("planner-client");

  /** Whose calls come over transports that no filter sees. */
  private final Client unknown = new Client();

  @Override
  public Attributes transportReady(Attributes attributes) {
    return attributes.toBuilder().set(CLIENT, new Client()).build();
  }

  /** Whose call it is. */
  Client of(ServerCall<?, ?> call) {
    Client client = call.getAttributes().get(CLIENT);
    return client == null ? unknown : client;
  }
}
