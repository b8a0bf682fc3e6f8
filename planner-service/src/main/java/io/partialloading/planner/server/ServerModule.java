// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.service.AnswerReserve;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.settings.Connections;
import io.partialloading.planner.settings.Planning;
import io.partialloading.planner.settings.Settings;
import io.partialloading.planner.settings.Tls;
import io.partialloading.planner.telemetry.ServerTelemetry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the server is made of. */
final class ServerModule extends AbstractModule {
  /** More than a load balancer and a few people watch health over one connection. */
  private static final int MAX_HEALTH_CALLS = 16;

  private static final int MAX_HEALTH_REQUEST_BYTES = 4096;

  private final Settings settings;
  private final @Nullable ServerTls tls;

  /**
   * A server as set.
   *
   * @throws IllegalArgumentException if its TLS files cannot be used
   */
  ServerModule(Settings settings) {
    this.settings = settings;
    this.tls = settings.tls() == null ? null : new ServerTls(settings.tls());
  }

  @Provides
  @Singleton
  LoadLimits load() {
    Planning planning = settings.planning();
    return new LoadLimits(
        planning.threads(),
        planning.maxQueuedCalls(),
        planning.maxWait(),
        planning.maxCalls(),
        planning.requestBytes(Runtime.getRuntime().maxMemory()));
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
  ServerTelemetry telemetry(PlanningQueue queue, Intake intake, LoadLimits load) {
    ServerTelemetry telemetry =
        ServerTelemetry.of(settings.telemetry(), ServeCommand.Version.get());
    telemetry.watch(queue, intake, load);
    if (tls != null) {
      telemetry.watchCertificate(tls::certificateEnd);
    }
    return telemetry;
  }

  @Provides
  @Singleton
  PlannerGrpcService planner(PlanningQueue queue, Intake intake, ServerTelemetry telemetry) {
    Planning planning = settings.planning();
    AnswerReserve reserve =
        new AnswerReserve(planning.answerReservePercent(), planning.maxAnswerReserve().toNanos());
    return new PlannerGrpcService(settings.limits(), queue, intake, reserve, telemetry.observer());
  }

  @Provides
  @Singleton
  Health health() {
    return new Health();
  }

  @Provides
  @Singleton
  PlanningExecutor executor(PlanningQueue queue, LoadLimits load) {
    return new PlanningExecutor(queue, load.cores());
  }

  @Provides
  @Singleton
  StreamDrain streams() {
    return new StreamDrain();
  }

  @Provides
  @Singleton
  WarmUp warmUp() {
    return new WarmUp(settings.life().warmUp());
  }

  @Provides
  @Singleton
  Server server(
      PlannerGrpcService planner,
      Health health,
      PlanningExecutor executor,
      StreamDrain streams,
      LoadLimits load,
      ServerTelemetry telemetry) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(settings.listen().address())
            .directExecutor()
            .callExecutor(executor)
            .maxInboundMessageSize(
                (int) Math.min(settings.limits().maxMessageBytes(), load.bytes()))
            .intercept(streams)
            .addService(health.service());
    planner.addTo(builder);
    telemetry.addTo(builder);
    bound(builder, settings.connections());
    if (settings.listen().reflection()) {
      addReflection(builder);
    }
    if (tls != null) {
      builder.sslContext(tls.sslContext());
      addGate(builder, tls.files());
    }
    return builder.build();
  }

  private static void bound(NettyServerBuilder builder, Connections connections) {
    builder
        .maxConcurrentCallsPerConnection(connections.maxCalls())
        .maxInboundMetadataSize(connections.maxMetadataBytes())
        .maxRstFramesPerWindow(connections.maxResetsPerSecond(), 1)
        .handshakeTimeout(nanos(connections.handshakeTimeout()), TimeUnit.NANOSECONDS)
        .maxConnectionAge(nanos(connections.maxAge()), TimeUnit.NANOSECONDS)
        .maxConnectionAgeGrace(nanos(connections.maxAgeGrace()), TimeUnit.NANOSECONDS)
        .keepAliveTime(nanos(connections.keepAlive()), TimeUnit.NANOSECONDS)
        .keepAliveTimeout(nanos(connections.keepAliveTimeout()), TimeUnit.NANOSECONDS)
        .permitKeepAliveTime(nanos(connections.minClientKeepAlive()), TimeUnit.NANOSECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private static long nanos(Duration time) {
    return time.toNanos();
  }

  @SuppressWarnings("deprecation") // older generic clients know only v1alpha of reflection
  private static void addReflection(NettyServerBuilder builder) {
    builder
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(ProtoReflectionService.newInstance());
  }

  /** Added last, so that calls come to it first. */
  private static void addGate(NettyServerBuilder builder, Tls files) {
    if (!files.allowedClients().isEmpty()) {
      ClientGate gate = new ClientGate(files.allowedClients());
      builder.intercept(gate).addTransportFilter(gate);
    }
  }

  @Provides
  @Singleton
  ServerLife life(
      Server server,
      Health health,
      PlanningExecutor executor,
      StreamDrain streams,
      WarmUp warmUp,
      ServerTelemetry telemetry) {
    List<AutoCloseable> resources = new ArrayList<>();
    resources.add(executor::shutdown);
    if (tls != null) {
      resources.add(tls);
    }
    resources.add(telemetry);
    return new ServerLife(
        settings,
        server,
        settings.management() == null ? null : management(settings.management(), health),
        health,
        streams,
        warmUp::run,
        telemetry::listen,
        resources);
  }

  private Server management(InetSocketAddress address, Health health) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .directExecutor()
            .maxInboundMessageSize(MAX_HEALTH_REQUEST_BYTES)
            .addService(health.service());
    bound(builder, settings.connections());
    return builder.maxConcurrentCallsPerConnection(MAX_HEALTH_CALLS).build();
  }
}
