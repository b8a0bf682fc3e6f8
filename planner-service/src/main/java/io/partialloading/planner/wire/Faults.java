package io.partialloading.planner.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything that is wrong with a request, and the fields that this server does not
 * support.
 */
final class Faults {
  /** More are counted but not kept: a request of nothing but faults must not cost much memory. */
  static final int MAX_LISTED = 1_000;

  private final List<Fault> faults = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();
  private int faultCount;
  private int unsupportedCount;

  /** Notes a fault. */
  void add(Path field, String description) {
    if (faultCount++ < MAX_LISTED) {
      faults.add(new Fault(field.toString(), description));
    }
  }

  /** Notes the use of a field that the contract has but this server does not support. */
  void addUnsupported(Path field) {
    if (unsupportedCount++ < MAX_LISTED) {
      unsupported.add(field.toString());
    }
  }

  /**
   * Ends the reading if anything was noted; faults come first.
   *
   * @throws InvalidRequestException if there are faults
   * @throws UnsupportedFieldsException if there are unsupported fields only
   */
  void throwIfAny() {
    if (faultCount > 0) {
      throw new InvalidRequestException(faults, faultCount);
    }
    if (unsupportedCount > 0) {
      throw new UnsupportedFieldsException(unsupported, unsupportedCount);
    }
  }
}
