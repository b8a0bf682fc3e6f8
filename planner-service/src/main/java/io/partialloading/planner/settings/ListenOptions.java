// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** Where calls are taken. */
final class ListenOptions {
  @Option(
      names = "--address",
      paramLabel = "HOST",
      description = "Host name or IP address to listen on.")
  private String address = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 for any that is free.")
  private int port = 50051;

  @Option(
      names = "--plaintext",
      description = "Listen without TLS where others than this machine can call.")
  private boolean plaintext;

  @Option(
      names = "--reflection",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Tell generic clients the contract, which is public.")
  private boolean reflection;

  Listen settings() {
    return new Listen(resolve("--address", address, "--port", port), plaintext, reflection);
  }

  String address() {
    return address;
  }

  /**
   * What to bind to.
   *
   * @throws IllegalArgumentException if the host is unknown or the port is none
   */
  static InetSocketAddress resolve(String hostOption, String host, String portOption, int port) {
    Range.require(portOption, port, 0, Listen.MAX_PORT);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("%s %s is unknown".formatted(hostOption, host), e);
    }
  }
}
