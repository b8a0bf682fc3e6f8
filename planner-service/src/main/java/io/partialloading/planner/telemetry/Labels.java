// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import java.util.Locale;

/** Names of the contract and of the service as values of labels. */
final class Labels {
  private Labels() {}

  /** A constant's name in lower case. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The same without the prefix that Protocol Buffers ask for. */
  static String of(Enum<?> constant, String prefix) {
    String name = constant.name();
    return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
        .toLowerCase(Locale.ROOT);
  }
}
