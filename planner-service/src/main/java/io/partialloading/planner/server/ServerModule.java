package io.partialloading.planner.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.partialloading.planner.service.PlannerGrpcService;
import java.net.UnknownHostException;

/** What the server is made of. */
final class ServerModule extends AbstractModule {
  private final Settings settings;

  ServerModule(Settings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  PlannerGrpcService planner() {
    return new PlannerGrpcService(settings.limits());
  }

  @Provides
  @Singleton
  HealthStatusManager health() {
    return new HealthStatusManager();
  }

  @Provides
  @Singleton
  PlanningExecutor executor() {
    return new PlanningExecutor(Runtime.getRuntime().availableProcessors());
  }

  @Provides
  @Singleton
  @SuppressWarnings("deprecation") // older generic clients know only v1alpha of reflection
  Server server(PlannerGrpcService planner, HealthStatusManager health, PlanningExecutor executor)
      throws UnknownHostException {
    return NettyServerBuilder.forAddress(settings.socketAddress())
        .callExecutor(executor)
        .maxInboundMessageSize(settings.limits().maxMessageBytes())
        .addService(planner)
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(ProtoReflectionService.newInstance())
        .build();
  }

  @Provides
  @Singleton
  ServerLife life(Server server, HealthStatusManager health, PlanningExecutor executor) {
    return new ServerLife(server, health, executor, settings.drain());
  }
}
