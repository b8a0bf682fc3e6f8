// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import java.util.List;

/** A request is wrong. */
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;
  private final int faultCount;

  InvalidRequestException(List<Fault> faults, int faultCount) {
    super(
        (faultCount == 1 ? "1 fault" : faultCount + " faults, the first")
            + ": "
            + faults.get(0).field()
            + ": "
            + faults.get(0).description());
    this.faults = List.copyOf(faults);
    this.faultCount = faultCount;
  }

  /** The faults, in the order of the request's fields; the first 1,000 if there are more. */
  public List<Fault> faults() {
    return faults;
  }

  /** Number of all faults. */
  public int faultCount() {
    return faultCount;
  }
}
