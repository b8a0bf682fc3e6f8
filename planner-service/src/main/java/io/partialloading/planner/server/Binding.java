package io.partialloading.planner.server;

import io.grpc.Server;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Listening on an address. */
final class Binding {
  private Binding() {}

  /**
   * Starts a server.
   *
   * @param address what it was built to listen on
   * @return where it listens, as clients write it
   * @throws IOException if the address cannot be bound, with a message for people
   */
  static String start(Server server, InetSocketAddress address) throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot listen on %s: %s"
              .formatted(text(address, address.getPort()), reason.getMessage()),
          e);
    }
    return text(address, server.getPort());
  }

  private static String text(InetSocketAddress address, int port) {
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
