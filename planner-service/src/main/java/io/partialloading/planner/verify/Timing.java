package io.partialloading.planner.verify;

import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.UserChannel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * How long uploads, loads and batches take and what memory they need, straight from the messages of
 * a valid request. Times are nanoseconds, rounded up where they come from a division; the
 * arithmetic is exact on the doubles of the request and knows no overflow.
 *
 * <p>Knows bands in hertz, efficiencies, Shannon's formula and affine profiles. Every other form of
 * a profile gets an {@link UnsupportedOperationException}, never a wrong time.
 */
public final class Timing {
  private static final BigDecimal BIT_NANOSECONDS_PER_BYTE_SECOND =
      BigDecimal.valueOf(8_000_000_000L);
  private static final BigDecimal NANOSECONDS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

  /**
   * A fraction is a double, off by up to half a unit in the last place from the share it stands
   * for. Forgiven before rounding up: without this p / (p / sum) would often round to sum + 1.
   */
  private static final BigDecimal FRACTION_ROUNDING = new BigDecimal(1 - 0x1p-52);

  private final BigDecimal bandwidth;
  private final EdgeServer server;

  /**
   * The times of a request.
   *
   * @throws UnsupportedOperationException if the band is given in another form than in hertz
   */
  public Timing(ChannelState channelState, EdgeServer server) {
    if (channelState.hasPrbGrid() || channelState.hasUplinkSlotRatio()) {
      throw new UnsupportedOperationException("channel_state.prb_grid or uplink_slot_ratio");
    }
    this.bandwidth = new BigDecimal(channelState.getBandwidthHz());
    this.server = server;
  }

  /** Spectral efficiency of a channel in bit/s/Hz, finite; 0 for a user out of reach. */
  public double spectralEfficiency(UserChannel channel) {
    return switch (channel.getQualityCase()) {
      case SPECTRAL_EFFICIENCY -> channel.getSpectralEfficiency();
      case UPLINK_SINR_DB -> shannonEfficiency(Math.pow(10, channel.getUplinkSinrDb() / 10));
      case LINK_BUDGET -> shannonEfficiency(signalToNoise(channel.getLinkBudget()));
      case UPLINK_MCS, QUALITY_NOT_SET ->
          throw new UnsupportedOperationException("quality " + channel.getQualityCase());
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

  /** Rate of a user that has the whole band, in bit/s. */
  private BigDecimal fullBandRate(UserChannel channel) {
    return bandwidth.multiply(new BigDecimal(spectralEfficiency(channel)));
  }

  /** Whether a fraction of the band is one that anything can be uploaded on. */
  static boolean carries(double fraction) {
    return fraction > 0 && fraction < Double.POSITIVE_INFINITY;
  }

  /**
   * Rate of a user that has a fraction of the band, in bit/s; infinite where no double is so large.
   */
  double uploadRate(UserChannel channel, double fraction) {
    return fullBandRate(channel).multiply(new BigDecimal(fraction)).doubleValue();
  }

  /**
   * Full-band upload time p_k of a user in reach.
   *
   * @param bytes size of the upload D_k, at least 1
   */
  public BigInteger fullBandUpload(UserChannel channel, long bytes) {
    return quotient(
        BIT_NANOSECONDS_PER_BYTE_SECOND.multiply(BigDecimal.valueOf(bytes)),
        fullBandRate(channel),
        RoundingMode.CEILING);
  }

  /**
   * Upload time (6) of a user in reach that has a fraction of the band, as the planner times it:
   * p_k in whole nanoseconds over the fraction.
   *
   * @param fraction above 0 and finite
   */
  BigInteger upload(UserChannel channel, long bytes, double fraction) {
    return quotient(
        new BigDecimal(fullBandUpload(channel, bytes)).multiply(FRACTION_ROUNDING),
        new BigDecimal(fraction),
        RoundingMode.CEILING);
  }

  /** {@link #upload} without any rounding up; below it by at most 1/fraction. */
  BigInteger leastUpload(UserChannel channel, long bytes, double fraction) {
    return quotient(
        BIT_NANOSECONDS_PER_BYTE_SECOND.multiply(BigDecimal.valueOf(bytes)),
        fullBandRate(channel).multiply(new BigDecimal(fraction)),
        RoundingMode.FLOOR);
  }

  /** Time of one load (8): both transfer stages one after the other. No bytes take no time. */
  public BigInteger load(long bytes) {
    BigInteger time = BigInteger.ZERO;
    if (bytes > 0 && server.hasStorageToHost()) {
      time = time.add(transfer(server.getStorageToHost(), bytes));
    }
    if (bytes > 0 && server.hasHostToGpu()) {
      time = time.add(transfer(server.getHostToGpu(), bytes));
    }
    return time;
  }

  private static BigInteger transfer(TransferProfile profile, long bytes) {
    return switch (profile.getProfileCase()) {
      case AFFINE ->
          Nanoseconds.of(profile.getAffine().getLatency())
              .add(
                  quotient(
                      NANOSECONDS_PER_SECOND.multiply(BigDecimal.valueOf(bytes)),
                      new BigDecimal(profile.getAffine().getBytesPerSecond()),
                      RoundingMode.CEILING));
      case PIECEWISE_LINEAR, PROFILE_NOT_SET ->
          throw new UnsupportedOperationException("transfer " + profile.getProfileCase());
    };
  }

  /** Time to compute a batch (9). */
  public BigInteger compute(Model model, int batchSize) {
    ComputeProfile profile = model.getCompute();
    return switch (profile.getProfileCase()) {
      case AFFINE -> {
        AffineCompute affine = profile.getAffine();
        yield Nanoseconds.of(affine.getPerBatch())
            .add(times(Nanoseconds.of(affine.getPerSample()), batchSize));
      }
      case TABLE, PROFILE_NOT_SET ->
          throw new UnsupportedOperationException("compute " + profile.getProfileCase());
    };
  }

  /** By how many bytes a batch exceeds the GPU's memory (10c); not above 0 where it fits. */
  public BigInteger memoryExcess(Model model, int batchSize) {
    if (!model.hasMemory()) {
      return BigInteger.ZERO;
    }
    MemoryProfile profile = model.getMemory();
    return switch (profile.getProfileCase()) {
      case AFFINE -> {
        AffineMemory affine = profile.getAffine();
        yield BigInteger.valueOf(affine.getFixedBytes())
            .add(times(BigInteger.valueOf(affine.getBytesPerSample()), batchSize))
            .subtract(BigInteger.valueOf(server.getGpuMemoryBytes()));
      }
      case TABLE, PROFILE_NOT_SET ->
          throw new UnsupportedOperationException("memory " + profile.getProfileCase());
    };
  }

  private static BigInteger times(BigInteger value, int factor) {
    return value.multiply(BigInteger.valueOf(factor));
  }

  private static BigInteger quotient(BigDecimal a, BigDecimal b, RoundingMode rounding) {
    return a.divide(b, 0, rounding).toBigInteger();
  }
}
