// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A planning problem: which users of which requested models to serve, in which order, so that as
 * many as possible are served within the latency budget (problem P2 of the paper, in continuous
 * time).
 *
 * <p>Indices are dense: models are those that users with a channel want, in library order; blocks
 * are those that some of these models has, in library order; users are in the order of the
 * snapshot. Immutable; valid by construction through {@link Builder}, which trusts its caller to
 * have checked the request.
 */
public final class Instance {
  /** Longer than any budget, and small enough that three such times add up without overflow. */
  public static final long NEVER = 1L << 61;

  /** The longest latency budget in ns, 36 years. */
  public static final long MAX_BUDGET = 1L << 60;

  /** In place of a unit time: the channel carries nothing, or too little for any time. */
  public static final long OUT_OF_REACH = Long.MAX_VALUE;

  /** In place of a unit time: what the channel carries is not known. */
  public static final long NO_CHANNEL = Long.MAX_VALUE - 1;

  private final long budget;
  private final long[] blockBytes;
  private final BitSet residentBlocks;
  private final boolean parameterSharing;
  private final LoadTimes loadTimes;
  private final BandwidthSharing bandwidthSharing;
  private final RequestedModel[] models;
  private final int[] userModels;
  private final long[] unitTimes;

  private Instance(Builder builder, RequestedModel[] models) {
    this.budget = builder.budget;
    this.blockBytes = builder.blockBytes;
    this.residentBlocks = builder.residentBlocks;
    this.parameterSharing = builder.parameterSharing;
    this.loadTimes = builder.loadTimes;
    this.bandwidthSharing = builder.bandwidthSharing;
    this.models = models;
    this.userModels = builder.userModels;
    this.unitTimes = builder.unitTimes;
  }

  /** The sum of two times in ns, at most {@link #NEVER}. */
  public static long sum(long time, long other) {
    return Math.min(Math.min(time, NEVER) + Math.min(other, NEVER), NEVER);
  }

  /** The sum of two times in ns, at most {@link Long#MAX_VALUE}; one may be negative. */
  public static long longSum(long time, long other) {
    return other > 0 && time > Long.MAX_VALUE - other ? Long.MAX_VALUE : time + other;
  }

  /** Latency budget in ns, 1 to {@link #MAX_BUDGET}. */
  public long budget() {
    return budget;
  }

  /** Number of blocks. */
  public int blockCount() {
    return blockBytes.length;
  }

  /** Size of a block, at least 1. */
  public long blockBytes(int block) {
    return blockBytes[block];
  }

  /** Whether a block is on the GPU when the plan begins. */
  public boolean isResident(int block) {
    return residentBlocks.get(block);
  }

  /** Whether any block of a requested model is on the GPU when the plan begins. */
  public boolean hasResidentBlocks() {
    return !residentBlocks.isEmpty();
  }

  /** Whether blocks that are on the GPU are reused; otherwise every model is loaded whole. */
  public boolean parameterSharing() {
    return parameterSharing;
  }

  /** Transfer times of loads. */
  public LoadTimes loadTimes() {
    return loadTimes;
  }

  /** How batches share the band. */
  public BandwidthSharing bandwidthSharing() {
    return bandwidthSharing;
  }

  /** Number of requested models. */
  public int modelCount() {
    return models.length;
  }

  /** A requested model. */
  public RequestedModel model(int model) {
    return models[model];
  }

  /** Number of users, those who cannot be reached included. */
  public int userCount() {
    return userModels.length;
  }

  /** The model a user wants; no index for one without a channel. */
  public int userModel(int user) {
    return userModels[user];
  }

  /** Whether a user's upload time is known, and is a time. */
  public boolean isInReach(int user) {
    return isTime(unitTimes[user]);
  }

  private static boolean isTime(long unitTime) {
    return unitTime < NO_CHANNEL;
  }

  /**
   * Upload time p_k of a user on the whole band, or with a grid on one PRB, in ns, 0 if it has
   * nothing to upload; {@link #OUT_OF_REACH} or {@link #NO_CHANNEL} if it is not in reach.
   */
  public long unitTime(int user) {
    return unitTimes[user];
  }

  /** Collects the parts of an instance. */
  public static final class Builder {
    private final long budget;
    private final long[] blockBytes;
    private final int[] userModels;
    private final long[] unitTimes;
    private final List<ModelParts> parts = new ArrayList<>();
    private BitSet residentBlocks = new BitSet();
    private boolean parameterSharing = true;
    private LoadTimes loadTimes = new LoadTimes(TransferTime.NONE, TransferTime.NONE);
    private BandwidthSharing bandwidthSharing = BandwidthSharing.optimal();

    private record ModelParts(int[] blocks, ComputeTimes compute, int largestBatch) {}

    /**
     * Starts an instance. The arrays are taken over, not copied.
     *
     * @param budget latency budget in ns
     * @param blockBytes size by block
     * @param userModels model by user
     * @param unitTimes upload time by user on the whole band, or with a grid on one PRB, in ns, at
     *     least 0, or {@link #OUT_OF_REACH} or {@link #NO_CHANNEL}
     */
    public Builder(long budget, long[] blockBytes, int[] userModels, long[] unitTimes) {
      this.budget = budget;
      this.blockBytes = blockBytes;
      this.userModels = userModels;
      this.unitTimes = unitTimes;
    }

    /**
     * Adds the next model in library order.
     *
     * @param blocks its blocks from bottom to top; taken over
     * @param compute time to compute its batches
     * @param largestBatch most users whose batch fits in GPU memory, at least 0
     */
    public Builder addModel(int[] blocks, ComputeTimes compute, int largestBatch) {
      parts.add(new ModelParts(blocks, compute, largestBatch));
      return this;
    }

    /** Sets the blocks that are on the GPU at the start; none by default. */
    public Builder residentBlocks(BitSet residentBlocks) {
      this.residentBlocks = residentBlocks;
      return this;
    }

    /** Sets the transfer times; loads take no time by default. */
    public Builder loadTimes(LoadTimes loadTimes) {
      this.loadTimes = loadTimes;
      return this;
    }

    /** Sets how batches share the band; optimally by default. */
    public Builder bandwidthSharing(BandwidthSharing bandwidthSharing) {
      this.bandwidthSharing = bandwidthSharing;
      return this;
    }

    /** Has every model loaded whole, as if no block were ever on the GPU already. */
    public Builder withoutParameterSharing() {
      this.parameterSharing = false;
      return this;
    }

    /** The instance. */
    public Instance build() {
      int[][] usersByModel = usersByModel();
      RequestedModel[] models = new RequestedModel[parts.size()];
      for (int model = 0; model < models.length; model++) {
        ModelParts part = parts.get(model);
        long bytes = 0;
        for (int block : part.blocks()) {
          bytes += blockBytes[block];
        }
        int largestBatch = Math.min(part.largestBatch(), part.compute().largestBatch());
        models[model] =
            new RequestedModel(
                part.blocks(), bytes, part.compute(), largestBatch, usersByModel[model]);
      }
      return new Instance(this, models);
    }

    /** Users in reach by model, cheapest upload first. */
    private int[][] usersByModel() {
      int[] counts = new int[parts.size()];
      int[] order =
          IntStream.range(0, userModels.length)
              .filter(user -> isTime(unitTimes[user]))
              .boxed()
              .sorted((a, b) -> Long.compare(unitTimes[a], unitTimes[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int user : order) {
        counts[userModels[user]]++;
      }
      int[][] users = new int[parts.size()][];
      for (int model = 0; model < users.length; model++) {
        users[model] = new int[counts[model]];
        counts[model] = 0;
      }
      for (int user : order) {
        int model = userModels[user];
        users[model][counts[model]++] = user;
      }
      return users;
    }
  }
}
