// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;

/** Requests for tests. */
public final class TestRequests {
  private TestRequests() {}

  /**
   * A good request that every user of can be served: of three models that share block 0 the first
   * is nobody's, u0 and u2 want "beta", and u1 wants "alpha". Full-band uploads take 8 ms at 1
   * bit/s/Hz.
   */
  public static PlanRequest.Builder good() {
    return PlanRequest.newBuilder()
        .setLabel("good")
        .setBlockLibrary(
            BlockLibrary.newBuilder()
                .addBlocks(block(9, 5_000_000))
                .addBlocks(block(0, 40_000_000))
                .addBlocks(block(7, 10_000_000))
                .addBlocks(block(8, 20_000_000))
                .addModels(model("unwanted", 0, 9))
                .addModels(model("alpha", 0, 7))
                .addModels(model("beta", 0, 8)))
        .setUserSnapshot(
            UserSnapshot.newBuilder()
                .addUsers(user("u0", "beta"))
                .addUsers(user("u1", "alpha"))
                .addUsers(user("u2", "beta")))
        .setChannelState(
            ChannelState.newBuilder()
                .setBandwidthHz(1e6)
                .addUserChannels(channel("u2").setUplinkSinrDb(0))
                .addUserChannels(channel("u0").setSpectralEfficiency(2))
                .addUserChannels(
                    channel("u1")
                        .setLinkBudget(
                            LinkBudget.newBuilder()
                                .setTransmitPsdWPerHz(1.5e-7)
                                .setDistanceM(10)
                                .setPathLossExponent(4)
                                .setNoisePsdWPerHz(1e-12)
                                .setFadingPowerGain(0.2))))
        .setEdgeServer(
            EdgeServer.newBuilder()
                .setGpuMemoryBytes(8_000_000_000L)
                .setStorageToHost(transfer(1_000_000, 4e9))
                .setHostToGpu(transfer(0, 16e9))
                .addResidentBlockIds(9)
                .addResidentBlockIds(7))
        .setLatencyBudget(nanoseconds(300_000_000));
  }

  /**
   * The good request with what a base station and a runtime measure: PRBs, SINR and MCS, tables of
   * batches, a measured transfer, margins.
   */
  public static PlanRequest.Builder measured() {
    PlanRequest.Builder request = good();
    request
        .getChannelStateBuilder()
        .clearBandwidthHz()
        .setPrbGrid(PrbGrid.newBuilder().setPrbCount(11).setSubcarrierSpacingKhz(30))
        .setUplinkSlotRatio(0.4)
        .setMcsTable(McsTable.MCS_TABLE_QAM64)
        .setUserChannels(1, channel("u0").setUplinkMcs(20));
    request.getUserSnapshotBuilder().getCapturedAtBuilder().setSeconds(1_700_000_000);
    Model.Builder beta = request.getBlockLibraryBuilder().getModelsBuilder(2);
    beta.getComputeBuilder()
        .getTableBuilder()
        .addLatency(nanoseconds(2_000_000))
        .addLatency(nanoseconds(5_000_000));
    beta.getMemoryBuilder().getTableBuilder().addBytes(1_000).addBytes(2_000).addBytes(3_000);
    request
        .getEdgeServerBuilder()
        .getStorageToHostBuilder()
        .getPiecewiseLinearBuilder()
        .addPoints(point(1_000_000, 2_000_000))
        .addPoints(point(100_000_000, 30_000_000));
    request.getOptionsBuilder().setUploadMargin(0.1).setLoadMargin(0.2).setComputeMargin(0.05);
    return request;
  }

  private static TransferPoint.Builder point(long bytes, long time) {
    return TransferPoint.newBuilder().setBytes(bytes).setDuration(nanoseconds(time));
  }

  public static ParameterBlock.Builder block(int id, long bytes) {
    return ParameterBlock.newBuilder().setId(id).setSizeBytes(bytes);
  }

  public static Model.Builder model(String id, int... blocks) {
    Model.Builder model =
        Model.newBuilder()
            .setId(id)
            .setCompute(
                ComputeProfile.newBuilder()
                    .setAffine(
                        AffineCompute.newBuilder()
                            .setPerBatch(nanoseconds(2_000_000))
                            .setPerSample(nanoseconds(500_000))));
    model
        .setMemory(MemoryProfile.newBuilder())
        .getMemoryBuilder()
        .getAffineBuilder()
        .setFixedBytes(2_000_000_000L)
        .setBytesPerSample(1_500_000_000L);
    for (int block : blocks) {
      model.addBlockIds(block);
    }
    return model;
  }

  public static User.Builder user(String id, String model) {
    return User.newBuilder().setId(id).setModelId(model).setUploadBytes(1_000);
  }

  public static UserChannel.Builder channel(String user) {
    return UserChannel.newBuilder().setUserId(user);
  }

  public static TransferProfile.Builder transfer(long latency, double bytesPerSecond) {
    return TransferProfile.newBuilder()
        .setAffine(
            AffineTransfer.newBuilder()
                .setLatency(nanoseconds(latency))
                .setBytesPerSecond(bytesPerSecond));
  }

  public static Duration nanoseconds(long nanoseconds) {
    return Duration.newBuilder()
        .setSeconds(nanoseconds / 1_000_000_000)
        .setNanos((int) (nanoseconds % 1_000_000_000))
        .build();
  }
}
