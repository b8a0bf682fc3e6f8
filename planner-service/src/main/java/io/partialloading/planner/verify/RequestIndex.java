// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The models, blocks and users of a valid request by their ids. Everything that is judged is looked
 * up here, so here it is asked, several times a millisecond, whether the judgement is still wanted.
 */
final class RequestIndex {
  private static final int STEPS_BETWEEN_CHECKPOINTS = 256;

  private final Runnable checkpoint;
  private int steps;
  private final Map<String, Model> models = new HashMap<>();
  private final Map<Integer, Long> blockBytes;
  private final Map<String, Uplink> uplinks = new HashMap<>();

  /**
   * A user and its channel.
   *
   * @param user the user
   * @param channel its channel, one without a quality if it has none
   * @param inReach whether it can be served
   */
  record Uplink(User user, UserChannel channel, boolean inReach) {
    /** Whether there is anything to upload. */
    boolean uploads() {
      return user.getUploadBytes() != 0;
    }
  }

  /**
   * The index of a request.
   *
   * @param checkpoint throws an exception if nobody waits for the judgement any more
   */
  RequestIndex(PlanRequest request, Timing timing, Runnable checkpoint) {
    this.checkpoint = checkpoint;
    // As large as it will be: growing takes long once it is large.
    this.blockBytes = new HashMap<>(2 * request.getBlockLibrary().getBlocksCount());
    for (Model model : request.getBlockLibrary().getModelsList()) {
      step();
      models.put(model.getId(), model);
    }
    for (ParameterBlock block : request.getBlockLibrary().getBlocksList()) {
      step();
      blockBytes.put(block.getId(), block.getSizeBytes());
    }
    Map<String, UserChannel> channels = new HashMap<>();
    for (UserChannel channel : request.getChannelState().getUserChannelsList()) {
      step();
      channels.put(channel.getUserId(), channel);
    }
    for (User user : request.getUserSnapshot().getUsersList()) {
      step();
      UserChannel channel = channels.getOrDefault(user.getId(), UserChannel.getDefaultInstance());
      boolean inReach = timing.isInReach(channel, user.getUploadBytes());
      uplinks.put(user.getId(), new Uplink(user, channel, inReach));
    }
  }

  /** A model of the library; null if it has none of that id. */
  @Nullable Model model(String id) {
    step();
    return models.get(id);
  }

  /** A user of the snapshot; null if it has none of that id. */
  @Nullable Uplink uplink(String userId) {
    step();
    return uplinks.get(userId);
  }

  /** How many grants are of users with something to upload, those of unknown users included. */
  int uploadCount(Batch batch) {
    int count = 0;
    for (BandwidthGrant grant : batch.getGrantsList()) {
      count += uploads(grant) ? 1 : 0;
    }
    return count;
  }

  /** Whether a grant is of a user with something to upload, or of an unknown user. */
  boolean uploads(BandwidthGrant grant) {
    Uplink uplink = uplink(grant.getUserId());
    return uplink == null || uplink.uploads();
  }

  /** Size of a block, 0 for one that is not in the library. */
  long bytes(int blockId) {
    step();
    return blockBytes.getOrDefault(blockId, 0L);
  }

  /** The block ids of a list. */
  Set<Integer> set(List<Integer> blockIds) {
    Set<Integer> set = new HashSet<>(2 * blockIds.size());
    for (Integer block : blockIds) {
      step();
      set.add(block);
    }
    return set;
  }

  /** Notes some tens of nanoseconds of work, such as a look into a hash table. */
  void step() {
    if (++steps == STEPS_BETWEEN_CHECKPOINTS) {
      steps = 0;
      checkpoint.run();
    }
  }
}
