package io.partialloading.planner.settings;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where health is told to those that cannot show a certificate. */
final class ManagementOptions {
  private static final String OFF = "off";

  /** A server on any free port is one of several, so its second port is any too. */
  private static final String ANY_PORT = "0";

  private static final String USUAL_PORT = "50052";

  @Option(
      names = "--management-address",
      paramLabel = "HOST",
      description = "Host name or IP address of the management port. By default that of --address.")
  private @Nullable String address;

  @Option(
      names = "--management-port",
      paramLabel = "PORT|off",
      description =
          "Port that tells health in plain text, and nothing else. By default 50052, or any that"
              + " is free if --port is 0.")
  private @Nullable String port;

  /** Null where the port is off. */
  @Nullable InetSocketAddress settings(ListenOptions listenOptions, Listen listen) {
    if (address == null) {
      address = listenOptions.address();
    }
    if (port == null) {
      port = listen.address().getPort() == 0 ? ANY_PORT : USUAL_PORT;
    }
    if (port.equals(OFF)) {
      return null;
    }
    return ListenOptions.resolve(
        "--management-address", address, "--management-port", number(port));
  }

  private static int number(String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--management-port '%s' is neither a port nor off".formatted(port), e);
    }
  }
}
