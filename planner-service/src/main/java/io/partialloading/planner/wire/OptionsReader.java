package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanOptions;

/** Reads the options, which must mean something to the algorithm. */
final class OptionsReader {
  static final Path OPTIONS = Path.REQUEST.field("options");

  private static final long DEFAULT_SLOT = 10_000_000;

  /** Bounds the tables of the slotted dynamic programs, which grow with the slots. */
  private static final long MAX_SLOTS = 10_000;

  private final PlanOptions options;
  private final Algorithm algorithm;
  private final Faults faults;

  private OptionsReader(PlanOptions options, Faults faults) {
    this.options = options;
    this.algorithm =
        options.getAlgorithm() == Algorithm.ALGORITHM_UNSPECIFIED
            ? Algorithm.ALGORITHM_ADAPTIVE
            : options.getAlgorithm();
    this.faults = faults;
  }

  /**
   * Reads options.
   *
   * @param budget latency budget in ns, or {@link Ranges#NO_TIME} if it is a fault
   */
  static Options read(PlanOptions options, long budget, Faults faults) {
    return new OptionsReader(options, faults).read(budget);
  }

  private Options read(long budget) {
    if (algorithm == Algorithm.UNRECOGNIZED) {
      faults.add(
          OPTIONS.field("algorithm"), options.getAlgorithmValue() + " is not a known Algorithm");
    }
    long slot = slot(budget);
    int subchannels = options.getEqualSubchannels();
    if (subchannels < 0) {
      faults.add(
          OPTIONS.field("equal_subchannels"),
          Integer.toUnsignedString(subchannels) + " exceeds 2^31 - 1");
    }
    if (options.getIgnoreParameterSharing() && algorithm == Algorithm.ALGORITHM_MAXIMUM_OVERLAP) {
      reportMeaningless("ignore_parameter_sharing");
    }
    return new Options(
        algorithm,
        slot,
        subchannels > 0
            ? BandwidthSharing.equalSubchannels(subchannels)
            : BandwidthSharing.optimal(),
        options.getIgnoreParameterSharing(),
        planningTimeLimit());
  }

  private long slot(long budget) {
    long slot =
        options.hasSlot()
            ? Ranges.positiveTime(options.getSlot(), OPTIONS, "slot", faults)
            : DEFAULT_SLOT;
    if (!Options.isSlotted(algorithm)) {
      if (options.hasSlot()) {
        reportMeaningless("slot");
      }
      // Of use to a planner that takes a slotted plan to start from, whatever the budget.
      return Math.max(DEFAULT_SLOT, (budget + MAX_SLOTS - 1) / MAX_SLOTS);
    } else if (slot != Ranges.NO_TIME && budget / slot > MAX_SLOTS) {
      faults.add(
          OPTIONS.field("slot"),
          "the budget has %d slots of %d ns, more than %d"
              .formatted(budget / slot, slot, MAX_SLOTS));
    }
    return slot;
  }

  private long planningTimeLimit() {
    if (!options.hasPlanningTimeLimit()) {
      return ReadRequest.NO_TIME_LIMIT;
    }
    if (algorithm != Algorithm.ALGORITHM_ADAPTIVE) {
      reportMeaningless("planning_time_limit");
    }
    return Ranges.positiveTime(
        options.getPlanningTimeLimit(), OPTIONS, "planning_time_limit", faults);
  }

  private void reportMeaningless(String field) {
    if (algorithm != Algorithm.UNRECOGNIZED) {
      faults.add(OPTIONS.field(field), "means nothing to " + algorithm);
    }
  }
}
