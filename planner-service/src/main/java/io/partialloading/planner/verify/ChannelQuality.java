// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.UserChannel;

/** What users get out of each hertz, from whatever is known of their channels. */
final class ChannelQuality {
  /**
   * The most that 5G NR carries, in bit/s/Hz: 256-QAM at code rate 948/1024 (3GPP TS 38.214, table
   * 5.1.3.1-2, index 27).
   */
  private static final double MOST_CARRIED = 8 * 948 / 1024.0;

  private final McsTable mcsTable;

  ChannelQuality(ChannelState channelState) {
    this.mcsTable = channelState.getMcsTable();
  }

  /** Spectral efficiency of a channel in bit/s/Hz, finite; 0 for a user out of reach. */
  double spectralEfficiency(UserChannel channel) {
    return switch (channel.getQualityCase()) {
      case SPECTRAL_EFFICIENCY -> channel.getSpectralEfficiency();
      case UPLINK_SINR_DB ->
          Math.min(shannonEfficiency(Math.pow(10, channel.getUplinkSinrDb() / 10)), MOST_CARRIED);
      case UPLINK_MCS -> McsTables.efficiency(mcsTable, channel.getUplinkMcs());
      case LINK_BUDGET -> shannonEfficiency(signalToNoise(channel.getLinkBudget()));
      case MEAN_UPLINK_MCS, QUALITY_NOT_SET ->
          throw new IllegalArgumentException("a channel without quality");
    };
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
