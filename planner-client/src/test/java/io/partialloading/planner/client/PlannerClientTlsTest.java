// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Tag("socket")
class PlannerClientTlsTest {
  @TempDir private static Path folder;
  private static KeyPairFiles planner;
  private static KeyPairFiles controller;

  private final List<Server> servers = new ArrayList<>();

  @BeforeAll
  static void makeKeys() throws Exception {
    planner = KeyPairFiles.make(folder, "planner.test");
    controller = KeyPairFiles.make(folder, "controller.test");
  }

  @AfterEach
  void stop() {
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void plan_serverOfATrustedAuthority_isAnswered() throws Exception {
    start(tls());
    assertAnswered(builder().trust(planner.certificate()).authority("planner.test"));
  }

  @Test
  void plan_serverOfAnotherName_isUnreachable() throws Exception {
    start(tls());
    assertUnreachable(builder().trust(planner.certificate()));
  }

  @Test
  void plan_serverOfAnotherAuthority_isUnreachable() throws Exception {
    start(tls());
    assertUnreachable(builder().trust(controller.certificate()).authority("planner.test"));
    assertUnreachable(builder().tls().authority("planner.test"));
  }

  @Test
  void plan_plainTextServer_isUnreachable() throws Exception {
    start(InsecureServerCredentials.create());
    assertUnreachable(builder().trust(planner.certificate()).authority("planner.test"));
  }

  @Test
  void plan_serverThatWantsACertificate_isAnsweredIfTheClientHasOne() throws Exception {
    start(mutualTls());
    assertAnswered(
        builder()
            .identity(controller.certificate(), controller.key())
            .trust(planner.certificate())
            .authority("planner.test"));
  }

  @Test
  void plan_serverThatWantsAnotherCertificate_isUnreachable() throws Exception {
    start(mutualTls());
    assertUnreachable(builder().trust(planner.certificate()).authority("planner.test"));
    assertUnreachable(
        builder()
            .identity(planner.certificate(), planner.key())
            .trust(planner.certificate())
            .authority("planner.test"));
  }

  @Test
  void builder_missingFile_namesIt() throws Exception {
    start(tls());
    Path missing = folder.resolve("missing.pem");
    assertEquals(
        missing.toString(),
        assertThrows(NoSuchFileException.class, () -> builder().trust(missing)).getMessage());
    assertThrows(
        NoSuchFileException.class, () -> builder().identity(controller.certificate(), missing));
  }

  @Test
  void builder_filesThatAreNotPem_refuses() throws Exception {
    start(tls());
    Path text = Files.writeString(folder.resolve("text.pem"), "not a certificate\n");
    PlannerClientBuilder builder = builder();
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertRefused(empty + ": no certificates in PEM", () -> builder.trust(empty));
    assertRefused(text + ": no certificates in PEM", () -> builder.trust(text));
    assertRefused(
        text + ": no certificates in PEM", () -> builder.identity(text, controller.key()));
    assertRefused(
        controller.certificate()
            + ": no private key in PEM as unencrypted PKCS#8 (BEGIN PRIVATE KEY)",
        () -> builder.identity(controller.certificate(), controller.certificate()));
    String spoiled = Files.readString(planner.certificate()).replaceAll("MII.", "AAAA");
    Path broken = Files.writeString(folder.resolve("broken.pem"), spoiled);
    assertRefused(broken + ": no certificates in PEM", () -> builder.trust(broken));
  }

  private static void assertRefused(String message, Executable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use).getMessage());
  }

  private void start(ServerCredentials credentials) throws Exception {
    servers.add(
        Grpc.newServerBuilderForPort(0, credentials)
            .addService(
                new PlannerServiceGrpc.PlannerServiceImplBase() {
                  @Override
                  public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
                    observer.onNext(PlanResponse.newBuilder().setServedUserCount(3).build());
                    observer.onCompleted();
                  }
                })
            .build()
            .start());
  }

  private static ServerCredentials tls() throws Exception {
    return TlsServerCredentials.create(planner.certificate().toFile(), planner.key().toFile());
  }

  private static ServerCredentials mutualTls() throws Exception {
    return TlsServerCredentials.newBuilder()
        .keyManager(planner.certificate().toFile(), planner.key().toFile())
        .trustManager(controller.certificate().toFile())
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  private PlannerClientBuilder builder() {
    return PlannerClient.builder("127.0.0.1:" + servers.get(0).getPort());
  }

  private static void assertAnswered(PlannerClientBuilder builder) {
    try (PlannerClient client = builder.build()) {
      assertEquals(3, client.plan(PlanRequest.getDefaultInstance()).getServedUserCount());
    }
  }

  private static void assertUnreachable(PlannerClientBuilder builder) {
    try (PlannerClient client = builder.build()) {
      assertThrows(
          PlannerException.Unreachable.class, () -> client.plan(PlanRequest.getDefaultInstance()));
    }
  }
}
