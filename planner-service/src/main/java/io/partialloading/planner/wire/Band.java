// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.PrbGrid;

/**
 * The band to be shared.
 *
 * @param unitHertz bandwidth of what upload times are stated for: of one PRB, or without a grid of
 *     the whole band; {@link Double#NaN} if it is a fault
 * @param prbCount PRBs of the grid, or {@link Uplink#NO_GRID}
 */
record Band(double unitHertz, int prbCount) {
  private static final int SUBCARRIERS_OF_PRB = 12;

  /** One sub-carrier, the least that an uplink can have. */
  private static final int LEAST_HERTZ = 15_000;

  /** 3GPP TS 38.211, table 4.2-1: 15 kHz times 2^0 to 2^6. */
  private static final int LEAST_SPACING_KHZ = 15;

  private static final int LARGEST_SPACING_KHZ = 960;

  /** An NR carrier has at most 275 PRBs; this is far beyond what carriers could be aggregated. */
  private static final int MAX_PRBS = 65_536;

  private static final Band UNKNOWN = new Band(Double.NaN, Uplink.NO_GRID);

  /** Reads the band, in hertz or as a grid. */
  static Band read(ChannelState channel, Path path, Faults faults) {
    double bandwidth = channel.getBandwidthHz();
    if (!channel.hasPrbGrid()) {
      return inHertz(bandwidth, path, faults);
    }
    if (bandwidth != 0) {
      faults.add(path.field("bandwidth_hz"), bandwidth + " is set beside prb_grid");
    }
    return grid(channel.getPrbGrid(), path.field("prb_grid"), faults);
  }

  private static Band inHertz(double bandwidth, Path path, Faults faults) {
    if (!Ranges.isPositive(bandwidth, path, "bandwidth_hz", faults)) {
      return UNKNOWN;
    }
    if (bandwidth < LEAST_HERTZ) {
      faults.add(
          path.field("bandwidth_hz"),
          bandwidth + " Hz is less than one sub-carrier, " + LEAST_HERTZ + " Hz: the unit is Hz");
      return UNKNOWN;
    }
    return new Band(bandwidth, Uplink.NO_GRID);
  }

  private static Band grid(PrbGrid grid, Path path, Faults faults) {
    int count = grid.getPrbCount();
    boolean hasCount = count > 0 && count <= MAX_PRBS;
    if (!hasCount) {
      faults.add(
          path.field("prb_count"), Integer.toUnsignedString(count) + " is not 1 to " + MAX_PRBS);
    }
    int spacing = grid.getSubcarrierSpacingKhz();
    boolean hasSpacing =
        spacing >= LEAST_SPACING_KHZ
            && spacing <= LARGEST_SPACING_KHZ
            && spacing % LEAST_SPACING_KHZ == 0
            && Integer.bitCount(spacing / LEAST_SPACING_KHZ) == 1;
    if (!hasSpacing) {
      faults.add(
          path.field("subcarrier_spacing_khz"),
          Integer.toUnsignedString(spacing) + " is not 15, 30, 60, 120, 240, 480 or 960");
    }
    return hasCount && hasSpacing ? new Band(SUBCARRIERS_OF_PRB * 1e3 * spacing, count) : UNKNOWN;
  }

  /** Whether the band is not a fault. */
  boolean isKnown() {
    return unitHertz > 0;
  }

  /** The whole band in Hz. */
  double hertz() {
    return prbCount == Uplink.NO_GRID ? unitHertz : unitHertz * prbCount;
  }
}
