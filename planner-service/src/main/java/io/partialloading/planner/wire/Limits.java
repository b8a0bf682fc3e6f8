package io.partialloading.planner.wire;

import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;

/**
 * The largest request that a server plans. Planning costs at most about the square of the users and
 * models, so these bound what one call can cost.
 *
 * @param maxUsers most users in a snapshot, and most user channels
 * @param maxModels most models in a library
 * @param maxBlocks most blocks in a library, and most resident blocks
 * @param maxBlockReferences most block ids of all models together
 * @param maxMessageBytes largest message on the wire, in bytes
 */
public record Limits(
    int maxUsers, int maxModels, int maxBlocks, int maxBlockReferences, int maxMessageBytes) {
  /** Far beyond a cell and an edge server, and planned in seconds. */
  public static final Limits DEFAULT = new Limits(20_000, 5_000, 200_000, 1_000_000, 64 << 20);

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
  void check(PlanRequest request) {
    check("user_snapshot.users", request.getUserSnapshot().getUsersCount(), "users", maxUsers);
    check(
        "channel_state.user_channels",
        request.getChannelState().getUserChannelsCount(),
        "user channels",
        maxUsers);
    check("block_library.models", request.getBlockLibrary().getModelsCount(), "models", maxModels);
    check("block_library.blocks", request.getBlockLibrary().getBlocksCount(), "blocks", maxBlocks);
    check(
        "edge_server.resident_block_ids",
        request.getEdgeServer().getResidentBlockIdsCount(),
        "blocks",
        maxBlocks);
    long references = 0;
    for (Model model : request.getBlockLibrary().getModelsList()) {
      references += model.getBlockIdsCount();
    }
    check("block_library.models", references, "block references", maxBlockReferences);
  }

  private static void check(String field, long size, String unit, int limit) {
    if (size > limit) {
      throw new RequestTooLargeException(field, size, unit, limit);
    }
  }
}
