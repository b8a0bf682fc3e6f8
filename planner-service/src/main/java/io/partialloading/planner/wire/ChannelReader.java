// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Timestamp;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.UserChannel;
import org.jspecify.annotations.Nullable;

/** Reads the uplink: the band, and for each user its rate and upload time. */
final class ChannelReader {
  /** In place of a number that is a fault, or that follows from one. */
  private static final double UNKNOWN = Double.NaN;

  /** In place of a user: the entry is a fault, or there are no users. */
  private static final int NO_USER = -1;

  /** In place of a user: the entry is of nobody in the snapshot, and means nothing. */
  private static final int GONE = -2;

  private static final double MAX_SINR_DB = 1000;
  private static final double MAX_SINR_GAP_DB = 20;
  private static final double DEFAULT_SINR_GAP_DB = 3;
  private static final int MAX_LAYERS = 8;

  /** Bits of a byte times nanoseconds of a second. */
  private static final double BIT_NANOSECONDS = 8e9;

  private final ChannelState channel;
  private final @Nullable Users users;
  private final Path path;
  private final Faults faults;
  private final Band band;
  private final double slotRatio;
  private final double sinrGap;
  private final double dataElements;
  private final @Nullable Timestamp validUntil;

  /** Null if the table is a fault. */
  private final @Nullable McsIndexTable mcsTable;

  private final long[] uploadBytes;
  private final double[] fullBandRates;
  private final double[] unitTimes;

  private ChannelReader(ChannelState channel, @Nullable Users users, Path request, Faults faults) {
    this.channel = channel;
    this.users = users;
    this.path = request.field(RequestReader.CHANNEL_STATE);
    this.faults = faults;
    this.validUntil = validUntil();
    this.band = Band.read(channel, path, faults);
    this.slotRatio = slotRatio();
    this.sinrGap = sinrGap();
    this.dataElements = dataElements();
    this.mcsTable = mcsTable();
    this.uploadBytes = users == null ? new long[0] : users.uploadBytes();
    this.fullBandRates = new double[uploadBytes.length];
    this.unitTimes = new double[uploadBytes.length];
    for (int user = 0; user < unitTimes.length; user++) {
      unitTimes[user] = uploadBytes[user] == 0 ? 0 : Uplink.NO_CHANNEL;
    }
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
      if (user == GONE) {
        continue;
      }
      double efficiency = efficiency(message, channelPath);
      if (user == NO_USER) {
        continue;
      }
      channelOf[user] = i + 1;
      if (efficiency >= 0 && band.isKnown() && slotRatio > 0) {
        setUpload(user, efficiency, message, channelPath);
      }
    }
    return new Uplink(band.prbCount(), fullBandRates, unitTimes, validUntil);
  }

  /** When the measurement stops to hold; null if that is not said. */
  private @Nullable Timestamp validUntil() {
    boolean isGood =
        !channel.hasMeasuredAt()
            || Ranges.isTimestamp(channel.getMeasuredAt(), path, "measured_at", faults);
    if (!channel.hasValidFor()) {
      return null;
    }
    long validFor = Ranges.positiveTime(channel.getValidFor(), path, "valid_for", faults);
    if (!channel.hasMeasuredAt()) {
      faults.add(path.field("measured_at"), "is missing, which valid_for counts from");
      return null;
    }
    return isGood && validFor != Ranges.NO_TIME
        ? Instants.later(channel.getMeasuredAt(), validFor)
        : null;
  }

  /** What a receiver loses against Shannon, in dB, or {@link #UNKNOWN}. */
  private double sinrGap() {
    double gap = channel.hasSinrGapDb() ? channel.getSinrGapDb() : DEFAULT_SINR_GAP_DB;
    if (gap >= 0 && gap <= MAX_SINR_GAP_DB) {
      return gap;
    }
    faults.add(path.field("sinr_gap_db"), gap + " is not 0 to 20 dB");
    return UNKNOWN;
  }

  /** Resource elements of a PRB and slot that carry data, or {@link #UNKNOWN}. */
  private double dataElements() {
    int elements =
        channel.hasDataElementsPerPrb()
            ? channel.getDataElementsPerPrb()
            : SpectralEfficiency.MOST_DATA_ELEMENTS;
    if (elements >= 1 && elements <= SpectralEfficiency.ELEMENTS_OF_PRB) {
      return elements;
    }
    faults.add(
        path.field("data_elements_per_prb"),
        Integer.toUnsignedString(elements) + " is not 1 to " + SpectralEfficiency.ELEMENTS_OF_PRB);
    return UNKNOWN;
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

  /** The user of a channel, {@link #NO_USER} or {@link #GONE}. */
  private int user(UserChannel message, Path channelPath, int[] channelOf) {
    String id = message.getUserId();
    if (id.isEmpty()) {
      faults.addMissing(channelPath.field("user_id"));
      return NO_USER;
    }
    if (users == null) {
      return NO_USER;
    }
    Integer user = users.byId().get(id);
    if (user == null) {
      return GONE;
    }
    if (channelOf[user] > 0) {
      faults.add(
          channelPath.field("user_id"),
          Quoted.of(id) + " has user_channels[" + (channelOf[user] - 1) + "] already");
      return NO_USER;
    }
    return user;
  }

  /**
   * The spectral efficiency in bit/s/Hz of the band, finite and at least 0, or {@link #UNKNOWN},
   * also where it is not measured yet.
   */
  private double efficiency(UserChannel message, Path channelPath) {
    int layers = layers(message, channelPath);
    return switch (message.getQualityCase()) {
      case SPECTRAL_EFFICIENCY -> {
        double efficiency = message.getSpectralEfficiency();
        yield Ranges.isNotNegative(efficiency, channelPath, "spectral_efficiency", faults)
            ? sane(efficiency, channelPath.field("spectral_efficiency"))
            : UNKNOWN;
      }
      case LINK_BUDGET -> efficiency(message.getLinkBudget(), channelPath.field("link_budget"));
      case UPLINK_SINR_DB -> perHertz(ofSinr(message.getUplinkSinrDb(), channelPath), layers);
      case UPLINK_MCS -> perHertz(ofMcs(message.getUplinkMcs(), channelPath), layers);
      case MEAN_UPLINK_MCS -> perHertz(ofMeanMcs(message.getMeanUplinkMcs(), channelPath), layers);
      case QUALITY_NOT_SET -> UNKNOWN;
    };
  }

  /** The number of layers, 1 where it is a fault. */
  private int layers(UserChannel message, Path channelPath) {
    if (!message.hasUplinkLayers()) {
      return 1;
    }
    Path field = channelPath.field("uplink_layers");
    if (message.hasSpectralEfficiency() || message.hasLinkBudget()) {
      faults.add(field, "is set beside " + qualityField(message) + ", which is that of all layers");
      return 1;
    }
    int layers = message.getUplinkLayers();
    if (layers >= 1 && layers <= MAX_LAYERS) {
      return layers;
    }
    faults.add(field, Integer.toUnsignedString(layers) + " is not 1 to " + MAX_LAYERS);
    return 1;
  }

  private double perHertz(double ofElement, int layers) {
    return SpectralEfficiency.perHertz(ofElement, layers, dataElements);
  }

  private double ofSinr(double sinr, Path channelPath) {
    if (!(sinr <= MAX_SINR_DB)) {
      faults.add(channelPath.field("uplink_sinr_db"), sinr + " is not a number of at most 1000 dB");
      return UNKNOWN;
    }
    return mcsTable == null ? UNKNOWN : SpectralEfficiency.ofElement(sinr - sinrGap, mcsTable);
  }

  private double ofMeanMcs(double mean, Path channelPath) {
    if (mcsTable == null) {
      return UNKNOWN;
    }
    if (!(mean >= 0 && mean <= mcsTable.maxIndex())) {
      faults.add(
          channelPath.field("mean_uplink_mcs"),
          "%s is not a mean of indices of MCS_TABLE_%s, 0 to %d"
              .formatted(mean, mcsTable, mcsTable.maxIndex()));
      return UNKNOWN;
    }
    return mcsTable.efficiency(mean);
  }

  private double ofMcs(int index, Path channelPath) {
    if (mcsTable == null) {
      return UNKNOWN;
    }
    if (Integer.compareUnsigned(index, mcsTable.maxIndex()) > 0) {
      faults.add(
          channelPath.field("uplink_mcs"),
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

  /** Sets the rate and the upload time of a user whose channel is known. */
  private void setUpload(int user, double efficiency, UserChannel message, Path channelPath) {
    if (efficiency == 0) { // of either sign
      unitTimes[user] = uploadBytes[user] == 0 ? 0 : Uplink.OUT_OF_REACH;
      return;
    }
    double rate = band.hertz() * efficiency * slotRatio;
    if (rate == Double.POSITIVE_INFINITY) {
      faults.add(
          channelPath.field(qualityField(message)),
          efficiency + " bit/s/Hz on " + band.hertz() + " Hz overflows");
      return;
    }
    fullBandRates[user] = rate;
    if (uploadBytes[user] > 0) {
      double time =
          uploadBytes[user] * BIT_NANOSECONDS / (band.unitHertz() * efficiency * slotRatio);
      unitTimes[user] = Math.ceil(time) < 0x1p63 ? time : Uplink.OUT_OF_REACH;
    }
  }

  private static String qualityField(UserChannel message) {
    int number = message.getQualityCase().getNumber();
    return UserChannel.getDescriptor().findFieldByNumber(number).getName();
  }
}
