// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.service.AnswerReserve;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.service.PlanningObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingV2Stub;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Plans requests of its own before there are callers, so that these find classes loaded and hot
 * paths compiled. Most of what is slow at first is the network's side of a call, so the requests
 * are true calls: to a port of the loopback interface that is open meanwhile, and where only calls
 * with a secret of this process are taken.
 */
final class WarmUp {
  private static final System.Logger LOGGER = System.getLogger(WarmUp.class.getName());

  private static final Metadata.Key<String> SECRET =
      Metadata.Key.of("warm-up-secret", Metadata.ASCII_STRING_MARSHALLER);

  /** More make the first plans faster yet, but no longer by much for the time they take. */
  private static final int ROUNDS = 100;

  private static final long END_SECONDS = 1;

  private final Duration longest;

  /**
   * A warm-up.
   *
   * @param longest how long it may take, but for the request in progress then; zero for none
   */
  WarmUp(Duration longest) {
    this.longest = longest;
  }

  /**
   * Warms up. Where that fails the log says so, and the server is only slower at first.
   *
   * @param stop asked before every request whether to stop early
   */
  void run(BooleanSupplier stop) {
    if (longest.isZero()) {
      return;
    }
    // A queue of its own: the server's is to learn from its callers what plans cost.
    PlanningQueue queue = new PlanningQueue(LoadLimits.NONE);
    PlanningExecutor executor = new PlanningExecutor(queue, 1);
    String secret = UUID.randomUUID().toString();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .callExecutor(executor)
            .intercept(only(secret));
    new PlannerGrpcService(
            Limits.DEFAULT,
            queue,
            new Intake(LoadLimits.NONE),
            AnswerReserve.LOCAL,
            PlanningObserver.NONE)
        .addTo(builder);
    Server server = builder.build();
    try {
      server.start();
      plan(server.getListenSockets().get(0), secret, stop);
    } catch (IOException | StatusException e) {
      LOGGER.log(Level.WARNING, "the warm-up failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(server);
      executor.shutdown();
    }
  }

  private void plan(SocketAddress address, String secret, BooleanSupplier stop)
      throws StatusException, InterruptedException {
    Metadata headers = new Metadata();
    headers.put(SECRET, secret);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(address)
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
            .build();
    long begin = System.nanoTime();
    try {
      plan(
          PlannerServiceGrpc.newBlockingV2Stub(channel),
          () -> stop.getAsBoolean() || System.nanoTime() - begin >= longest.toNanos());
    } finally {
      channel.shutdownNow();
    }
  }

  /** Waits, so that nothing of the warm-up comes to threads that are ended meanwhile. */
  private static void end(Server server) {
    try {
      server.shutdownNow().awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServerInterceptor only(String secret) {
    return new ServerInterceptor() {
      @Override
      public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
          ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        if (secret.equals(headers.get(SECRET))) {
          return next.startCall(call, headers);
        }
        call.close(Status.PERMISSION_DENIED, new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }

  private static void plan(PlannerServiceBlockingV2Stub stub, BooleanSupplier stop)
      throws StatusException, InterruptedException {
    List<PlanRequest> requests = WarmUpRequests.all();
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream = stub.streamPlans();
    for (int round = 0; round < ROUNDS; round++) {
      for (PlanRequest request : requests) {
        if (stop.getAsBoolean()) {
          return;
        }
        if (round % 2 == 0) {
          stub.plan(request);
        } else {
          stream.write(StreamPlansRequest.newBuilder().setRequest(request).build());
          stream.read();
        }
      }
    }
  }
}
