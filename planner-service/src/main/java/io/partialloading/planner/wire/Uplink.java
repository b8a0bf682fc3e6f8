// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * What the uplink can do for each user.
 *
 * @param prbCount PRBs of the grid, or {@link #NO_GRID}
 * @param fullBandRates rate B·R in bit/s of a user that has the whole band, averaged over uplink
 *     and downlink slots, by user; 0 without a channel, or with one that carries nothing
 * @param unitTimes time in ns, not yet rounded, in which a user uploads on the whole band, or with
 *     a grid on one PRB, by user; 0 for who has nothing to upload, {@link #OUT_OF_REACH} or {@link
 *     #NO_CHANNEL}
 * @param validUntil when the measurement of the channel stops to hold; null if it does not say
 */
record Uplink(
    int prbCount, double[] fullBandRates, double[] unitTimes, @Nullable Timestamp validUntil) {
  /** In place of a number of PRBs: the band can be shared in any fractions. */
  static final int NO_GRID = 0;

  /** In place of a time: the channel carries nothing, or too little for any time. */
  static final double OUT_OF_REACH = Double.POSITIVE_INFINITY;

  /** In place of a time: what the channel carries is not known. */
  static final double NO_CHANNEL = Double.NEGATIVE_INFINITY;

  /** Whether a user's channel is known. */
  boolean isKnown(int user) {
    return unitTimes[user] != NO_CHANNEL;
  }
}
