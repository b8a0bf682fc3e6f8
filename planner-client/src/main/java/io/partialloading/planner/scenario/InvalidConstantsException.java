// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import java.util.List;

/** A file of constants cannot be used. The message has a line for each fault. */
public final class InvalidConstantsException extends Exception {
  private final List<String> faults;

  InvalidConstantsException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Everything that is wrong with it, each with the key and the value: at least one. */
  public List<String> faults() {
    return faults;
  }
}
