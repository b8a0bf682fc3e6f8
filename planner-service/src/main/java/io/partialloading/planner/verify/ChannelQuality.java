// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.UserChannel;
import java.math.BigDecimal;

/**
 * What users get through, from whatever is known of their channels, counted in the bits that a PRB
 * carries in a slot. With any sub-carrier spacing that takes {@link #HERTZ_SECONDS} of the band: 12
 * sub-carriers of 15 kHz for a millisecond, or of 30 kHz for half of one.
 */
final class ChannelQuality {
  /** Bandwidth of a PRB times duration of a slot. */
  static final BigDecimal HERTZ_SECONDS = BigDecimal.valueOf(12 * 15);

  /** Most resource elements of a PRB and slot that a transport block uses: TS 38.214, 6.1.4.2. */
  private static final int MOST_DATA_ELEMENTS = 156;

  private static final double DEFAULT_SINR_GAP_DB = 3;

  private final McsTable mcsTable;
  private final BigDecimal dataElements;
  private final double sinrGap;

  ChannelQuality(ChannelState channelState) {
    this.mcsTable = channelState.getMcsTable();
    this.dataElements =
        BigDecimal.valueOf(
            channelState.hasDataElementsPerPrb()
                ? channelState.getDataElementsPerPrb()
                : MOST_DATA_ELEMENTS);
    this.sinrGap = channelState.hasSinrGapDb() ? channelState.getSinrGapDb() : DEFAULT_SINR_GAP_DB;
  }

  /**
   * Bits that a PRB carries in a slot of a user's channel, on all layers; 0 for a channel that
   * carries nothing or is not known.
   */
  BigDecimal bitsOfSlot(UserChannel channel) {
    return switch (channel.getQualityCase()) {
      case SPECTRAL_EFFICIENCY -> ofHertz(channel.getSpectralEfficiency());
      case LINK_BUDGET -> ofHertz(shannonEfficiency(signalToNoise(channel.getLinkBudget())));
      case UPLINK_SINR_DB -> {
        double sinr = Math.pow(10, (channel.getUplinkSinrDb() - sinrGap) / 10);
        BigDecimal bits = new BigDecimal(shannonEfficiency(sinr));
        yield ofElements(bits.min(McsTables.bitsOfLastIndex(mcsTable)), channel);
      }
      case UPLINK_MCS -> ofElements(McsTables.bits(mcsTable, channel.getUplinkMcs()), channel);
      case MEAN_UPLINK_MCS ->
          ofElements(McsTables.bits(mcsTable, channel.getMeanUplinkMcs()), channel);
      case QUALITY_NOT_SET -> BigDecimal.ZERO;
    };
  }

  private static BigDecimal ofHertz(double efficiency) {
    return HERTZ_SECONDS.multiply(new BigDecimal(efficiency));
  }

  private BigDecimal ofElements(BigDecimal bits, UserChannel channel) {
    int layers = channel.hasUplinkLayers() ? channel.getUplinkLayers() : 1;
    return bits.multiply(dataElements).multiply(BigDecimal.valueOf(layers));
  }

  private static double signalToNoise(LinkBudget budget) {
    double fading = budget.hasFadingPowerGain() ? budget.getFadingPowerGain() : 1;
    return budget.getTransmitPsdWPerHz()
        * fading
        * Math.pow(budget.getDistanceM(), -budget.getPathLossExponent())
        / budget.getNoisePsdWPerHz();
  }

  private static double shannonEfficiency(double signalToNoise) {
    // Not above 0 is no signal, a NaN included: zero power over a vanishing distance.
    return signalToNoise > 0 ? Math.log1p(signalToNoise) / Math.log(2) : 0;
  }
}
