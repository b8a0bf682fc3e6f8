// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.server.TestCertificates.Identity;
import io.partialloading.planner.service.PlannerGrpcService;
import io.partialloading.planner.settings.TestSettings;
import io.partialloading.planner.settings.Tls;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to connections while the files of TLS change. */
@Tag("socket")
@Timeout(120)
class ServerTlsReloadTest {
  @TempDir static Path keyStores;
  private static String authority;
  private static String otherAuthority;
  private static Identity server;
  private static Identity renewed;
  private static Identity client;
  private static Identity otherClient;

  @TempDir Path directory;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private @Nullable ServerTls served;
  private @Nullable Server planner;

  @BeforeAll
  static void certificates() throws Exception {
    TestCertificates certificates = new TestCertificates(keyStores, "authority");
    TestCertificates others = new TestCertificates(keyStores, "other-authority");
    authority = certificates.pem();
    otherAuthority = others.pem();
    server = certificates.sign("server", "ip:127.0.0.1");
    renewed = certificates.sign("renewed", "ip:127.0.0.1");
    client = certificates.sign("client");
    otherClient = others.sign("other-client");
  }

  @BeforeEach
  void write() throws IOException {
    server.writeTo(directory);
    Files.writeString(directory.resolve("ca.crt"), authority);
  }

  private void serve(String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--tls-certificate=" + directory.resolve("tls.crt"));
    args.add("--tls-key=" + directory.resolve("tls.key"));
    Tls files = requireNonNull(TestSettings.of(args.toArray(String[]::new)).tls());
    ServerTls tls = new ServerTls(files);
    served = tls;
    planner =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(tls.sslContext())
            .addService(new PlannerGrpcService(Limits.DEFAULT))
            .build()
            .start();
  }

  private void reload() {
    requireNonNull(served).reload();
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    requireNonNull(planner).shutdownNow();
    requireNonNull(served).close();
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private Channel connect(Identity identity) throws IOException {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1",
                requireNonNull(planner).getPort(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(stream(authority))
                    .keyManager(stream(identity.chain()), stream(identity.key()))
                    .build())
            .build();
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

  private static void assertRefused(Channel channel) {
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> PlannerServiceGrpc.newBlockingStub(channel).plan(TestRequests.good().build()));
    assertEquals(Code.UNAVAILABLE, refusal.getStatus().getCode());
  }

  private static SSLContext client() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    Certificate certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(stream(authority));
    trusted.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The subject of the certificate that a new connection is shown. */
  private String shown(SSLContext client, String protocol) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            client
                .getSocketFactory()
                .createSocket("127.0.0.1", requireNonNull(planner).getPort())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      try {
        // The server ends what is not HTTP/2; before, it would send what sessions resume with.
        socket.getInputStream().readAllBytes();
      } catch (SSLException e) {
        // It may end it without saying so.
      }
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void newFiles_areShownToTheNextConnection(String protocol) throws Exception {
    serve();
    SSLContext client = client(); // would resume a session if it could
    assertEquals("CN=server", shown(client, protocol));

    renewed.writeTo(directory);
    assertEquals("CN=server", shown(client, protocol));
    reload();

    assertEquals("CN=renewed", shown(client, protocol));
  }

  @Test
  void newFiles_leaveConnectionsAndStreamsAlone() throws Exception {
    serve("--tls-client-ca=" + directory.resolve("ca.crt"));
    Channel channel = connect(client);
    BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
        PlannerServiceGrpc.newBlockingV2Stub(channel).streamPlans();
    StreamPlansRequest request =
        StreamPlansRequest.newBuilder().setRequest(TestRequests.good()).build();
    stream.write(request);
    assertEquals(3, stream.read().getResponse().getServedUserCount());

    renewed.writeTo(directory);
    Files.writeString(directory.resolve("ca.crt"), otherAuthority);
    reload();

    stream.write(request);
    assertEquals(3, stream.read().getResponse().getServedUserCount());
    assertServed(channel);
  }

  @Test
  void newClientCa_decidesOnTheNextConnection() throws Exception {
    serve("--tls-client-ca=" + directory.resolve("ca.crt"));
    assertServed(connect(client));
    assertRefused(connect(otherClient));

    Files.writeString(directory.resolve("ca.crt"), authority + otherAuthority);
    reload();
    assertServed(connect(client));
    assertServed(connect(otherClient));

    Files.writeString(directory.resolve("ca.crt"), otherAuthority);
    reload();
    assertRefused(connect(client));
    assertServed(connect(otherClient));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt"})
  void halfWrittenFile_changesNothing_andIsLoggedOnce(String file) throws Exception {
    serve("--tls-client-ca=" + directory.resolve("ca.crt"));
    Path broken = directory.resolve(file);
    String whole = Files.readString(broken);
    try (LogCapture log = LogCapture.of(ServerTls.class)) {
      Files.writeString(broken, whole.substring(0, whole.indexOf("-----END") - 40));
      reload();
      reload();

      assertEquals(1, log.warnings().size(), log.warnings()::toString);
      assertTrue(log.warnings().get(0).contains(broken.toString()), log.warnings().get(0));
      assertServed(connect(client));

      Files.delete(broken);
      reload();
      assertEquals(2, log.warnings().size(), log.warnings()::toString);

      Files.writeString(broken, whole);
      reload();
      assertEquals(2, log.warnings().size(), log.warnings()::toString);
      assertServed(connect(client));
    }
  }

  @Test
  void certificateWithoutItsKey_isNotTaken() throws Exception {
    serve();
    try (LogCapture log = LogCapture.of(ServerTls.class)) {
      Files.writeString(directory.resolve("tls.crt"), renewed.chain());
      reload();
      assertEquals("CN=server", shown(client(), "TLSv1.3"));
      assertEquals(1, log.warnings().size());
    }
    Files.writeString(directory.resolve("tls.key"), renewed.key());
    reload();
    assertEquals("CN=renewed", shown(client(), "TLSv1.3"));
  }

  /** As Kubernetes updates a Secret: files are links through a link, which is replaced. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linkThatIsReplaced_isFollowed() throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    server.writeTo(Files.createDirectory(volume.resolve("..1")));
    renewed.writeTo(Files.createDirectory(volume.resolve("..2")));
    Files.createSymbolicLink(volume.resolve("..data"), Path.of("..1"));
    for (String file : List.of("tls.crt", "tls.key")) {
      Files.delete(directory.resolve(file));
      Files.createSymbolicLink(volume.resolve(file), Path.of("..data", file));
      Files.createSymbolicLink(directory.resolve(file), volume.resolve(file));
    }
    serve();
    assertEquals("CN=server", shown(client(), "TLSv1.3"));

    Files.createSymbolicLink(volume.resolve("..next"), Path.of("..2"));
    Files.move(volume.resolve("..next"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    reload();

    assertEquals("CN=renewed", shown(client(), "TLSv1.3"));
  }
}
