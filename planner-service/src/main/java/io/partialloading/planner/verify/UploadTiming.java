// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.UserChannel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** How fast users upload on what they are granted. */
final class UploadTiming {
  private static final BigDecimal BIT_NANOSECONDS_PER_BYTE_SECOND =
      BigDecimal.valueOf(8_000_000_000L);

  /**
   * A fraction is a double, off by up to half a unit in the last place from the share it stands
   * for. Forgiven before rounding up: without this p / (p / sum) would often round to sum + 1.
   */
  private static final BigDecimal FRACTION_ROUNDING = new BigDecimal(1 - 0x1p-52);

  /** In ns, 2^63 and what doubles may round it by. */
  private static final BigDecimal LONGEST = new BigDecimal(0x1p63 + 0x1p15);

  private final Band band;
  private final ChannelQuality quality;
  private final BigDecimal slotRatio;
  private final BigDecimal stretch;

  /**
   * The uploads of a channel.
   *
   * @param stretch how many times as long uploads are planned to take
   */
  UploadTiming(ChannelState channelState, BigDecimal stretch) {
    this.band = Band.of(channelState);
    this.quality = new ChannelQuality(channelState);
    this.slotRatio =
        channelState.hasUplinkSlotRatio()
            ? new BigDecimal(channelState.getUplinkSlotRatio())
            : BigDecimal.ONE;
    this.stretch = stretch;
  }

  Band band() {
    return band;
  }

  /** Whether a channel is known and carries anything. */
  boolean carries(UserChannel channel) {
    return quality.bitsOfSlot(channel).signum() > 0;
  }

  /**
   * Whether a user's upload, if there is any, has a time: on one unit of the band and without
   * margin one of 64 bits, but for the rounding of an arithmetic with doubles.
   */
  boolean isInReach(UserChannel channel, long bytes) {
    return bitNanoseconds(bytes).compareTo(LONGEST.multiply(unitRate(channel))) <= 0;
  }

  /**
   * Rate of a user that has one unit of the band, averaged over all slots, in bits for each of
   * {@link ChannelQuality#HERTZ_SECONDS} seconds. So this and all that follows is a number with an
   * end, and nothing is rounded before the last division.
   */
  private BigDecimal unitRate(UserChannel channel) {
    return band.unitHertz().multiply(slotRatio).multiply(quality.bitsOfSlot(channel));
  }

  /** Rate of a user with a grant that carries, in bit/s; infinite where no double is so large. */
  double rate(UserChannel channel, BandwidthGrant grant) {
    return unitRate(channel)
        .multiply(band.units(grant))
        .divide(ChannelQuality.HERTZ_SECONDS, MathContext.DECIMAL128)
        .doubleValue();
  }

  /**
   * Time of a user that has one unit of the band and whose channel carries.
   *
   * @param bytes size of the upload D_k, at least 0
   */
  BigInteger unitTime(UserChannel channel, long bytes) {
    return Quotient.of(work(bytes), unitRate(channel), RoundingMode.CEILING);
  }

  /**
   * Upload time (6) of a user with a grant and a channel that carry, as the planner times it: the
   * time on one unit in whole nanoseconds, over the number of units.
   */
  BigInteger time(UserChannel channel, long bytes, BandwidthGrant grant) {
    BigDecimal unitTime = new BigDecimal(unitTime(channel, bytes));
    return Quotient.of(
        band.isGrid() ? unitTime : unitTime.multiply(FRACTION_ROUNDING),
        band.units(grant),
        RoundingMode.CEILING);
  }

  /** {@link #time} without any rounding up; below it by at most one over the number of units. */
  BigInteger leastTime(UserChannel channel, long bytes, BandwidthGrant grant) {
    return Quotient.of(
        work(bytes), unitRate(channel).multiply(band.units(grant)), RoundingMode.FLOOR);
  }

  private BigDecimal work(long bytes) {
    return bitNanoseconds(bytes).multiply(stretch);
  }

  /** What over a rate as {@link #unitRate} counts it is a time in ns. */
  private static BigDecimal bitNanoseconds(long bytes) {
    return BIT_NANOSECONDS_PER_BYTE_SECOND
        .multiply(BigDecimal.valueOf(bytes))
        .multiply(ChannelQuality.HERTZ_SECONDS);
  }
}
