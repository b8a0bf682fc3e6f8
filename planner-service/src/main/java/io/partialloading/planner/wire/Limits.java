// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.UserSnapshot;

/**
 * The largest request that a server plans. Planning costs at most about the square of the users and
 * models, so these bound what one call can cost.
 *
 * @param maxUsers most users in a snapshot, most user channels, and most batches and grants of a
 *     schedule that is to be judged
 * @param maxModels most models in a library
 * @param maxBlocks most blocks in a library, and most resident blocks
 * @param maxBlockReferences most block ids of all models together, and of the batches of a schedule
 * @param maxTableEntries most entries and points of all latency and memory tables of a library
 *     together, and most points of both transfer profiles together
 * @param maxMessageBytes largest message on the wire, in bytes
 */
public record Limits(
    int maxUsers,
    int maxModels,
    int maxBlocks,
    int maxBlockReferences,
    int maxTableEntries,
    int maxMessageBytes) {
  /**
   * Far beyond a cell and an edge server. Curves of a block tree take eight bytes a user and level,
   * and tables of the search 64 MB at most, so a plan at the limits needs some hundred megabytes. A
   * request at all limits at once, with a schedule that is to be judged, has 33 MB with ids of 36
   * characters and names of 48.
   */
  public static final Limits DEFAULT =
      new Limits(10_000, 2_000, 100_000, 500_000, 500_000, 32 << 20);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public Limits {
    requirePositive("users", maxUsers);
    requirePositive("models", maxModels);
    requirePositive("blocks", maxBlocks);
    requirePositive("block references", maxBlockReferences);
    requirePositive("table entries", maxTableEntries);
    requirePositive("message bytes", maxMessageBytes);
  }

  private static void requirePositive(String what, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of %d %s is not positive".formatted(limit, what));
    }
  }

  /**
   * Checks a request.
   *
   * @throws RequestTooLargeException if it is larger than a limit
   */
  void check(PlanRequest request, Path path) {
    UserSnapshot snapshot = request.getUserSnapshot();
    Path users = path.field(RequestReader.USER_SNAPSHOT).field("users");
    check(users, snapshot.getUsersCount(), "users", maxUsers);
    ChannelState channel = request.getChannelState();
    Path channels = path.field(RequestReader.CHANNEL_STATE).field("user_channels");
    check(channels, channel.getUserChannelsCount(), "user channels", maxUsers);
    check(request.getBlockLibrary(), path.field(RequestReader.BLOCK_LIBRARY));
    check(request.getEdgeServer(), path.field(RequestReader.EDGE_SERVER));
  }

  /**
   * Checks a library.
   *
   * @throws RequestTooLargeException if it is larger than a limit
   */
  void check(BlockLibrary library, Path path) {
    check(path.field("models"), library.getModelsCount(), "models", maxModels);
    check(path.field("blocks"), library.getBlocksCount(), "blocks", maxBlocks);
    long references = 0;
    long entries = 0;
    for (Model model : library.getModelsList()) {
      references += model.getBlockIdsCount();
      entries +=
          model.getCompute().getTable().getLatencyCount()
              + model.getCompute().getTable().getPointsCount()
              + model.getMemory().getTable().getBytesCount()
              + model.getMemory().getTable().getPointsCount();
    }
    check(path.field("models"), references, "block references", maxBlockReferences);
    check(path.field("models"), entries, "table entries", maxTableEntries);
  }

  private void check(EdgeServer server, Path path) {
    int residentBlocks = server.getResidentBlockIdsCount();
    check(path.field("resident_block_ids"), residentBlocks, "blocks", maxBlocks);
    int points =
        server.getStorageToHost().getPiecewiseLinear().getPointsCount()
            + server.getHostToGpu().getPiecewiseLinear().getPointsCount();
    check(path, points, "table entries", maxTableEntries);
  }

  /**
   * Checks a schedule that is to be judged: a violation may be found with everything in it, and
   * takes more memory. One that keeps the constraints has no more batches and grants than users.
   *
   * @throws RequestTooLargeException if it is larger than a limit
   */
  void check(Schedule schedule, Path path) {
    Path batches = path.field("batches");
    check(batches, schedule.getBatchesCount(), "batches", maxUsers);
    long grants = 0;
    long references = 0;
    for (Batch batch : schedule.getBatchesList()) {
      grants += batch.getGrantsCount();
      references += batch.getLoadBlockIdsCount();
    }
    check(batches, grants, "grants", maxUsers);
    check(batches, references, "block references", maxBlockReferences);
  }

  private static void check(Path field, long size, String unit, int limit) {
    if (size > limit) {
      throw new RequestTooLargeException(field.toString(), size, unit, limit);
    }
  }
}
