// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BatchLatencyTable;
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
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Limits LIMITS = Limits.DEFAULT;
  private static final long GIGABYTE = 1L << 30;

  /** As long as a UUID. */
  private static String id(int number) {
    return "%036d".formatted(number);
  }

  /** Block ids that take as many bytes as any, such as hashes do. */
  private static int blockId(int number) {
    return -1 - number;
  }

  private static Duration time() {
    return Duration.newBuilder().setSeconds(1).setNanos(999_999_999).build();
  }

  private static BlockLibrary library() {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    for (int j = 0; j < LIMITS.maxBlocks(); j++) {
      library.addBlocks(
          ParameterBlock.newBuilder()
              .setId(blockId(j))
              .setSizeBytes(GIGABYTE)
              .setName("%048d".formatted(j)));
    }
    int references = LIMITS.maxBlockReferences() / LIMITS.maxModels();
    int entries = LIMITS.maxTableEntries() / LIMITS.maxModels() / 2;
    for (int m = 0; m < LIMITS.maxModels(); m++) {
      Model.Builder model = Model.newBuilder().setId(id(m));
      for (int j = 0; j < references; j++) {
        model.addBlockIds(blockId(j));
      }
      BatchLatencyTable.Builder latency = BatchLatencyTable.newBuilder();
      MemoryTable.Builder memory = MemoryTable.newBuilder();
      for (int b = 0; b < entries; b++) {
        int size = Integer.MAX_VALUE - entries + b;
        latency.addPointsBuilder().setBatchSize(size).setLatency(time());
        memory.addPointsBuilder().setBatchSize(size).setBytes(80 * GIGABYTE);
      }
      library.addModels(
          model
              .setCompute(ComputeProfile.newBuilder().setTable(latency))
              .setMemory(MemoryProfile.newBuilder().setTable(memory)));
    }
    return library.build();
  }

  private static EdgeServer server() {
    EdgeServer.Builder server = EdgeServer.newBuilder().setGpuMemoryBytes(80 * GIGABYTE);
    for (int j = 0; j < LIMITS.maxBlocks(); j++) {
      server.addResidentBlockIds(blockId(j));
    }
    PiecewiseLinearTransfer.Builder transfer = PiecewiseLinearTransfer.newBuilder();
    for (int i = 0; i < LIMITS.maxTableEntries() / 2; i++) {
      transfer.addPoints(TransferPoint.newBuilder().setBytes(GIGABYTE).setDuration(time()));
    }
    TransferProfile profile = TransferProfile.newBuilder().setPiecewiseLinear(transfer).build();
    return server.setStorageToHost(profile).setHostToGpu(profile).build();
  }

  private static PlanRequest request() {
    UserSnapshot.Builder users = UserSnapshot.newBuilder();
    ChannelState.Builder channel = ChannelState.newBuilder().setBandwidthHz(20e6);
    for (int k = 0; k < LIMITS.maxUsers(); k++) {
      users.addUsers(User.newBuilder().setId(id(k)).setModelId(id(k)).setUploadBytes(GIGABYTE));
      channel.addUserChannels(
          UserChannel.newBuilder()
              .setUserId(id(k))
              .setLinkBudget(
                  LinkBudget.newBuilder()
                      .setTransmitPsdWPerHz(1)
                      .setDistanceM(1)
                      .setPathLossExponent(1)
                      .setNoisePsdWPerHz(1)
                      .setFadingPowerGain(1)));
    }
    return PlanRequest.newBuilder()
        .setBlockLibrary(library())
        .setUserSnapshot(users)
        .setChannelState(channel)
        .setEdgeServer(server())
        .setLatencyBudget(time())
        .build();
  }

  private static Schedule schedule() {
    Schedule.Builder schedule = Schedule.newBuilder();
    int loads = LIMITS.maxBlockReferences() / LIMITS.maxUsers();
    for (int k = 0; k < LIMITS.maxUsers(); k++) {
      Batch.Builder batch =
          Batch.newBuilder()
              .setModelId(id(k))
              .addGrants(
                  BandwidthGrant.newBuilder()
                      .setUserId(id(k))
                      .setBandwidthFraction(1)
                      .setUploadRateBps(1))
              .setLoadBytes(GIGABYTE)
              .setReusedBytes(GIGABYTE)
              .setStart(time())
              .setUpload(time())
              .setLoad(time())
              .setCompute(time())
              .setLatestStart(time());
      for (int j = 0; j < loads; j++) {
        batch.addLoadBlockIds(blockId(j));
      }
      schedule.addBatches(batch);
    }
    return schedule.build();
  }

  @Test
  void defaultMessage_holdsTheLargestRequest_withRoom() {
    VerifyScheduleRequest largest =
        VerifyScheduleRequest.newBuilder().setRequest(request()).setSchedule(schedule()).build();

    assertDoesNotThrow(() -> LIMITS.check(largest.getRequest(), Path.ROOT));
    assertDoesNotThrow(() -> LIMITS.check(largest.getSchedule(), Path.ROOT));
    int bytes = largest.getSerializedSize();
    assertTrue(bytes <= LIMITS.maxMessageBytes(), () -> bytes + " bytes do not fit");
    assertTrue(2 * bytes > LIMITS.maxMessageBytes(), () -> bytes + " bytes are little");
  }
}
