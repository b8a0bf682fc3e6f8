// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.time.Duration;

/** A planner service in the test's process. */
final class InProcessPlanner implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  InProcessPlanner() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(new PlannerGrpcService(Limits.DEFAULT))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  PlannerClient client() {
    return PlannerClient.over(channel, Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
