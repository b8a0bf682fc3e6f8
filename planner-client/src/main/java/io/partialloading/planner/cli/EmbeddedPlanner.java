// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A planner service in this process, reached over gRPC's in-process transport. */
final class EmbeddedPlanner implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  private EmbeddedPlanner(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  /** Starts the service that planner-service serves, with its default limits. */
  static EmbeddedPlanner start() {
    return start(new PlannerGrpcService(Limits.DEFAULT));
  }

  static EmbeddedPlanner start(BindableService service) {
    String name = InProcessServerBuilder.generateName();
    return start(
        InProcessServerBuilder.forName(name).addService(service),
        InProcessChannelBuilder.forName(name));
  }

  /**
   * Starts the same service to plan in the threads that call it. For very many short calls: handing
   * them to other threads takes longer than planning. Deadlines hold where the service heeds them.
   */
  static EmbeddedPlanner startInCallingThreads() {
    String name = InProcessServerBuilder.generateName();
    return start(
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new PlannerGrpcService(Limits.DEFAULT)),
        InProcessChannelBuilder.forName(name).directExecutor());
  }

  private static EmbeddedPlanner start(
      InProcessServerBuilder server, InProcessChannelBuilder channel) {
    try {
      return new EmbeddedPlanner(server.build().start(), channel.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the service answers until this planner is closed. */
  Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
