// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.google.inject.Guice;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.server.TestCertificates.Identity;
import io.partialloading.planner.settings.Logging;
import io.partialloading.planner.settings.TestSettings;
import io.partialloading.planner.telemetry.LogOutput;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is served with TLS, and who is not. */
@Tag("socket")
@Timeout(120)
class ServerTlsTest {
  private static final String ALLOWED = "--tls-allowed-client=*.ran.example,spiffe://example/ran/*";

  @TempDir static Path directory;
  private static TestCertificates authority;
  private static String authorityPem;
  private static Identity dnsClient;
  private static Identity spiffeClient;
  private static Identity otherClient;
  private static Identity namelessClient;
  private static Identity strangersClient;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<ServerLife> lives = new ArrayList<>();

  @BeforeAll
  static void certificates() throws Exception {
    authority = new TestCertificates(directory, "authority");
    authorityPem = authority.pem();
    authority.sign("server", "dns:localhost", "ip:127.0.0.1").writeTo(directory);
    Files.writeString(directory.resolve("ca.crt"), authorityPem);
    dnsClient = authority.sign("dns", "dns:gnb-7.ran.example");
    spiffeClient = authority.sign("spiffe", "uri:spiffe://example/ran/gnb-7");
    otherClient = authority.sign("other", "dns:gnb-7.example", "uri:spiffe://example/core/7");
    namelessClient = authority.sign("nameless");
    strangersClient =
        new TestCertificates(directory, "strangers").sign("stranger", "dns:gnb-7.ran.example");
  }

  private ServerLife serve(String... more) throws IOException {
    String[] tls = {
      "--port=0",
      "--warm-up-seconds=0",
      "--tls-certificate=" + directory.resolve("tls.crt"),
      "--tls-key=" + directory.resolve("tls.key")
    };
    ServerModule module =
        new ServerModule(
            TestSettings.of(Stream.concat(Stream.of(tls), Stream.of(more)).toArray(String[]::new)));
    ServerLife life = Guice.createInjector(module).getInstance(ServerLife.class);
    lives.add(life);
    life.start(new PrintWriter(new StringWriter()));
    return life;
  }

  private ServerLife serveClients(String... more) throws IOException {
    return serve(
        Stream.concat(Stream.of("--tls-client-ca=" + directory.resolve("ca.crt")), Stream.of(more))
            .toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    lives.forEach(ServerLife::stop);
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static TlsChannelCredentials.Builder trusting() throws IOException {
    return TlsChannelCredentials.newBuilder().trustManager(stream(authorityPem));
  }

  private static ChannelCredentials of(Identity client) throws IOException {
    return trusting().keyManager(stream(client.chain()), stream(client.key())).build();
  }

  private Channel connect(ChannelCredentials credentials, int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", port, credentials).build();
    channels.add(channel);
    return channel;
  }

  private static void assertServed(Channel channel) {
    assertEquals(
        3,
        PlannerServiceGrpc.newBlockingStub(channel)
            .plan(TestRequests.good().build())
            .getServedUserCount());
  }

  private static Status refusal(Channel channel) {
    return assertThrows(
            StatusRuntimeException.class,
            () -> PlannerServiceGrpc.newBlockingStub(channel).plan(TestRequests.good().build()))
        .getStatus();
  }

  @Test
  void withoutClientCa_anyClientIsServed() throws IOException {
    ServerLife life = serve();

    assertServed(connect(trusting().build(), life.port()));
  }

  @Test
  void withClientCa_itsClientsAreServed() throws IOException {
    ServerLife life = serveClients();

    assertServed(connect(of(namelessClient), life.port()));
  }

  @Test
  void log_namesTheClient() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Logging all = new Logging(Logging.Format.JSON, Logging.Level.INFO, Logging.Calls.ALL);
    try (LogOutput log = LogOutput.install(all, out)) {
      ServerLife life = serveClients(ALLOWED, "--log-calls=all");
      assertServed(connect(of(dnsClient), life.port()));
      assertServed(connect(of(spiffeClient), life.port()));
      refusal(connect(of(otherClient), life.port()));
      life.stop();
    }

    assertEquals(
        List.of(
            "gnb-7.ran.example OK",
            "spiffe://example/ran/gnb-7 OK",
            "gnb-7.example PERMISSION_DENIED"),
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .filter(line -> line.has("rpc"))
            .map(line -> line.get("client").getAsString() + " " + line.get("status").getAsString())
            .toList());
  }

  @Test
  void clientWithoutCertificate_isRefused() throws IOException {
    ServerLife life = serveClients();

    assertEquals(Code.UNAVAILABLE, refusal(connect(trusting().build(), life.port())).getCode());
  }

  @Test
  void clientOfAnotherCa_isRefused() throws IOException {
    ServerLife life = serveClients();

    assertEquals(Code.UNAVAILABLE, refusal(connect(of(strangersClient), life.port())).getCode());
  }

  @Test
  void allowedClients_areServed() throws IOException {
    ServerLife life = serveClients(ALLOWED);

    assertServed(connect(of(dnsClient), life.port()));
    assertServed(connect(of(spiffeClient), life.port()));
  }

  @Test
  void otherClient_isDenied_andLoggedOnce() throws IOException {
    ServerLife life = serveClients(ALLOWED);
    try (LogCapture log = LogCapture.of(ClientGate.class)) {
      Channel channel = connect(of(otherClient), life.port());

      Status status = refusal(channel);
      refusal(channel);

      assertEquals(Code.PERMISSION_DENIED, status.getCode());
      assertEquals(
          "client gnb-7.example, spiffe://example/core/7 is not allowed to call",
          status.getDescription());
      assertEquals(1, log.warnings().size());
      assertTrue(log.warnings().get(0).endsWith(status.getDescription()), log.warnings().get(0));
    }
  }

  @Test
  void clientWithoutName_isUnauthenticated() throws IOException {
    ServerLife life = serveClients(ALLOWED);
    try (LogCapture log = LogCapture.of(ClientGate.class)) {
      assertEquals(
          Code.UNAUTHENTICATED, refusal(connect(of(namelessClient), life.port())).getCode());
      assertEquals(1, log.warnings().size());
    }
  }

  @Test
  void health_isForAllowedClientsToo_andPlainOnTheManagementPort() throws IOException {
    ServerLife life = serveClients(ALLOWED);
    HealthCheckRequest planner =
        HealthCheckRequest.newBuilder().setService(PlannerServiceGrpc.SERVICE_NAME).build();
    Channel plain = connect(InsecureChannelCredentials.create(), life.managementPort());
    try (LogCapture log = LogCapture.of(ClientGate.class)) {
      Channel denied = connect(of(otherClient), life.port());
      assertThrows(
          StatusRuntimeException.class, () -> HealthGrpc.newBlockingStub(denied).check(planner));
      assertEquals(1, log.warnings().size());
    }
    assertEquals(
        ServingStatus.SERVING, HealthGrpc.newBlockingStub(plain).check(planner).getStatus());
    assertEquals(Code.UNIMPLEMENTED, refusal(plain).getCode());
  }

  @Test
  void plainClient_isRefused() throws IOException {
    ServerLife life = serve();

    assertEquals(
        Code.UNAVAILABLE,
        refusal(connect(InsecureChannelCredentials.create(), life.port())).getCode());
    assertServed(connect(trusting().build(), life.port()));
  }

  /** Silence, half a record, plain HTTP/2, and noise, each where a TLS handshake is expected. */
  @ParameterizedTest
  @ValueSource(strings = {"", "1603010200010001", "505249202a20485454502f322e300d0a", "00ff00ff"})
  void connectionWithoutHandshake_isClosed_andOthersAreServed(String bytes) throws IOException {
    ServerLife life = serve("--handshake-timeout-seconds=1");
    List<RawConnection> hostile = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      RawConnection connection = new RawConnection(life.port());
      connection.send(HexFormat.of().parseHex(bytes));
      hostile.add(connection);
    }

    assertServed(connect(trusting().build(), life.port()));

    for (RawConnection connection : hostile) {
      connection.awaitEnd();
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void newProtocols_areSpoken(String protocol) throws IOException {
    ServerLife life = serve();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", life.port())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(stream(authorityPem))
                    .protocols(protocol)
                    .build())
            .build();
    channels.add(channel);

    assertServed(channel);
  }

  /** A client hello of its own, since no library sends one of these versions any more. */
  @ParameterizedTest
  @ValueSource(strings = {"0301", "0302"})
  void oldProtocols_areRefused(String version) throws IOException {
    ServerLife life = serve();
    String hello =
        version
            + "00".repeat(32)
            + "00" // version, random, no session
            + "0008c009c00ac013c014" // ECDHE with AES-CBC
            + "0100" // no compression
            + "000e"
            + "000a00040002001d"
            + "000b00020100"; // X25519, uncompressed points
    String handshake = "01%06x".formatted(hello.length() / 2) + hello;
    String plaintext = "160301%04x".formatted(handshake.length() / 2) + handshake;
    try (Socket socket = new Socket("127.0.0.1", life.port())) {
      socket.getOutputStream().write(HexFormat.of().parseHex(plaintext));

      byte[] answer = new byte[7];
      new DataInputStream(socket.getInputStream()).readFully(answer);

      assertEquals(21, answer[0], "alert");
      assertEquals(70, answer[6], "protocol version");
    }
  }
}
