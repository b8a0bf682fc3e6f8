package io.partialloading.planner.server;

import io.partialloading.planner.wire.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * How the server runs.
 *
 * @param address host name or IP address to listen on
 * @param port TCP port to listen on; 0 for any that is free
 * @param drain how long calls may go on after the server was told to stop
 * @param limits the largest request
 */
record Settings(String address, int port, Duration drain, Limits limits) {
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  Settings {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not 0 to " + MAX_PORT);
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("a drain time of " + drain.toSeconds() + " s is negative");
    }
  }

  /**
   * What to bind to.
   *
   * @throws UnknownHostException if the address has no IP address
   */
  InetSocketAddress socketAddress() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }
}
