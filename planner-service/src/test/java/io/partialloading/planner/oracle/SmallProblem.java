// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.verify.Timing;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers of a request, in ns, as both enumerations need them. Users and models are numbered in
 * the order of the request; a set of users is a bit mask.
 */
final class SmallProblem {
  /** In place of a previous model: the GPU as it is at the start. */
  static final int START = -1;

  /** Longer than any budget; a hundred such times add up without overflow. */
  private static final long NEVER = 1L << 56;

  private final PlanRequest request;
  private final Timing timing;
  private final long[] unitUploads;
  private final boolean[] channelIsKnown;
  private final int[] modelOfUser;
  private final long[][] loads;
  private final PrbAllocations allocations;

  SmallProblem(PlanRequest request) {
    this.request = request;
    this.timing = new Timing(request);
    Map<String, UserChannel> channels = new HashMap<>();
    request
        .getChannelState()
        .getUserChannelsList()
        .forEach(channel -> channels.put(channel.getUserId(), channel));
    List<String> modelIds = models().stream().map(Model::getId).toList();
    this.unitUploads = new long[userCount()];
    this.modelOfUser = new int[userCount()];
    this.channelIsKnown = new boolean[userCount()];
    for (int user = 0; user < userCount(); user++) {
      User message = request.getUserSnapshot().getUsers(user);
      UserChannel channel =
          channels.getOrDefault(message.getId(), UserChannel.getDefaultInstance());
      channelIsKnown[user] = channel.getQualityCase().getNumber() != 0;
      modelOfUser[user] = modelIds.indexOf(message.getModelId());
      unitUploads[user] =
          timing.isInReach(channel, message.getUploadBytes())
              ? bounded(timing.unitUpload(channel, message.getUploadBytes()))
              : NEVER;
    }
    this.allocations = new PrbAllocations(unitUploads, prbCount(), NEVER);
    this.loads = new long[modelCount() + 1][modelCount()];
    for (int previous = START; previous < modelCount(); previous++) {
      for (int model = 0; model < modelCount(); model++) {
        loads[previous + 1][model] = bounded(timing.load(bytesToLoad(previous, model)));
      }
    }
  }

  private long bytesToLoad(int previous, int model) {
    List<Integer> onGpu =
        previous == START
            ? request.getEdgeServer().getResidentBlockIdsList()
            : models().get(previous).getBlockIdsList();
    Set<Integer> missing = new HashSet<>(models().get(model).getBlockIdsList());
    if (!request.getOptions().getIgnoreParameterSharing() || previous == model) {
      onGpu.forEach(missing::remove);
    }
    return bytes(missing);
  }

  private long bytes(Set<Integer> blockIds) {
    long bytes = 0;
    for (ParameterBlock block : request.getBlockLibrary().getBlocksList()) {
      bytes += blockIds.contains(block.getId()) ? block.getSizeBytes() : 0;
    }
    return bytes;
  }

  private static long bounded(BigInteger time) {
    return time.min(BigInteger.valueOf(NEVER)).longValueExact();
  }

  PlanRequest request() {
    return request;
  }

  int userCount() {
    return request.getUserSnapshot().getUsersCount();
  }

  int modelCount() {
    return models().size();
  }

  private List<Model> models() {
    return request.getBlockLibrary().getModelsList();
  }

  long budget() {
    return Durations.toNanos(request.getLatencyBudget());
  }

  boolean isInReach(int user) {
    return unitUploads[user] != NEVER;
  }

  boolean isChannelKnown(int user) {
    return channelIsKnown[user];
  }

  /** The time on the whole band, p_k, or with a grid on one PRB. */
  long unitUpload(int user) {
    return unitUploads[user];
  }

  int model(int user) {
    return modelOfUser[user];
  }

  /** The users in reach that want a model. */
  int usersOf(int model) {
    int users = 0;
    for (int user = 0; user < userCount(); user++) {
      users |= modelOfUser[user] == model && isInReach(user) ? 1 << user : 0;
    }
    return users;
  }

  /** Number of equal sub-channels, 0 for optimal bandwidth. */
  int subchannels() {
    return request.getOptions().getEqualSubchannels();
  }

  /** Number of PRBs of the grid, 0 without one. */
  int prbCount() {
    return request.getChannelState().getPrbGrid().getPrbCount();
  }

  /** Whether users of a model make a lawful batch. */
  boolean fits(int model, int users) {
    int uploads = 0;
    for (int user = 0; user < userCount(); user++) {
      uploads += (users & (1 << user)) != 0 && unitUploads[user] > 0 ? 1 : 0;
    }
    long weights = bytes(Set.copyOf(models().get(model).getBlockIdsList()));
    return timing.fits(models().get(model), weights, Integer.bitCount(users))
        && (subchannels() == 0 || uploads <= subchannels())
        && (prbCount() == 0 || uploads <= prbCount());
  }

  long load(int previous, int model) {
    return loads[previous + 1][model];
  }

  /** Time to upload and compute a batch that fits. */
  long serve(int model, int users) {
    return upload(users) + bounded(timing.compute(models().get(model), Integer.bitCount(users)));
  }

  /**
   * Least time for a batch's uploads: by (11), on equal sub-channels, or by the best allocation of
   * whole PRBs.
   */
  long upload(int users) {
    long sum = 0;
    long longest = 0;
    for (int user = 0; user < userCount(); user++) {
      if ((users & (1 << user)) != 0) {
        sum += unitUploads[user];
        longest = Math.max(longest, unitUploads[user]);
      }
    }
    if (subchannels() > 0) {
      int prbs = prbCount() / subchannels();
      return prbCount() == 0 ? subchannels() * longest : (longest + prbs - 1) / prbs;
    }
    return prbCount() == 0 ? sum : allocations.leastTime(users);
  }
}
