// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import io.grpc.Attributes;
import io.grpc.BindableService;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusOr;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Servers on loopback that are reached under one name, as the pods behind a headless service. */
final class Replicas implements AutoCloseable {
  private static final String SCHEME = "replicas";

  private final List<Server> servers = new ArrayList<>();
  private final Deque<ConfigOrError> parsed = new ConcurrentLinkedDeque<>();
  private final Provider provider = new Provider();
  private Map<String, Object> toParse = Map.of();

  Replicas() {
    NameResolverRegistry.getDefaultRegistry().register(provider);
  }

  /** Starts one more server, which serves this and says that it is healthy. */
  Server add(BindableService service) throws IOException {
    return add(service.bindService());
  }

  /** Starts one more server, which serves this and says that it is healthy. */
  Server add(ServerServiceDefinition service) throws IOException {
    return add(service, ServingStatus.SERVING);
  }

  /** Starts one more server, which serves this and says how it is. */
  Server add(ServerServiceDefinition service, ServingStatus status) throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(PlannerServiceGrpc.SERVICE_NAME, status);
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(service)
            .addService(health.getHealthService())
            .build()
            .start();
    servers.add(server);
    return server;
  }

  /** What all servers are reached under. */
  String target() {
    return SCHEME + ":///planners";
  }

  /** What gRPC makes of a service config when a client connects. */
  ConfigOrError parse(Map<String, Object> config) {
    toParse = config;
    try (PlannerClient client = PlannerClient.connect(target())) {
      try {
        client.analyze(BlockLibrary.getDefaultInstance());
      } catch (PlannerException expected) {
        // Only the resolver of the name was wanted.
      }
    }
    return parsed.getLast();
  }

  @Override
  public void close() {
    NameResolverRegistry.getDefaultRegistry().deregister(provider);
    servers.forEach(Server::shutdownNow);
  }

  private final class Provider extends NameResolverProvider {
    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
      if (!SCHEME.equals(target.getScheme())) {
        return null;
      }
      parsed.add(args.getServiceConfigParser().parseServiceConfig(toParse));
      return new Resolver();
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 0;
    }
  }

  private final class Resolver extends NameResolver {
    @Override
    public String getServiceAuthority() {
      return "planners";
    }

    @Override
    public void start(Listener2 listener) {
      List<EquivalentAddressGroup> addresses = new ArrayList<>();
      for (Server server : servers) {
        addresses.add(
            new EquivalentAddressGroup(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()),
                Attributes.EMPTY));
      }
      listener.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(addresses)).build());
    }

    @Override
    public void shutdown() {}
  }
}
