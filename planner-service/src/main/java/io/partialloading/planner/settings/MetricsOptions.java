// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Prometheus asks for metrics. */
final class MetricsOptions {
  private static final String USUAL_PORT = "9464";

  @Option(
      names = "--metrics-address",
      paramLabel = "HOST",
      description = "Host name or IP address of the metrics port. By default that of management.")
  private @Nullable String address;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT|off",
      description =
          "Port of metrics for Prometheus, in plain text. By default 9464, or any that is free if"
              + " --port is 0.")
  private @Nullable String port;

  /** Null where the port is off. */
  @Nullable InetSocketAddress settings(
      ManagementOptions management, ListenOptions listenOptions, Listen listen) {
    if (address == null) {
      address = management.address(listenOptions);
    }
    if (port == null) {
      port = ManagementOptions.defaultPort(USUAL_PORT, listen);
    }
    return ManagementOptions.resolve("--metrics-address", address, "--metrics-port", port);
  }
}
