// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models, blocks and users of a valid request by their ids. */
final class RequestIndex {
  private final Pace pace;
  private final Map<String, Model> models = new HashMap<>();
  private final Map<String, Uplink> uplinks = new HashMap<>();

  /** Made as large as it will be: to grow takes long when it is large. */
  private final Map<Integer, Long> blockBytes;

  /** By id of a model that was asked for. */
  private final Map<String, Set<Integer>> modelBlocks = new HashMap<>();

  /**
   * A user and its channel.
   *
   * @param user the user
   * @param channel its channel
   * @param inReach whether the channel carries anything
   */
  record Uplink(User user, UserChannel channel, boolean inReach) {}

  RequestIndex(PlanRequest request, Timing timing, Pace pace) {
    this.pace = pace;
    this.blockBytes = new HashMap<>(2 * request.getBlockLibrary().getBlocksCount());
    for (Model model : request.getBlockLibrary().getModelsList()) {
      pace.step();
      models.put(model.getId(), model);
    }
    for (ParameterBlock block : request.getBlockLibrary().getBlocksList()) {
      pace.step();
      blockBytes.put(block.getId(), block.getSizeBytes());
    }
    Map<String, UserChannel> channels = new HashMap<>();
    for (UserChannel channel : request.getChannelState().getUserChannelsList()) {
      pace.step();
      channels.put(channel.getUserId(), channel);
    }
    for (User user : request.getUserSnapshot().getUsersList()) {
      pace.step();
      UserChannel channel = channels.get(user.getId());
      if (channel == null) {
        throw new IllegalArgumentException("user " + user.getId() + " has no channel");
      }
      boolean inReach = timing.spectralEfficiency(channel) > 0;
      uplinks.put(user.getId(), new Uplink(user, channel, inReach));
    }
  }

  /** A model of the library; null if it has none of that id. */
  @Nullable Model model(String id) {
    return models.get(id);
  }

  /** The blocks of a model of the library in its order, not to be modified. */
  Set<Integer> blocks(Model model) {
    return modelBlocks.computeIfAbsent(model.getId(), id -> set(model.getBlockIdsList(), pace));
  }

  /** The block ids of a list, in its order. */
  static Set<Integer> set(List<Integer> blockIds, Pace pace) {
    Set<Integer> set = new LinkedHashSet<>(2 * blockIds.size());
    for (Integer block : blockIds) {
      pace.step();
      set.add(block);
    }
    return set;
  }

  /** A user of the snapshot; null if it has none of that id. */
  @Nullable Uplink uplink(String userId) {
    return uplinks.get(userId);
  }

  /** Size of a block, 0 for one that is not in the library. */
  long bytes(int blockId) {
    return blockBytes.getOrDefault(blockId, 0L);
  }
}
