// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.net.InetSocketAddress;

/**
 * Where calls are taken, and what is offered there.
 *
 * @param address resolved address to listen on; port 0 takes any that is free
 * @param plaintext whether plain text is allowed where others than this machine can listen in
 * @param reflection whether generic clients may ask for the contract
 */
public record Listen(InetSocketAddress address, boolean plaintext, boolean reflection) {
  static final int MAX_PORT = 65_535;

  /** Whether nobody but this machine can call. */
  boolean isLoopback() {
    return address.getAddress().isLoopbackAddress();
  }
}
