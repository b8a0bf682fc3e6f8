// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Small requests, always the same, that between them take every way through the planner. */
final class WarmUpRequests {
  private static final int USERS = 40;
  private static final int MODELS = 12;
  private static final int MILLISECOND = 1_000_000;

  private static final PrbGrid PRB_GRID =
      PrbGrid.newBuilder().setPrbCount(51).setSubcarrierSpacingKhz(30).build();

  private WarmUpRequests() {}

  /** One request for each sharing structure on a band in Hz, and one on a band of PRBs. */
  static List<PlanRequest> all() {
    return Stream.of(notShared(), bottomLayer(), nested(), general())
        .flatMap(
            library ->
                Stream.of(
                    request(library, ChannelState.newBuilder().setBandwidthHz(20e6)),
                    request(library, ChannelState.newBuilder().setPrbGrid(PRB_GRID))))
        .toList();
  }

  private static BlockLibrary notShared() {
    return library(model -> List.of(model, 100 + model));
  }

  /** All models have the two bottom blocks. */
  private static BlockLibrary bottomLayer() {
    return library(model -> List.of(100, 101, model));
  }

  /** A tree: one trunk, three branches, two twigs of each. */
  private static BlockLibrary nested() {
    return library(model -> List.of(100, 101 + model % 3, 110 + model % 6, model));
  }

  /** Three rings of four models, each sharing a block with the next. */
  private static BlockLibrary general() {
    return library(
        model -> {
          int ring = 100 + model / 4 * 4;
          return List.of(ring + model % 4, ring + (model + 1) % 4, model);
        });
  }

  private static PlanRequest request(BlockLibrary library, ChannelState.Builder channel) {
    UserSnapshot.Builder users = UserSnapshot.newBuilder();
    for (int k = 0; k < USERS; k++) {
      String id = "user-" + k;
      users.addUsers(
          User.newBuilder()
              .setId(id)
              .setModelId("model-" + 7 * k % MODELS)
              .setUploadBytes(20_000 + 3_000 * (11 * k % 17)));
      UserChannel.Builder user = UserChannel.newBuilder().setUserId(id);
      channel.addUserChannels(
          switch (k % 3) {
            case 0 -> user.setSpectralEfficiency(1 + 0.1 * k);
            case 1 -> user.setUplinkSinrDb(k - 5);
            default -> user.setUplinkMcs(k % 28);
          });
    }
    return PlanRequest.newBuilder()
        .setLabel("warm-up")
        .setBlockLibrary(library)
        .setUserSnapshot(users)
        .setChannelState(channel)
        .setEdgeServer(
            EdgeServer.newBuilder()
                .setGpuMemoryBytes(8_000_000_000L)
                .setStorageToHost(transfer(4e9))
                .setHostToGpu(transfer(16e9)))
        .setLatencyBudget(milliseconds(400))
        .build();
  }

  private static BlockLibrary library(IntFunction<List<Integer>> blocksOfModel) {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    TreeSet<Integer> blocks = new TreeSet<>();
    for (int m = 0; m < MODELS; m++) {
      List<Integer> blockIds = blocksOfModel.apply(m);
      blocks.addAll(blockIds);
      library.addModels(
          Model.newBuilder()
              .setId("model-" + m)
              .addAllBlockIds(blockIds)
              .setCompute(
                  ComputeProfile.newBuilder()
                      .setAffine(
                          AffineCompute.newBuilder()
                              .setPerBatch(milliseconds(3))
                              .setPerSample(milliseconds(1))))
              .setMemory(
                  MemoryProfile.newBuilder()
                      .setAffine(
                          AffineMemory.newBuilder()
                              .setFixedBytes(500_000_000)
                              .setBytesPerSample(100_000_000))));
    }
    for (int block : blocks) {
      library.addBlocks(
          ParameterBlock.newBuilder().setId(block).setSizeBytes(20_000_000 + 500_000L * block));
    }
    return library.build();
  }

  private static TransferProfile transfer(double bytesPerSecond) {
    return TransferProfile.newBuilder()
        .setAffine(
            AffineTransfer.newBuilder()
                .setLatency(milliseconds(1))
                .setBytesPerSecond(bytesPerSecond))
        .build();
  }

  private static Duration milliseconds(int time) {
    return Duration.newBuilder().setNanos(time * MILLISECOND).build();
  }
}
