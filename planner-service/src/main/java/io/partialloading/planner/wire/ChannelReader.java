package io.partialloading.planner.wire;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.UserChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the uplink: the band, and for each user its full-band rate and upload time. */
final class ChannelReader {
  static final Path CHANNEL = Path.REQUEST.field("channel_state");

  /** In place of a bandwidth or an efficiency that is a fault or not supported. */
  private static final double UNKNOWN = Double.NaN;

  private static final double MAX_SINR_DB = 1000;

  /** Bits of a byte times nanoseconds of a second. */
  private static final double BIT_NANOSECONDS = 8e9;

  private final ChannelState channel;
  private final @Nullable Users users;
  private final Faults faults;
  private final long[] uploadBytes;
  private final double[] rates;
  private final long[] uploadTimes;

  private ChannelReader(ChannelState channel, @Nullable Users users, Faults faults) {
    this.channel = channel;
    this.users = users;
    this.faults = faults;
    this.uploadBytes = users == null ? new long[0] : users.uploadBytes();
    this.rates = new double[uploadBytes.length];
    this.uploadTimes = new long[uploadBytes.length];
    Arrays.fill(uploadTimes, Instance.OUT_OF_REACH);
  }

  /**
   * Reads the uplink.
   *
   * @param users the users; null if there is no snapshot, which is a fault elsewhere
   */
  static Uplink read(ChannelState channel, @Nullable Users users, Faults faults) {
    return new ChannelReader(channel, users, faults).read();
  }

  private Uplink read() {
    double bandwidth = bandwidth();
    if (channel.hasUplinkSlotRatio()) {
      faults.addUnsupported(CHANNEL.field("uplink_slot_ratio"));
    }
    if (channel.getMcsTable() == McsTable.UNRECOGNIZED) {
      faults.add(
          CHANNEL.field("mcs_table"), channel.getMcsTableValue() + " is not a known McsTable");
    }
    int[] channelOf = new int[rates.length]; // plus 1
    for (int i = 0; i < channel.getUserChannelsCount(); i++) {
      UserChannel message = channel.getUserChannels(i);
      Path path = CHANNEL.item("user_channels", i);
      int user = user(message, path, channelOf);
      if (user >= 0) {
        channelOf[user] = i + 1;
      }
      double efficiency = efficiency(message, path);
      if (user >= 0 && efficiency > 0 && bandwidth > 0) {
        setUpload(user, bandwidth, efficiency, message, path);
      }
    }
    reportUsersWithoutChannel(channelOf);
    return new Uplink(rates, uploadTimes);
  }

  private double bandwidth() {
    double bandwidth = channel.getBandwidthHz();
    if (!channel.hasPrbGrid()) {
      return Ranges.isPositive(bandwidth, CHANNEL, "bandwidth_hz", faults) ? bandwidth : UNKNOWN;
    }
    faults.addUnsupported(CHANNEL.field("prb_grid"));
    if (bandwidth != 0) {
      faults.add(CHANNEL.field("bandwidth_hz"), bandwidth + " is set beside prb_grid");
    }
    return UNKNOWN;
  }

  /** The user of a channel; negative if it has none, or one already. */
  private int user(UserChannel message, Path path, int[] channelOf) {
    String id = message.getUserId();
    if (!Ranges.isId(id, path, "user_id", faults) || users == null) {
      return -1;
    }
    Integer user = users.byId().get(id);
    if (user == null) {
      faults.add(path.field("user_id"), Quoted.of(id) + " is not a user");
      return -1;
    }
    if (channelOf[user] > 0) {
      faults.add(
          path.field("user_id"),
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
      String id = users.ids()[user];
      // A user without an id, or with another's, is a fault of its own.
      if (channelOf[user] == 0 && Integer.valueOf(user).equals(users.byId().get(id))) {
        faults.add(
            SnapshotReader.SNAPSHOT.item("users", user).field("id"),
            Quoted.of(id) + " has no channel");
      }
    }
  }

  /** The spectral efficiency in bit/s/Hz, finite and at least 0, or {@link #UNKNOWN}. */
  private double efficiency(UserChannel message, Path path) {
    switch (message.getQualityCase()) {
      case SPECTRAL_EFFICIENCY:
        double efficiency = message.getSpectralEfficiency();
        return Ranges.isNotNegative(efficiency, path, "spectral_efficiency", faults)
            ? efficiency
            : UNKNOWN;
      case UPLINK_SINR_DB:
        double sinr = message.getUplinkSinrDb();
        if (!(sinr <= MAX_SINR_DB)) {
          faults.add(path.field("uplink_sinr_db"), sinr + " is not a number of at most 1000 dB");
          return UNKNOWN;
        }
        return SpectralEfficiency.ofSinrDb(sinr);
      case UPLINK_MCS:
        faults.addUnsupported(path.field("uplink_mcs"));
        return UNKNOWN;
      case LINK_BUDGET:
        return efficiency(message.getLinkBudget(), path.field("link_budget"));
      default:
        faults.add(path.field("quality"), "is missing");
        return UNKNOWN;
    }
  }

  private double efficiency(LinkBudget budget, Path path) {
    boolean good =
        Ranges.isNotNegative(budget.getTransmitPsdWPerHz(), path, "transmit_psd_w_per_hz", faults)
            & Ranges.isPositive(budget.getDistanceM(), path, "distance_m", faults)
            & Ranges.isNotNegative(budget.getPathLossExponent(), path, "path_loss_exponent", faults)
            & Ranges.isPositive(budget.getNoisePsdWPerHz(), path, "noise_psd_w_per_hz", faults)
            & Ranges.isNotNegative(budget.getFadingPowerGain(), path, "fading_power_gain", faults);
    if (!good) {
      return UNKNOWN;
    }
    double efficiency = SpectralEfficiency.of(budget);
    if (!(efficiency < Double.POSITIVE_INFINITY)) {
      faults.add(path, "P * g * d^-alpha / N0 overflows");
      return UNKNOWN;
    }
    return efficiency;
  }

  /** Sets the rate B·R and the upload time p_k, rounded up, of a user in reach. */
  private void setUpload(
      int user, double bandwidth, double efficiency, UserChannel message, Path path) {
    double rate = bandwidth * efficiency;
    long bytes = uploadBytes[user];
    double time = Math.ceil(bytes * BIT_NANOSECONDS / rate);
    if (rate == Double.POSITIVE_INFINITY) {
      faults.add(
          path.field(qualityField(message)),
          efficiency + " bit/s/Hz on " + bandwidth + " Hz overflows");
    } else if (bytes > 0 && !(time < 0x1p63)) {
      faults.add(
          path.field(qualityField(message)),
          efficiency + " bit/s/Hz: uploading " + bytes + " bytes takes longer than 2^63 - 1 ns");
    } else {
      rates[user] = rate;
      uploadTimes[user] = Math.max(1, (long) time);
    }
  }

  private static String qualityField(UserChannel message) {
    int number = message.getQualityCase().getNumber();
    return UserChannel.getDescriptor().findFieldByNumber(number).getName();
  }
}
