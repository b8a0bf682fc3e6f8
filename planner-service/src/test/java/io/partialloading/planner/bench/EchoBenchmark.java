// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.service.AnswerReserve;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.service.PlanningObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingStub;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The round trip of a plan over a loopback connection, one at a time, beside an echo's: a call with
 * the same request and the same answer that is parsed, answered and nothing else. Client and both
 * servers are in one process.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify -Dbenchmarks=EchoBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class EchoBenchmark {
  private static final int WAITING_JOBS = 2_048;
  private static final int CALLS = 8_192;

  @Param({"paper-scale-bottom-layer", "paper-scale-general"})
  public String vector = "";

  private PlanRequest request;
  private PlanningQueue queue;
  private Server planner;
  private Server echo;
  private ManagedChannel planChannel;
  private ManagedChannel echoChannel;
  private PlannerServiceBlockingStub planStub;
  private PlannerServiceBlockingStub echoStub;

  @Setup
  public void serve() throws IOException {
    request = Vectors.named(vector).request();
    int cores = Runtime.getRuntime().availableProcessors();
    LoadLimits limits =
        new LoadLimits(
            cores,
            WAITING_JOBS,
            Duration.ofSeconds(2),
            CALLS,
            Runtime.getRuntime().maxMemory() / 2);
    queue = new PlanningQueue(limits);
    for (int i = 0; i <= cores; i++) {
      Thread worker = new Thread(this::work, "planning-" + i);
      worker.setDaemon(true);
      worker.start();
    }
    NettyServerBuilder builder = builder();
    new PlannerGrpcService(
            Limits.DEFAULT, queue, new Intake(limits), AnswerReserve.LOCAL, PlanningObserver.NONE)
        .addTo(builder);
    planner = builder.build().start();
    planChannel = connect(planner);
    planStub = PlannerServiceGrpc.newBlockingStub(planChannel);
    echo = builder().addService(answering(planStub.plan(request))).build().start();
    echoChannel = connect(echo);
    echoStub = PlannerServiceGrpc.newBlockingStub(echoChannel);
  }

  private void work() {
    try {
      queue.work();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NettyServerBuilder builder() {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).directExecutor();
  }

  private static ManagedChannel connect(Server server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  private static BindableService answering(PlanResponse answer) {
    return new PlannerServiceGrpc.PlannerServiceImplBase() {
      @Override
      public void plan(PlanRequest asked, StreamObserver<PlanResponse> observer) {
        observer.onNext(answer);
        observer.onCompleted();
      }
    };
  }

  @TearDown
  public void stop() {
    planChannel.shutdownNow();
    echoChannel.shutdownNow();
    planner.shutdownNow();
    echo.shutdownNow();
    queue.shutdown();
  }

  @Benchmark
  public int plan() {
    return planStub.plan(request).getServedUserCount();
  }

  @Benchmark
  public int echo() {
    return echoStub.plan(request).getServedUserCount();
  }
}
