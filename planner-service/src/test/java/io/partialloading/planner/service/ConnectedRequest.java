// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import java.util.List;

/**
 * A fuzzed request whose parts refer to each other, so that what it says otherwise is planned: ids
 * are what a fuzzer breaks first and never puts together again.
 */
final class ConnectedRequest {
  private ConnectedRequest() {}

  /** The request with ids of its parts, each reference to one of them, and no size of 0. */
  static PlanRequest of(PlanRequest request) {
    PlanRequest.Builder connected = request.toBuilder();
    connect(connected.getBlockLibraryBuilder());
    int models = connected.getBlockLibrary().getModelsCount();
    connect(connected.getUserSnapshotBuilder(), models);
    connect(connected.getChannelStateBuilder(), connected.getUserSnapshot().getUsersCount());
    EdgeServer.Builder server = connected.getEdgeServerBuilder();
    List<Integer> resident =
        among(server.getResidentBlockIdsList(), connected.getBlockLibrary().getBlocksCount());
    server.clearResidentBlockIds().addAllResidentBlockIds(resident);
    return connected.build();
  }

  private static void connect(BlockLibrary.Builder library) {
    if (library.getBlocksCount() == 0) {
      library.addBlocks(ParameterBlock.getDefaultInstance());
    }
    for (int i = 0; i < library.getBlocksCount(); i++) {
      ParameterBlock.Builder block = library.getBlocksBuilder(i).setId(i);
      block.setSizeBytes(positive(block.getSizeBytes()));
    }
    for (int i = 0; i < library.getModelsCount(); i++) {
      Model.Builder model = library.getModelsBuilder(i).setId("m" + i);
      List<Integer> blocks = among(model.getBlockIdsList(), library.getBlocksCount());
      model.clearBlockIds().addAllBlockIds(blocks.isEmpty() ? List.of(0) : blocks);
    }
  }

  private static void connect(UserSnapshot.Builder snapshot, int models) {
    if (models == 0) {
      snapshot.clearUsers();
    }
    for (int i = 0; i < snapshot.getUsersCount(); i++) {
      User.Builder user = snapshot.getUsersBuilder(i).setId("u" + i);
      user.setModelId("m" + Math.floorMod(user.getModelId().hashCode(), models))
          .setUploadBytes(positive(user.getUploadBytes()));
    }
  }

  private static void connect(ChannelState.Builder state, int users) {
    List<UserChannel> channels = List.copyOf(state.getUserChannelsList());
    state.clearUserChannels();
    for (int i = 0; i < users; i++) {
      UserChannel.Builder channel =
          channels.isEmpty()
              ? UserChannel.newBuilder().setSpectralEfficiency(1)
              : channels.get(i % channels.size()).toBuilder();
      state.addUserChannels(channel.setUserId("u" + i));
    }
  }

  /** Block ids brought among so many blocks, each once. */
  private static List<Integer> among(List<Integer> ids, int blocks) {
    return ids.stream().map(id -> Math.floorMod(id, blocks)).distinct().toList();
  }

  private static long positive(long size) {
    return Math.max(1, size & Long.MAX_VALUE);
  }
}
