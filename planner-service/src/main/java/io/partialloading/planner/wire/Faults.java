// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Collects everything that is wrong with a request, and ends its reading when nobody waits for it.
 */
final class Faults {
  /** More are counted but not kept: a request of nothing but faults must not cost much memory. */
  static final int MAX_LISTED = 1_000;

  /** A step takes some nanoseconds, asking the signal some tens of them. */
  private static final int STEPS_BETWEEN_POLLS = 256;

  private final StopSignal stop;
  private final int maxListed;
  private final List<Fault> faults = new ArrayList<>();
  private int count;
  private int steps;

  /**
   * No faults so far.
   *
   * @param stop tells when nobody waits for the request any more
   */
  Faults(StopSignal stop) {
    this(stop, MAX_LISTED);
  }

  private Faults(StopSignal stop, int maxListed) {
    this.stop = stop;
    this.maxListed = maxListed;
  }

  /** Notes a fault. */
  void add(Path field, String description) {
    step();
    if (count++ < maxListed) {
      faults.add(new Fault(field.toString(), description));
    }
  }

  /** No faults so far of a table's entries, each of which has one at most. */
  Faults ofEntries() {
    return new Faults(stop, 1);
  }

  /** Notes the first fault of a table's entries, and how many other entries have one. */
  void addFirst(Faults entries) {
    int others = entries.count - 1;
    String more = others == 1 ? " (and 1 more entry)" : " (and " + others + " more entries)";
    add(entries.faults.get(0), others == 0 ? "" : more);
  }

  /** No faults so far of something that was sent in an earlier request. */
  Faults ofEarlier() {
    return new Faults(stop);
  }

  /**
   * Notes the faults of something that was sent in an earlier request.
   *
   * @param note what to add to the description of each
   */
  void addEach(Faults earlier, String note) {
    earlier.faults.forEach(fault -> add(fault, note));
    count += earlier.count - earlier.faults.size(); // those that are not listed
  }

  private void add(Fault fault, String note) {
    if (count++ < maxListed) {
      faults.add(new Fault(fault.field(), fault.description() + note));
    }
  }

  /** Notes that a field which is required is not set. */
  void addMissing(Path field) {
    add(field, "is missing");
  }

  /**
   * Notes that reading has come to another element.
   *
   * @throws CancellationException if nobody waits for the request any more
   */
  void step() {
    if (++steps == STEPS_BETWEEN_POLLS) {
      steps = 0;
      stop.throwIfCancelled();
    }
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
