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
    try {
      Server server = InProcessServerBuilder.forName(name).addService(service).build().start();
      return new EmbeddedPlanner(server, InProcessChannelBuilder.forName(name).build());
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
