// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Plans a second over a loopback connection, client and server in one process: a stream of 10,000
 * snapshots of which the first carries the library, beside as many unary calls that all carry it. A
 * controller has one request under way. With more, unary calls are planned on all cores at once, a
 * stream's requests still one after another.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify -Dbenchmarks=StreamBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class StreamBenchmark {
  private static final int SNAPSHOTS = 10_000;

  @Param({"1", "16"})
  public int underWay;

  private final PlanRequest whole = Vectors.named("paper-scale-bottom-layer").request();
  private final PlanRequest snapshot =
      whole.toBuilder().clearBlockLibrary().clearEdgeServer().build();
  private final ExecutorService planning =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private Server server;
  private ManagedChannel channel;

  @Setup
  public void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .executor(planning)
            .addService(new PlannerGrpcService(Limits.DEFAULT))
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            // Unary answers need no thread of their own; a blocking stream has none anyway.
            .directExecutor()
            .build();
  }

  @TearDown
  public void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    planning.shutdown();
  }

  @Benchmark
  @OperationsPerInvocation(SNAPSHOTS)
  public int stream() throws Exception {
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
        PlannerServiceGrpc.newBlockingV2Stub(channel).streamPlans();
    int served = 0;
    for (int sent = 0, received = 0; received < SNAPSHOTS; received++) {
      for (; sent < SNAPSHOTS && sent - received < underWay; sent++) {
        stream.write(
            StreamPlansRequest.newBuilder().setRequest(sent == 0 ? whole : snapshot).build());
      }
      served += stream.read().getResponse().getServedUserCount();
    }
    stream.halfClose();
    return checked(served);
  }

  @Benchmark
  @OperationsPerInvocation(SNAPSHOTS)
  public int unary() throws Exception {
    PlannerServiceGrpc.PlannerServiceFutureStub stub = PlannerServiceGrpc.newFutureStub(channel);
    Queue<Future<PlanResponse>> calls = new ArrayDeque<>();
    int served = 0;
    for (int sent = 0, received = 0; received < SNAPSHOTS; received++) {
      for (; sent < SNAPSHOTS && sent - received < underWay; sent++) {
        calls.add(stub.plan(whole));
      }
      served += calls.remove().get().getServedUserCount();
    }
    return checked(served);
  }

  private static int checked(int served) {
    if (served != 68 * SNAPSHOTS) {
      throw new IllegalStateException(served + " users served");
    }
    return served;
  }
}
