// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How long uploads, loads and computing take in a request of the paper's scenarios, with arithmetic
 * of its own, so that {@link AssignmentSearch} can contradict the planner. Times are whole
 * nanoseconds, each rounded up, in doubles; that of a user out of reach is infinite.
 */
final class RequestTimes {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BITS_PER_BYTE = 8;

  private final EdgeServer server;
  private final Map<Integer, Long> blockBytes = new HashMap<>();

  /** Upload rate with the whole band in bit/s, by user id. */
  private final Map<String, Double> rates = new HashMap<>();

  /**
   * The times of a request.
   *
   * @throws IllegalArgumentException if the request is not of the paper's scenarios; the methods
   *     throw it too
   */
  RequestTimes(PlanRequest request) {
    ChannelState channel = request.getChannelState();
    server = request.getEdgeServer();
    require(request.getOptions().equals(PlanOptions.getDefaultInstance()), "options");
    require(!channel.hasPrbGrid() && !channel.hasUplinkSlotRatio(), "a PRB grid or TDD");
    require(server.getResidentBlockIdsCount() == 0, "resident blocks");
    for (ParameterBlock block : request.getBlockLibrary().getBlocksList()) {
      blockBytes.put(block.getId(), block.getSizeBytes());
    }
    for (UserChannel user : channel.getUserChannelsList()) {
      require(user.hasLinkBudget(), "a channel other than a link budget");
      rates.put(user.getUserId(), channel.getBandwidthHz() * efficiency(user.getLinkBudget()));
    }
  }

  /** Upload time with the whole band (p_k). */
  double upload(User user) {
    double rate = Objects.requireNonNull(rates.get(user.getId()));
    return Math.ceil(NANOS_PER_SECOND * BITS_PER_BYTE * user.getUploadBytes() / rate);
  }

  /** Time to compute a batch (9), which must fit in memory. */
  double compute(Model model, int batch) {
    require(model.getCompute().hasAffine(), "computing times that are not affine");
    if (model.hasMemory()) {
      require(model.getMemory().hasAffine(), "memory that is not affine");
      AffineMemory memory = model.getMemory().getAffine();
      double bytes = memory.getFixedBytes() + (double) batch * memory.getBytesPerSample();
      require(bytes <= server.getGpuMemoryBytes(), "more users of a model than fit in a batch");
    }
    return Durations.toNanos(model.getCompute().getAffine().getPerBatch())
        + (double) batch * Durations.toNanos(model.getCompute().getAffine().getPerSample());
  }

  /** Time to load what a model needs beyond the blocks that are loaded (8). */
  double load(Collection<Integer> loaded, Model model) {
    long bytes = 0;
    for (int block : model.getBlockIdsList()) {
      bytes += loaded.contains(block) ? 0 : Objects.requireNonNull(blockBytes.get(block));
    }
    return (server.hasStorageToHost() ? transfer(server.getStorageToHost(), bytes) : 0)
        + (server.hasHostToGpu() ? transfer(server.getHostToGpu(), bytes) : 0);
  }

  private static double transfer(TransferProfile stage, long bytes) {
    require(stage.hasAffine(), "transfer times that are not affine");
    return bytes == 0
        ? 0
        : Durations.toNanos(stage.getAffine().getLatency())
            + Math.ceil(NANOS_PER_SECOND * bytes / stage.getAffine().getBytesPerSecond());
  }

  /** Spectral efficiency in bit/s/Hz, by (6). */
  private static double efficiency(LinkBudget link) {
    double gain = link.hasFadingPowerGain() ? link.getFadingPowerGain() : 1;
    double received =
        link.getTransmitPsdWPerHz()
            * gain
            * Math.pow(link.getDistanceM(), -link.getPathLossExponent());
    return Math.log1p(received / link.getNoisePsdWPerHz()) / Math.log(2);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("not a request of the paper's scenarios: " + otherwise);
    }
  }
}
