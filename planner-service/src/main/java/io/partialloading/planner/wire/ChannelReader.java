// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.UserChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the uplink: the band, and for each user its rate and upload time. */
final class ChannelReader {
  /** In place of an efficiency that is a fault. */
  private static final double UNKNOWN = Double.NaN;

  private static final double MAX_SINR_DB = 1000;

  /** Bits of a byte times nanoseconds of a second. */
  private static final double BIT_NANOSECONDS = 8e9;

  private final ChannelState channel;
  private final @Nullable Users users;
  private final Path request;
  private final Path path;
  private final Faults faults;
  private final Band band;
  private final double slotRatio;

  /** Null if the table is a fault. */
  private final @Nullable McsIndexTable mcsTable;

  private final long[] uploadBytes;
  private final double[] fullBandRates;
  private final double[] unitTimes;

  private ChannelReader(ChannelState channel, @Nullable Users users, Path request, Faults faults) {
    this.channel = channel;
    this.users = users;
    this.request = request;
    this.path = request.field(RequestReader.CHANNEL_STATE);
    this.faults = faults;
    if (channel.hasMeasuredAt()) {
      Ranges.checkTimestamp(channel.getMeasuredAt(), path, "measured_at", faults);
    }
    this.band = Band.read(channel, path, faults);
    this.slotRatio = slotRatio();
    this.mcsTable = mcsTable();
    this.uploadBytes = users == null ? new long[0] : users.uploadBytes();
    this.fullBandRates = new double[uploadBytes.length];
    this.unitTimes = new double[uploadBytes.length];
    Arrays.fill(unitTimes, Double.POSITIVE_INFINITY);
  }

  /**
   * Reads the uplink.
   *
   * @param users the users; null if there is no snapshot, which is a fault elsewhere
   * @param request where the request is that has the channel state
   */
  static Uplink read(ChannelState channel, @Nullable Users users, Path request, Faults faults) {
    return new ChannelReader(channel, users, request, faults).read();
  }

  private Uplink read() {
    int[] channelOf = new int[uploadBytes.length]; // plus 1
    for (int i = 0; i < channel.getUserChannelsCount(); i++) {
      faults.step();
      UserChannel message = channel.getUserChannels(i);
      Path channelPath = path.item("user_channels", i);
      int user = user(message, channelPath, channelOf);
      if (user >= 0) {
        channelOf[user] = i + 1;
      }
      double efficiency = efficiency(message, channelPath);
      if (user >= 0 && efficiency > 0 && band.isKnown() && slotRatio > 0) {
        setUpload(user, efficiency, message, channelPath);
      }
    }
    reportUsersWithoutChannel(channelOf);
    return new Uplink(band.prbCount(), fullBandRates, unitTimes);
  }

  /** The share of time that is uplink, or {@link #UNKNOWN}. */
  private double slotRatio() {
    double ratio = channel.hasUplinkSlotRatio() ? channel.getUplinkSlotRatio() : 1;
    if (ratio > 0 && ratio <= 1) {
      return ratio;
    }
    faults.add(path.field("uplink_slot_ratio"), ratio + " is not above 0 and at most 1");
    return UNKNOWN;
  }

  private @Nullable McsIndexTable mcsTable() {
    return switch (channel.getMcsTable()) {
      case MCS_TABLE_QAM64 -> McsIndexTable.QAM64;
      case MCS_TABLE_UNSPECIFIED, MCS_TABLE_QAM256 -> McsIndexTable.QAM256;
      case MCS_TABLE_QAM64_LOW_SE -> McsIndexTable.QAM64_LOW_SE;
      case UNRECOGNIZED -> {
        faults.add(
            path.field("mcs_table"), channel.getMcsTableValue() + " is not a known McsTable");
        yield null;
      }
    };
  }

  /** The user of a channel; negative if it has none, or one already. */
  private int user(UserChannel message, Path channelPath, int[] channelOf) {
    String id = message.getUserId();
    if (!Ranges.isId(id, channelPath, "user_id", faults) || users == null) {
      return -1;
    }
    Integer user = users.byId().get(id);
    if (user == null) {
      faults.add(channelPath.field("user_id"), Quoted.of(id) + " is not a user");
      return -1;
    }
    if (channelOf[user] > 0) {
      faults.add(
          channelPath.field("user_id"),
          Quoted.of(id) + " has user_channels[" + (channelOf[user] - 1) + "] already");
      return -1;
    }
    return user;
  }

  private void reportUsersWithoutChannel(int[] channelOf) {
    if (users == null) {
      return;
    }
    for (int user = 0; user < channelOf.length; user++) {
      faults.step();
      String id = users.ids()[user];
      // A user without an id, or with another's, is a fault of its own.
      if (channelOf[user] == 0 && Integer.valueOf(user).equals(users.byId().get(id))) {
        faults.add(
            request.field(RequestReader.USER_SNAPSHOT).item("users", user).field("id"),
            Quoted.of(id) + " has no channel");
      }
    }
  }

  /** The spectral efficiency in bit/s/Hz, finite and at least 0, or {@link #UNKNOWN}. */
  private double efficiency(UserChannel message, Path channelPath) {
    switch (message.getQualityCase()) {
      case SPECTRAL_EFFICIENCY:
        double efficiency = message.getSpectralEfficiency();
        return Ranges.isNotNegative(efficiency, channelPath, "spectral_efficiency", faults)
            ? sane(efficiency, channelPath.field("spectral_efficiency"))
            : UNKNOWN;
      case UPLINK_SINR_DB:
        double sinr = message.getUplinkSinrDb();
        if (!(sinr <= MAX_SINR_DB)) {
          faults.add(
              channelPath.field("uplink_sinr_db"), sinr + " is not a number of at most 1000 dB");
          return UNKNOWN;
        }
        return SpectralEfficiency.ofSinrDb(sinr);
      case UPLINK_MCS:
        return efficiencyOfMcs(message.getUplinkMcs(), channelPath.field("uplink_mcs"));
      case LINK_BUDGET:
        return efficiency(message.getLinkBudget(), channelPath.field("link_budget"));
      default:
        faults.addMissing(channelPath.field("quality"));
        return UNKNOWN;
    }
  }

  private double efficiencyOfMcs(int index, Path field) {
    if (mcsTable == null) {
      return UNKNOWN;
    }
    if (Integer.compareUnsigned(index, mcsTable.maxIndex()) > 0) {
      faults.add(
          field,
          "%s is not an index of MCS_TABLE_%s, 0 to %d"
              .formatted(Integer.toUnsignedString(index), mcsTable, mcsTable.maxIndex()));
      return UNKNOWN;
    }
    return mcsTable.efficiency(index);
  }

  private double efficiency(LinkBudget budget, Path link) {
    boolean good =
        Ranges.isNotNegative(budget.getTransmitPsdWPerHz(), link, "transmit_psd_w_per_hz", faults)
            & Ranges.isPositive(budget.getDistanceM(), link, "distance_m", faults)
            & Ranges.isNotNegative(budget.getPathLossExponent(), link, "path_loss_exponent", faults)
            & Ranges.isPositive(budget.getNoisePsdWPerHz(), link, "noise_psd_w_per_hz", faults)
            & Ranges.isNotNegative(budget.getFadingPowerGain(), link, "fading_power_gain", faults);
    if (!good) {
      return UNKNOWN;
    }
    double efficiency = SpectralEfficiency.of(budget);
    if (!(efficiency < Double.POSITIVE_INFINITY)) {
      faults.add(link, "P * g * d^-alpha / N0 overflows");
      return UNKNOWN;
    }
    return sane(efficiency, link);
  }

  private double sane(double efficiency, Path field) {
    if (efficiency <= SpectralEfficiency.LARGEST) {
      return efficiency;
    }
    faults.add(field, efficiency + " bit/s/Hz is more than 100");
    return UNKNOWN;
  }

  /** Sets the rate and the upload time of a user in reach. */
  private void setUpload(int user, double efficiency, UserChannel message, Path channelPath) {
    double rate = band.hertz() * efficiency * slotRatio;
    long bytes = uploadBytes[user];
    double time = bytes * BIT_NANOSECONDS / (band.unitHertz() * efficiency * slotRatio);
    if (rate == Double.POSITIVE_INFINITY) {
      faults.add(
          channelPath.field(qualityField(message)),
          efficiency + " bit/s/Hz on " + band.hertz() + " Hz overflows");
    } else if (bytes > 0 && !(Math.ceil(time) < 0x1p63)) {
      faults.add(
          channelPath.field(qualityField(message)),
          efficiency
              + " bit/s/Hz: uploading "
              + bytes
              + " bytes"
              + (band.prbCount() == Uplink.NO_GRID ? "" : " on one PRB")
              + " takes longer than 2^63 - 1 ns");
    } else {
      fullBandRates[user] = rate;
      unitTimes[user] = time;
    }
  }

  private static String qualityField(UserChannel message) {
    int number = message.getQualityCase().getNumber();
    return UserChannel.getDescriptor().findFieldByNumber(number).getName();
  }
}
