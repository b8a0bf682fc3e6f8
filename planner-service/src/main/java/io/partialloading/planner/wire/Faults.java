// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a request. */
final class Faults {
  /** More are counted but not kept: a request of nothing but faults must not cost much memory. */
  static final int MAX_LISTED = 1_000;

  private final List<Fault> faults = new ArrayList<>();
  private int count;

  /** Notes a fault. */
  void add(Path field, String description) {
    if (count++ < MAX_LISTED) {
      faults.add(new Fault(field.toString(), description));
    }
  }

  /** Notes that a field which is required is not set. */
  void addMissing(Path field) {
    add(field, "is missing");
  }

  /** How many were noted so far. */
  int count() {
    return count;
  }

  /**
   * Ends the reading if anything was noted.
   *
   * @throws InvalidRequestException if there are faults
   */
  void throwIfAny() {
    if (count > 0) {
      throw new InvalidRequestException(faults, count);
    }
  }
}
