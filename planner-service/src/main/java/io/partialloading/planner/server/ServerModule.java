package io.partialloading.planner.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.service.PlanningObserver;
import java.net.UnknownHostException;

/** What the server is made of. */
final class ServerModule extends AbstractModule {
  private final Settings settings;

  ServerModule(Settings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  LoadLimits load() {
    return LoadLimits.ofProcess();
  }

  @Provides
  @Singleton
  PlanningQueue queue(LoadLimits load) {
    return new PlanningQueue(load);
  }

  @Provides
  @Singleton
  Intake intake(LoadLimits load) {
    return new Intake(load);
  }

  @Provides
  @Singleton
  PlannerGrpcService planner(PlanningQueue queue, Intake intake) {
    return new PlannerGrpcService(settings.limits(), queue, intake, PlanningObserver.NONE);
  }

  @Provides
  @Singleton
  HealthStatusManager health() {
    return new HealthStatusManager();
  }

  @Provides
  @Singleton
  PlanningExecutor executor(PlanningQueue queue, LoadLimits load) {
    return new PlanningExecutor(queue, load.cores());
  }

  @Provides
  @Singleton
  @SuppressWarnings("deprecation") // older generic clients know only v1alpha of reflection
  Server server(
      PlannerGrpcService planner,
      HealthStatusManager health,
      PlanningExecutor executor,
      LoadLimits load)
      throws UnknownHostException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(settings.socketAddress())
            .directExecutor()
            .callExecutor(executor)
            .maxInboundMessageSize(
                (int) Math.min(settings.limits().maxMessageBytes(), load.bytes()));
    planner.addTo(builder);
    return builder
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
