// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.Server;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Listening on an address. */
final class Binding {
  /** What begins to listen. */
  interface Listener {
    /** Returns the port. */
    int listen() throws IOException;
  }

  private Binding() {}

  /**
   * Starts a server.
   *
   * @param address what it was built to listen on
   * @return where it listens, as clients write it
   * @throws IOException if the address cannot be bound, with a message for people
   */
  static String start(Server server, InetSocketAddress address) throws IOException {
    return start(() -> server.start().getPort(), address);
  }

  /** The same for what is no gRPC server. */
  static String start(Listener listener, InetSocketAddress address) throws IOException {
    try {
      return text(address, listener.listen());
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot listen on %s: %s"
              .formatted(text(address, address.getPort()), reason.getMessage()),
          e);
    }
  }

  private static String text(InetSocketAddress address, int port) {
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
