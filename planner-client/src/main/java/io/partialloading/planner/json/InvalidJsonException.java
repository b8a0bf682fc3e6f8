// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import java.util.List;

/** A JSON text that is not the message it should be. */
public final class InvalidJsonException extends Exception {
  private final List<String> faults;

  InvalidJsonException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /**
   * What is wrong, in the order of the text, such as {@code line 3, column 20:
   * channelState.userChannels[0].uplinkMcs: "high" is not a whole number from 0 to 4294967295}.
   */
  public List<String> faults() {
    return faults;
  }
}
