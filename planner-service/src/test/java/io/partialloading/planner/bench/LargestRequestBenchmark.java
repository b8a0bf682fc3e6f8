// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.wire.Limits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The requests that take most memory within the server's default limits: a worker's part, from the
 * bytes of the request to those of the answer. Fails for lack of heap with less than they take.
 *
 * <p>{@code JAVA_TOOL_OPTIONS=-Xmx800m ./mvnw -q -Pbenchmark -pl planner-service -am verify
 * -Dbenchmarks=LargestRequestBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class LargestRequestBenchmark {
  private static final Limits LIMITS = Limits.DEFAULT;

  /**
   * A search over two components of 1,000 models and as many users as are searched; a chain of
   * models each of which has all blocks of the one before, the deepest tree that half a million
   * block ids make; users with ids of 1.5 kB, a message of 30 MB.
   */
  @Param({"search", "deep tree", "long ids"})
  public String kind;

  private final RequestPlanner planner = new RequestPlanner(LIMITS);
  private byte[] request;

  @Setup
  public void build() {
    request =
        switch (kind) {
          case "search" -> request(rings(2, 1_000), 2_000, 8_000, 0);
          case "deep tree" -> request(chain(990), 990, 10_000, 0);
          default -> request(chain(10), 10, 10_000, 1_500);
        };
  }

  @Benchmark
  public byte[] work() throws InvalidProtocolBufferException {
    return planner.plan(PlanRequest.parseFrom(request), StopSignal.NEVER).toByteArray();
  }

  /** Rings of models, each of which shares a block with the next. */
  private static BlockLibrary rings(int count, int size) {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    for (int model = 0; model < count * size; model++) {
      int ring = model / size * size;
      library.addModels(model(model).addBlockIds(model).addBlockIds(ring + (model + 1) % size));
      library.addBlocks(ParameterBlock.newBuilder().setId(model).setSizeBytes(1_000));
    }
    return library.build();
  }

  private static BlockLibrary chain(int length) {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    for (int last = 0; last < length; last++) {
      Model.Builder model = model(last);
      for (int block = 0; block <= last; block++) {
        model.addBlockIds(block);
      }
      library
          .addModels(model)
          .addBlocks(ParameterBlock.newBuilder().setId(last).setSizeBytes(1_000));
    }
    return library.build();
  }

  private static Model.Builder model(int number) {
    return Model.newBuilder()
        .setId("model " + number)
        .setCompute(
            ComputeProfile.newBuilder()
                .setAffine(
                    AffineCompute.newBuilder()
                        .setPerBatch(Duration.newBuilder().setNanos(2_000_000))
                        .setPerSample(Duration.newBuilder().setNanos(5_000))));
  }

  /** Every model is wanted, of a chain the last by whoever is left; there is time for all. */
  private static byte[] request(BlockLibrary library, int models, int userCount, int idLength) {
    EdgeServer.Builder server = EdgeServer.newBuilder().setGpuMemoryBytes(1L << 40);
    for (int component = 0; component < models; component += 1_000) {
      server.addResidentBlockIds(component); // curves for a plan that begins with each are apart
    }
    server
        .getStorageToHostBuilder()
        .setAffine(
            AffineTransfer.newBuilder()
                .setLatency(Duration.newBuilder().setNanos(1_000))
                .setBytesPerSecond(1e9));
    UserSnapshot.Builder users = UserSnapshot.newBuilder();
    ChannelState.Builder channels = ChannelState.newBuilder().setBandwidthHz(1e9);
    boolean isSearched = models > 1_000;
    for (int user = 0; user < userCount; user++) {
      String id = user + "x".repeat(idLength);
      int model = isSearched ? user % models : Math.min(user, models - 1);
      users.addUsers(
          User.newBuilder().setId(id).setModelId("model " + model).setUploadBytes(1_000));
      channels.addUserChannels(UserChannel.newBuilder().setUserId(id).setSpectralEfficiency(4));
    }
    return PlanRequest.newBuilder()
        .setBlockLibrary(library)
        .setUserSnapshot(users)
        .setChannelState(channels)
        .setEdgeServer(server)
        .setLatencyBudget(Duration.newBuilder().setSeconds(1_000_000))
        .build()
        .toByteArray();
  }
}
