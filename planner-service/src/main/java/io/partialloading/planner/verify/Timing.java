// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.UserChannel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How long uploads, loads and batches take and what memory they need, straight from the messages of
 * a valid request, margins included. Times are nanoseconds, rounded up where they come from a
 * division or a margin; the arithmetic is exact on the doubles of the request and knows no
 * overflow. A margin counts as the decimal number that a double is written as, since 10 % is meant
 * by 0.1.
 */
public final class Timing {
  private final UploadTiming uploads;
  private final LoadTiming loads;
  private final BigDecimal computeStretch;
  private final BigInteger gpuMemory;
  private final Runnable checkpoint;

  /** By model, which is always the message of the request: a table is gone through once. */
  private final Map<Model, BatchProfile> profiles = new IdentityHashMap<>();

  /** The times of a request. */
  public Timing(PlanRequest request) {
    this(request, () -> {});
  }

  /**
   * The times of a request.
   *
   * @param checkpoint is run several times a millisecond where that is needed
   */
  Timing(PlanRequest request, Runnable checkpoint) {
    this(request.getChannelState(), request.getEdgeServer(), request.getOptions(), checkpoint);
  }

  /** The times of a request with these parts. */
  public Timing(ChannelState channelState, EdgeServer server, PlanOptions options) {
    this(channelState, server, options, () -> {});
  }

  private Timing(
      ChannelState channelState, EdgeServer server, PlanOptions options, Runnable checkpoint) {
    this.checkpoint = checkpoint;
    this.uploads = new UploadTiming(channelState, stretch(options.getUploadMargin()));
    this.loads = new LoadTiming(server, stretch(options.getLoadMargin()));
    this.computeStretch = stretch(options.getComputeMargin());
    this.gpuMemory = BigInteger.valueOf(server.getGpuMemoryBytes());
  }

  private static BigDecimal stretch(double margin) {
    return BigDecimal.ONE.add(BigDecimal.valueOf(margin));
  }

  Band band() {
    return uploads.band();
  }

  /**
   * Whether a user has nothing to upload, or a channel on which its upload takes a time of 64 bits.
   *
   * @param channel its channel, without a quality if that is not known
   * @param bytes size of the upload D_k, at least 0
   */
  public boolean isInReach(UserChannel channel, long bytes) {
    return uploads.isInReach(channel, bytes);
  }

  /**
   * Rate of a user with a grant, in bit/s, averaged over all slots; 0 for one that cannot upload.
   */
  double uploadRate(UserChannel channel, BandwidthGrant grant) {
    return canUpload(channel, grant) ? uploads.rate(channel, grant) : 0;
  }

  /** Whether a channel and a grant carry anything. */
  boolean canUpload(UserChannel channel, BandwidthGrant grant) {
    return band().carries(grant) && uploads.carries(channel);
  }

  /**
   * Upload time of a user in reach on the whole band, p_k, or with a PRB grid on one PRB; 0 without
   * anything to upload.
   *
   * @param bytes size of the upload D_k, at least 0
   */
  public BigInteger unitUpload(UserChannel channel, long bytes) {
    return bytes == 0 ? BigInteger.ZERO : uploads.unitTime(channel, bytes);
  }

  /** Upload time (6) of a user that can upload, as the planner times it. */
  BigInteger upload(UserChannel channel, long bytes, BandwidthGrant grant) {
    return uploads.time(channel, bytes, grant);
  }

  /** {@link #upload} without any rounding up. */
  BigInteger leastUpload(UserChannel channel, long bytes, BandwidthGrant grant) {
    return uploads.leastTime(channel, bytes, grant);
  }

  /** Time of one load (8): both transfer stages one after the other. No bytes take no time. */
  public BigInteger load(long bytes) {
    return loads.time(bytes);
  }

  /** What batches of a model take. */
  BatchProfile profile(Model model) {
    return profiles.computeIfAbsent(model, key -> new BatchProfile(key, checkpoint));
  }

  /**
   * Time to compute a batch (9), for a size beyond the model's table of times that of the largest
   * in it.
   */
  public BigInteger compute(Model model, int batchSize) {
    return profile(model).computeTime(batchSize, computeStretch);
  }

  /**
   * Whether a batch is not larger than the runtime takes and the model's tables tell of, and fits
   * in the GPU's memory (10c).
   *
   * @param blockBytes size of the model's blocks together
   */
  public boolean fits(Model model, long blockBytes, int batchSize) {
    return batchSize <= profile(model).largestBatch()
        && memoryExcess(model, blockBytes, batchSize).signum() <= 0;
  }

  /**
   * By how many bytes a batch exceeds the GPU's memory (10c); not above 0 where it fits.
   *
   * @param blockBytes size of the model's blocks together
   * @param batchSize not more than the model's tables tell of
   */
  BigInteger memoryExcess(Model model, long blockBytes, int batchSize) {
    return profile(model).memory(batchSize, blockBytes).subtract(gpuMemory);
  }
}
