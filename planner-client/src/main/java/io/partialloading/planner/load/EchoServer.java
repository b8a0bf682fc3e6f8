// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server in this process that reads requests for plans and answers with plans it was given: what
 * a call costs without planning. Listens on loopback only.
 */
public final class EchoServer implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 64 << 20;

  private final Server server;

  private EchoServer(Server server) {
    this.server = server;
  }

  /**
   * Starts a server that gives these answers in turn.
   *
   * @param answers at least one
   * @throws IOException if no port can be had
   */
  public static EchoServer start(List<PlanResponse> answers) throws IOException {
    return new EchoServer(
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .addService(new Echo(List.copyOf(answers)))
            .build()
            .start());
  }

  /** Where it listens, as {@code host:port}. */
  public String target() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Echo extends PlannerServiceGrpc.PlannerServiceImplBase {
    private final List<PlanResponse> answers;
    private final AtomicInteger count = new AtomicInteger();

    Echo(List<PlanResponse> answers) {
      this.answers = answers;
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
      int number = Math.floorMod(count.getAndIncrement(), answers.size());
      observer.onNext(answers.get(number));
      observer.onCompleted();
    }
  }
}
