// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.ChannelState;
import java.math.BigDecimal;

/**
 * The band as it is granted: in units of which a user gets some number. In hertz the unit is the
 * whole band and the number a fraction; of a grid the unit is one PRB and the number whole.
 *
 * @param unitHertz bandwidth of a unit, in Hz
 * @param prbCount number of PRBs of the grid; 0 without a grid
 */
record Band(BigDecimal unitHertz, long prbCount) {
  private static final long SUBCARRIERS_OF_PRB = 12;
  private static final long HERTZ_OF_KILOHERTZ = 1_000;

  static Band of(ChannelState channelState) {
    if (!channelState.hasPrbGrid()) {
      return new Band(new BigDecimal(channelState.getBandwidthHz()), 0);
    }
    long spacing = channelState.getPrbGrid().getSubcarrierSpacingKhz() * HERTZ_OF_KILOHERTZ;
    return new Band(
        BigDecimal.valueOf(SUBCARRIERS_OF_PRB * spacing),
        Integer.toUnsignedLong(channelState.getPrbGrid().getPrbCount()));
  }

  boolean isGrid() {
    return prbCount > 0;
  }

  /** Whether anything can be uploaded on a grant: its number of units is above 0 and finite. */
  boolean carries(BandwidthGrant grant) {
    double fraction = grant.getBandwidthFraction();
    return isGrid()
        ? grant.getPrbCount() != 0
        : fraction > 0 && fraction < Double.POSITIVE_INFINITY;
  }

  /** Whether a grant is of no share at all. */
  boolean isNothing(BandwidthGrant grant) {
    return isGrid() ? grant.getPrbCount() == 0 : grant.getBandwidthFraction() == 0;
  }

  /** Number of units of a grant that carries. */
  BigDecimal units(BandwidthGrant grant) {
    return isGrid()
        ? BigDecimal.valueOf(prbs(grant))
        : new BigDecimal(grant.getBandwidthFraction());
  }

  /** The PRBs that a grant states. */
  static long prbs(BandwidthGrant grant) {
    return Integer.toUnsignedLong(grant.getPrbCount());
  }

  /** A grant's share of the band: as stated, or with a grid that of its PRBs. */
  double fraction(BandwidthGrant grant) {
    return isGrid() ? (double) prbs(grant) / prbCount : grant.getBandwidthFraction();
  }
}
