// SPDX-License-Identifier: Apache-2.0
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
    address = address(listenOptions);
    if (port == null) {
      port = defaultPort(USUAL_PORT, listen);
    }
    return resolve("--management-address", address, "--management-port", port);
  }

  /** The host name or IP address. */
  String address(ListenOptions listen) {
    return address == null ? listen.address() : address;
  }

  /** A port beside that of calls. */
  static String defaultPort(String usual, Listen listen) {
    return listen.address().getPort() == 0 ? ANY_PORT : usual;
  }

  /**
   * What to bind to, or null where the port is off.
   *
   * @throws IllegalArgumentException if the host is unknown or the port is none
   */
  static @Nullable InetSocketAddress resolve(
      String hostOption, String host, String portOption, String port) {
    if (port.equals(OFF)) {
      return null;
    }
    int number;
    try {
      number = Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s '%s' is neither a port nor off".formatted(portOption, port), e);
    }
    return ListenOptions.resolve(hostOption, host, portOption, number);
  }
}
