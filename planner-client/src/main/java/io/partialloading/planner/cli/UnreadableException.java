// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import java.util.List;

/** Why a file, or something in it, cannot be used. The message has a line for each fault. */
final class UnreadableException extends Exception {
  private final List<String> faults;

  UnreadableException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  UnreadableException(String fault) {
    this(List.of(fault));
  }

  /** The same faults, each with what it is a fault of. */
  UnreadableException of(String subject) {
    return new UnreadableException(faults.stream().map(fault -> subject + ": " + fault).toList());
  }

  List<String> faults() {
    return faults;
  }
}
