// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanOptions;
import java.util.OptionalLong;

/** Reads the options, which must mean something to the algorithm. */
final class OptionsReader {
  private static final long DEFAULT_SLOT = 10_000_000;

  /** Bounds the tables of the slotted dynamic programs, which grow with the slots. */
  private static final long MAX_SLOTS = 10_000;

  private static final double LARGEST_EFFORT = 1000;

  private final PlanOptions options;
  private final Algorithm algorithm;
  private final Path path;
  private final Faults faults;

  private OptionsReader(PlanOptions options, Path path, Faults faults) {
    this.options = options;
    this.algorithm =
        options.getAlgorithm() == Algorithm.ALGORITHM_UNSPECIFIED
            ? Algorithm.ALGORITHM_ADAPTIVE
            : options.getAlgorithm();
    this.path = path;
    this.faults = faults;
  }

  /**
   * Reads options.
   *
   * @param prbCount PRBs of the grid, or {@link Uplink#NO_GRID}
   * @param budget latency budget in ns, or {@link Ranges#NO_TIME} if it is a fault
   */
  static Options read(PlanOptions options, int prbCount, long budget, Path path, Faults faults) {
    return new OptionsReader(options, path, faults).read(prbCount, budget);
  }

  private Options read(int prbCount, long budget) {
    if (algorithm == Algorithm.UNRECOGNIZED) {
      faults.add(
          path.field("algorithm"), options.getAlgorithmValue() + " is not a known Algorithm");
    }
    long slot = slot(budget);
    BandwidthSharing sharing = bandwidthSharing(prbCount);
    if (options.getIgnoreParameterSharing() && algorithm == Algorithm.ALGORITHM_MAXIMUM_OVERLAP) {
      reportMeaningless("ignore_parameter_sharing");
    }
    long planningTimeLimit = planningTimeLimit();
    Margins margins =
        new Margins(
            margin(options.getUploadMargin(), "upload_margin"),
            margin(options.getLoadMargin(), "load_margin"),
            margin(options.getComputeMargin(), "compute_margin"));
    if (options.getSensitivity() && algorithm != Algorithm.ALGORITHM_ADAPTIVE) {
      reportMeaningless("sensitivity");
    }
    return new Options(
        algorithm,
        slot,
        sharing,
        options.getIgnoreParameterSharing(),
        planningTimeLimit,
        margins,
        options.getSensitivity(),
        searchEffort(),
        answerReserve());
  }

  private BandwidthSharing bandwidthSharing(int prbCount) {
    int subchannels = options.getEqualSubchannels();
    boolean grid = prbCount != Uplink.NO_GRID;
    if (subchannels == 0) {
      return grid ? BandwidthSharing.prbGrid(prbCount) : BandwidthSharing.optimal();
    }
    if (subchannels < 0) {
      faults.add(
          path.field("equal_subchannels"),
          Integer.toUnsignedString(subchannels) + " exceeds 2^31 - 1");
      return BandwidthSharing.optimal();
    }
    if (!grid) {
      return BandwidthSharing.equalSubchannels(subchannels);
    }
    if (subchannels > prbCount) {
      faults.add(
          path.field("equal_subchannels"),
          subchannels + " sub-channels are more than the " + prbCount + " PRBs of the grid");
      return BandwidthSharing.optimal();
    }
    return BandwidthSharing.equalSubchannelsOfGrid(subchannels, prbCount);
  }

  private double margin(double margin, String field) {
    if (margin >= 0 && margin <= Margins.LARGEST) {
      return margin;
    }
    faults.add(path.field(field), margin + " is not 0 to 100");
    return 0;
  }

  private long slot(long budget) {
    long slot =
        options.hasSlot()
            ? Ranges.positiveTime(options.getSlot(), path, "slot", faults)
            : DEFAULT_SLOT;
    if (!Options.isSlotted(algorithm)) {
      if (options.hasSlot()) {
        reportMeaningless("slot");
      }
      // Of use to a planner that takes a slotted plan to start from, whatever the budget.
      return Math.max(DEFAULT_SLOT, (budget + MAX_SLOTS - 1) / MAX_SLOTS);
    } else if (slot != Ranges.NO_TIME && budget / slot > MAX_SLOTS) {
      faults.add(
          path.field("slot"),
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
    return Ranges.positiveTime(options.getPlanningTimeLimit(), path, "planning_time_limit", faults);
  }

  private double searchEffort() {
    if (!options.hasSearchEffort()) {
      return 1;
    }
    if (algorithm != Algorithm.ALGORITHM_ADAPTIVE) {
      reportMeaningless("search_effort");
    }
    double effort = options.getSearchEffort();
    if (effort > 0 && effort <= LARGEST_EFFORT) {
      return effort;
    }
    faults.add(path.field("search_effort"), effort + " is not above 0 and at most 1000");
    return 1;
  }

  private OptionalLong answerReserve() {
    return options.hasAnswerReserve()
        ? OptionalLong.of(Ranges.time(options.getAnswerReserve(), path, "answer_reserve", faults))
        : OptionalLong.empty();
  }

  private void reportMeaningless(String field) {
    if (algorithm != Algorithm.UNRECOGNIZED) {
      faults.add(path.field(field), "means nothing to " + algorithm);
    }
  }
}
