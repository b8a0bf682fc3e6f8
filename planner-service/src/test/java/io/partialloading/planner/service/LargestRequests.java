// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BatchLatencyPoint;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.BatchMemoryPoint;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.wire.Limits;

/** Requests at the default limits, with ids of 36 characters and block ids of five bytes. */
final class LargestRequests {
  static final int MODELS = Limits.DEFAULT.maxModels();

  private static final Limits LIMITS = Limits.DEFAULT;

  /** Of a transfer profile; so many that it is not asked whether the profile is subadditive. */
  private static final int POINTS = 800;

  private static final long MEGABYTE = 1 << 20;

  /** A budget in ns in which most users can be served. */
  private static final long LONG = 20_000_000_000L;

  private LargestRequests() {}

  private static String id(int number) {
    return "%036d".formatted(number);
  }

  /** Block ids that are hashes of their numbers. */
  private static int blockId(int number) {
    return number * 0x9E3779B1;
  }

  private static Duration time(long nanoseconds) {
    return Duration.newBuilder()
        .setSeconds(nanoseconds / 1_000_000_000)
        .setNanos((int) (nanoseconds % 1_000_000_000))
        .build();
  }

  /**
   * All blocks, and some models that have the block references and table entries among them; the
   * models share the bottom layers, or all blocks if they are few.
   */
  static BlockLibrary library(int models) {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    for (int block = 0; block < LIMITS.maxBlocks(); block++) {
      library.addBlocks(
          ParameterBlock.newBuilder()
              .setId(blockId(block))
              .setSizeBytes(MEGABYTE + block % 1000)
              .setName("%048d".formatted(block)));
    }
    int references = LIMITS.maxBlockReferences() / models;
    int own = Math.min(references / 2, (LIMITS.maxBlocks() - references) / models);
    int shared = references - own;
    int entries = LIMITS.maxTableEntries() / models / 2;
    for (int number = 0; number < models; number++) {
      Model.Builder model = Model.newBuilder().setId(id(number));
      for (int i = 0; i < references; i++) {
        model.addBlockIds(blockId(i < shared ? i : i + number * own));
      }
      BatchLatencyTable.Builder latency = BatchLatencyTable.newBuilder();
      MemoryTable.Builder memory = MemoryTable.newBuilder();
      for (int size = 1; size <= entries; size++) {
        if (number % 2 == 0) {
          latency.addLatency(time(1_000_000L + size));
          memory.addBytes(size * MEGABYTE);
        } else {
          latency.addPointsBuilder().setBatchSize(2 * size).setLatency(time(1_000_000L + 2 * size));
          memory.addPointsBuilder().setBatchSize(2 * size).setBytes(size * MEGABYTE);
        }
      }
      library.addModels(
          model
              .setCompute(ComputeProfile.newBuilder().setTable(latency))
              .setMemory(MemoryProfile.newBuilder().setTable(memory)));
    }
    return library.build();
  }

  private static TransferProfile transfer(int points) {
    PiecewiseLinearTransfer.Builder transfer = PiecewiseLinearTransfer.newBuilder();
    for (int i = 1; i <= points; i++) {
      transfer.addPoints(
          TransferPoint.newBuilder().setBytes(i * MEGABYTE).setDuration(time(i * 100_000L)));
    }
    return TransferProfile.newBuilder().setPiecewiseLinear(transfer).build();
  }

  private static EdgeServer server() {
    EdgeServer.Builder server = EdgeServer.newBuilder().setGpuMemoryBytes(200_000 * MEGABYTE);
    for (int block = 0; block < LIMITS.maxBlocks(); block++) {
      server.addResidentBlockIds(blockId(block));
    }
    TransferProfile profile = transfer(POINTS);
    return server.setStorageToHost(profile).setHostToGpu(profile).build();
  }

  /** A good request of so many models, for one of which each user waits. */
  static PlanRequest request(int models) {
    UserSnapshot.Builder users = UserSnapshot.newBuilder();
    ChannelState.Builder channel = ChannelState.newBuilder().setBandwidthHz(20e6);
    for (int user = 0; user < LIMITS.maxUsers(); user++) {
      users.addUsers(
          User.newBuilder()
              .setId(id(user))
              .setModelId(id(user % models))
              .setUploadBytes(1000 + user));
      channel.addUserChannels(
          UserChannel.newBuilder()
              .setUserId(id(user))
              .setLinkBudget(
                  LinkBudget.newBuilder()
                      .setTransmitPsdWPerHz(1.5e-7)
                      .setDistanceM(10 + user % 90)
                      .setPathLossExponent(4)
                      .setNoisePsdWPerHz(1e-12)
                      .setFadingPowerGain(0.2)));
    }
    return PlanRequest.newBuilder()
        .setBlockLibrary(library(models))
        .setUserSnapshot(users)
        .setChannelState(channel)
        .setEdgeServer(server())
        .setLatencyBudget(time(300_000_000))
        .build();
  }

  /** The request with a fault in nearly every element. */
  static PlanRequest faulty() {
    PlanRequest.Builder request = request(MODELS).toBuilder();
    for (ParameterBlock.Builder block : request.getBlockLibraryBuilder().getBlocksBuilderList()) {
      block.setId(7).setSizeBytes(0);
    }
    for (Model.Builder model : request.getBlockLibraryBuilder().getModelsBuilderList()) {
      model.setId("model");
      for (Duration.Builder time :
          model.getComputeBuilder().getTableBuilder().getLatencyBuilderList()) {
        time.setNanos(-1);
      }
      model
          .getComputeBuilder()
          .getTableBuilder()
          .getPointsBuilderList()
          .forEach(BatchLatencyPoint.Builder::clearBatchSize);
      MemoryTable.Builder table = model.getMemoryBuilder().getTableBuilder();
      for (int i = 0; i < table.getBytesCount(); i++) {
        table.setBytes(i, -1);
      }
      table.getPointsBuilderList().forEach(BatchMemoryPoint.Builder::clearBatchSize);
    }
    for (User.Builder user : request.getUserSnapshotBuilder().getUsersBuilderList()) {
      user.setModelId("none").setUploadBytes(0);
    }
    for (UserChannel.Builder channel :
        request.getChannelStateBuilder().getUserChannelsBuilderList()) {
      channel.setUserId("nobody").getLinkBudgetBuilder().setDistanceM(-1).setNoisePsdWPerHz(0);
    }
    request.getEdgeServerBuilder().setHostToGpu(transfer(LIMITS.maxTableEntries() - POINTS));
    for (TransferPoint.Builder point :
        request
            .getEdgeServerBuilder()
            .getHostToGpuBuilder()
            .getPiecewiseLinearBuilder()
            .getPointsBuilderList()) {
      point.setBytes(0);
    }
    return request.build();
  }

  /**
   * Batches of one user, by turns of all models.
   *
   * @param request what they are of
   * @param listsBlocks whether batches list the block references, those of other models
   */
  static Schedule schedule(PlanRequest request, boolean listsBlocks) {
    Schedule.Builder schedule = Schedule.newBuilder();
    int models = request.getBlockLibrary().getModelsCount();
    int loads = listsBlocks ? LIMITS.maxBlockReferences() / LIMITS.maxUsers() : 0;
    for (int user = 0; user < LIMITS.maxUsers(); user++) {
      Batch.Builder batch =
          Batch.newBuilder()
              .setModelId(id((listsBlocks ? user + 1 : user) % models))
              .addGrants(
                  BandwidthGrant.newBuilder()
                      .setUserId(id(user))
                      .setBandwidthFraction(listsBlocks ? Double.MIN_VALUE : 1)
                      .setUploadRateBps(1));
      for (int i = 0; i < loads; i++) {
        batch.addLoadBlockIds(blockId(user * loads + i) | 1);
      }
      schedule.addBatches(batch);
    }
    return schedule.build();
  }

  /** A request of 1,000 models whose neighbours have half of their blocks in common. */
  static PlanRequest general() {
    PlanRequest.Builder request = request(1000).toBuilder().setLatencyBudget(time(LONG));
    int references = LIMITS.maxBlockReferences() / 1000;
    int number = 0;
    for (Model.Builder model : request.getBlockLibraryBuilder().getModelsBuilderList()) {
      model.clearBlockIds();
      for (int i = 0; i < references / 4; i++) {
        model.addBlockIds(blockId((number * references / 8 + i) % LIMITS.maxBlocks()));
      }
      number++;
    }
    TransferProfile measured = transfer(250);
    request.getEdgeServerBuilder().setStorageToHost(measured).setHostToGpu(measured);
    return request.build();
  }

  /** A request of one model on as many PRBs as there can be. */
  static PlanRequest grid() {
    PlanRequest.Builder request = request(1).toBuilder().setLatencyBudget(time(LONG));
    request
        .getChannelStateBuilder()
        .clearBandwidthHz()
        .setPrbGrid(PrbGrid.newBuilder().setPrbCount(65_536).setSubcarrierSpacingKhz(15));
    return request.build();
  }

  /** Two models that have the same blocks, as many as there are, and change places every batch. */
  static PlanRequest twins() {
    PlanRequest.Builder request = request(2).toBuilder();
    request.getEdgeServerBuilder().clearResidentBlockIds();
    for (Model.Builder model : request.getBlockLibraryBuilder().getModelsBuilderList()) {
      model.clearBlockIds();
      for (int block = 0; block < LIMITS.maxBlocks(); block++) {
        model.addBlockIds(blockId(block));
      }
    }
    return request.build();
  }
}
