// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.server.TestCertificates.Identity;
import io.partialloading.planner.settings.Settings;
import io.partialloading.planner.settings.TestSettings;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PlannerServerTest {

  @Tag("socket")
  @Nested
  class WhileServing {
    private ServerLife life;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
      Settings settings =
          TestSettings.of("--port=0", "--max-message-bytes=20000", "--max-metadata-bytes=2000");
      life = Guice.createInjector(new ServerModule(settings)).getInstance(ServerLife.class);
      life.start(new PrintWriter(new StringWriter()));
      channel = NettyChannelBuilder.forAddress("127.0.0.1", life.port()).usePlaintext().build();
    }

    @AfterEach
    void stop() {
      channel.shutdownNow();
      life.stop();
    }

    private ServingStatus health(String service) {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.newBuilder().setService(service).build())
          .getStatus();
    }

    @Test
    void plan_overTheNetwork_isAnswered() {
      assertEquals(
          3,
          PlannerServiceGrpc.newBlockingStub(channel)
              .plan(TestRequests.good().build())
              .getServedUserCount());
    }

    @Test
    void plan_compressed_isAnswered() {
      assertEquals(
          3,
          PlannerServiceGrpc.newBlockingStub(channel)
              .withCompression("gzip")
              .plan(TestRequests.good().build())
              .getServedUserCount());
    }

    @Test
    void plan_compressedAndTooLarge_isResourceExhausted() {
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  PlannerServiceGrpc.newBlockingStub(channel)
                      .withCompression("gzip")
                      .plan(TestRequests.good().setLabel("x".repeat(20_000)).build()));

      assertEquals(Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
    }

    @Test
    void streamPlans_overTheNetwork_isAnswered() throws Exception {
      BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
          PlannerServiceGrpc.newBlockingV2Stub(channel).streamPlans();
      PlanRequest request = TestRequests.good().build();

      stream.write(StreamPlansRequest.newBuilder().setRequest(request).build());
      stream.write(
          StreamPlansRequest.newBuilder()
              .setRequest(request.toBuilder().clearBlockLibrary().clearEdgeServer())
              .build());
      stream.halfClose();

      assertEquals(3, stream.read().getResponse().getServedUserCount());
      assertEquals(3, stream.read().getResponse().getServedUserCount());
      assertEquals(null, stream.read());
    }

    @Test
    void plan_messageTooLarge_isResourceExhausted() {
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  PlannerServiceGrpc.newBlockingStub(channel)
                      .plan(TestRequests.good().setLabel("x".repeat(20_000)).build()));

      assertEquals(Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
    }

    @Test
    void plan_hundredsOfFaults_reachTheClientAsInvalidArgument() {
      PlanRequest.Builder request = TestRequests.good();
      for (int i = 0; i < 290; i++) {
        request.getUserSnapshotBuilder().addUsers(TestRequests.user("", "\u00fc".repeat(20)));
      }

      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> PlannerServiceGrpc.newBlockingStub(channel).plan(request.build()));

      assertEquals(Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    }

    @Test
    void plan_headersTooLarge_isRefused() {
      Metadata headers = new Metadata();
      headers.put(Metadata.Key.of("big", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(2000));

      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  PlannerServiceGrpc.newBlockingStub(channel)
                      .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                      .plan(TestRequests.good().build()));

      assertEquals(Code.INTERNAL, failure.getStatus().getCode());
    }

    @Test
    void health_ofServerAndPlanner_isServing() {
      assertEquals(ServingStatus.SERVING, health(""));
      assertEquals(ServingStatus.SERVING, health(PlannerServiceGrpc.SERVICE_NAME));
    }

    @Test
    void reflection_listsThePlanner() throws Exception {
      CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(channel)
              .serverReflectionInfo(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                      answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                      answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                  });
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      List<String> services =
          answer.get(30, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
              .map(ServiceResponse::getName)
              .toList();
      requests.onCompleted();

      assertTrue(services.contains(PlannerServiceGrpc.SERVICE_NAME), services::toString);
    }

    @Test
    void stop_endsTheServer() throws InterruptedException {
      life.stop();

      life.awaitStop();
      assertThrows(StatusRuntimeException.class, () -> health(""));
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... args) {
    return new PlannerServer(new PrintWriter(out, true), new PrintWriter(err, true), environment)
        .run(args);
  }

  private void assertWrong(String message) {
    assertEquals("", out.toString());
    assertEquals(List.of("planner-service: " + message), err.toString().lines().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "--port, abc, Invalid value for option '--port': 'abc' is not an int",
    "--port, 65536, --port 65536 is not 0 to 65535",
    "--max-users, 0, --max-users 0 is not 1 to 2147483647",
    "--address, 256.0.0.1.invalid, --address 256.0.0.1.invalid is unknown",
    "--tls-key, key.pem, --tls-key needs --tls-certificate",
  })
  void run_wrongSetting_saysSoInOneLineAndExitsWithTwo(
      String option, String value, String message) {
    assertEquals(2, run(Map.of(), option, value));
    assertWrong(message + " (see --help)");
  }

  @Test
  void run_unknownOption_exitsWithTwo() {
    assertEquals(2, run(Map.of(), "--frobnicate=1"));
    assertWrong("Unknown option: '--frobnicate=1' (see --help)");
  }

  @Test
  void run_wrongVariable_isNamed() {
    assertEquals(2, run(Map.of("PLANNER_PORT", "abc")));
    assertWrong(
        "Invalid value for option '--port': 'abc' is not an int (from PLANNER_PORT; see --help)");
  }

  @Tag("socket")
  @Test
  void run_portTaken_exitsWithOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      assertEquals(
          1,
          run(
              Map.of(),
              "--port",
              port,
              "--management-port=off",
              "--metrics-port=off",
              "--warm-up-seconds=0"));
      assertEquals(1, run(Map.of(), "--port=0", "--management-port", port));
      assertEquals(1, run(Map.of(), "--port=0", "--metrics-port", port));
      List<String> failures = err.toString().lines().toList();
      assertEquals(3, failures.size(), failures::toString);
      failures.forEach(
          failure ->
              assertTrue(
                  failure.startsWith("planner-service: cannot listen on 127.0.0.1:" + port + ": "),
                  failure));
    }
  }

  @Test
  void run_help_namesEverySetting() {
    assertEquals(0, run(Map.of(), "--help"));
    String help = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, run(Map.of(), "--print-config"));
    List<String> names = out.toString().lines().map(line -> line.split(" ")[0]).toList();
    assertEquals(43, names.size(), names::toString);
    for (String name : names) {
      String variable = "PLANNER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
      assertTrue(help.contains(name), name);
      assertTrue(help.contains(variable), variable);
    }
  }

  @Test
  void run_printConfig_printsWhatIsInEffectAndWhereFrom() {
    assertEquals(
        0,
        run(
            Map.of(
                "PLANNER_ADDRESS", "0.0.0.0",
                "PLANNER_TLS_CERTIFICATE", "tls.crt",
                "PLANNER_TLS_KEY", "tls.key",
                "PLANNER_PLANNING_THREADS", "3",
                "PLANNER_LOG_FORMAT", "json"),
            "--print-config",
            "--no-reflection",
            "--max-users=500"));
    assertEquals(
        """
        address = 0.0.0.0  # PLANNER_ADDRESS
        port = 50051  # default
        plaintext = false  # default
        reflection = false  # --reflection
        tls-certificate = tls.crt  # PLANNER_TLS_CERTIFICATE
        tls-key = tls.key  # PLANNER_TLS_KEY
        tls-client-ca = none  # default
        tls-allowed-client = none  # default
        tls-reload-seconds = 60  # default
        management-address = 0.0.0.0  # default
        management-port = 50052  # default
        planning-threads = 3  # PLANNER_PLANNING_THREADS
        max-queued-calls = 2048  # default
        max-wait-ms = 500  # default
        max-calls = 8192  # default
        request-heap-percent = 50  # default
        answer-reserve-percent = 40  # default
        max-answer-reserve-ms = 50  # default
        max-calls-per-connection = 256  # default
        max-metadata-bytes = 8192  # default
        max-resets-per-second = 1000  # default
        handshake-timeout-seconds = 10  # default
        max-connection-age-seconds = 300  # default
        max-connection-age-grace-seconds = 60  # default
        keepalive-seconds = 60  # default
        keepalive-timeout-seconds = 20  # default
        min-client-keepalive-seconds = 10  # default
        warm-up-seconds = 2  # default
        drain-notice-seconds = 5  # default
        drain-seconds = 20  # default
        metrics-address = 0.0.0.0  # default
        metrics-port = 9464  # default
        otlp-endpoint = none  # default
        trace-sample-ratio = none  # default
        log-format = json  # PLANNER_LOG_FORMAT
        log-level = info  # default
        log-calls = failures  # default
        max-users = 500  # --max-users
        max-models = 2000  # default
        max-blocks = 100000  # default
        max-block-references = 500000  # default
        max-table-entries = 500000  # default
        max-message-bytes = 33554432  # default
        """,
        out.toString().replace(System.lineSeparator(), "\n"));
  }

  @Tag("socket")
  @Nested
  class WithTlsFiles {
    @TempDir private Path directory;

    private void assertWrongFiles(String message) {
      err.getBuffer().setLength(0);
      assertEquals(
          2,
          run(
              Map.of(),
              "--port=0",
              "--tls-certificate=" + directory.resolve("tls.crt"),
              "--tls-key=" + directory.resolve("tls.key"),
              "--tls-client-ca=" + directory.resolve("ca.crt")));
      assertWrong(message.replace("DIR", directory.toString()) + " (see --help)");
    }

    private void assertWrongContent(String file, String content, String message)
        throws IOException {
      Path path = directory.resolve(file);
      String good = Files.readString(path);
      Files.writeString(path, content);
      assertWrongFiles(message);
      Files.writeString(path, good);
    }

    @Test
    void run_filesThatCannotBeUsed_areNamed() throws Exception {
      assertWrongFiles("--tls-certificate DIR/tls.crt does not exist");
      TestCertificates authority = new TestCertificates(directory, "one");
      Identity other = authority.sign("other");
      authority.sign("server").writeTo(directory);
      assertWrongFiles("--tls-client-ca DIR/ca.crt does not exist");
      Files.writeString(directory.resolve("ca.crt"), authority.pem());

      assertWrongContent("tls.crt", "", "--tls-certificate DIR/tls.crt holds no certificate");
      assertWrongContent(
          "ca.crt", "nonsense", "--tls-client-ca DIR/ca.crt is not PEM of X.509 certificates");
      String noKey = "--tls-key DIR/tls.key holds no -----BEGIN PRIVATE KEY-----";
      assertWrongContent("tls.key", "", noKey + " (PKCS #8, not encrypted)");
      assertWrongContent(
          "tls.key",
          other.key().replace("PRIVATE", "ENCRYPTED PRIVATE"),
          noKey + " (PKCS #8, not encrypted)");
      assertWrongContent(
          "tls.key",
          other.key().replaceFirst("\n.{8}", "\nnonsense"),
          "--tls-key DIR/tls.key is not PEM of an RSA or EC key");
      assertWrongContent(
          "tls.key",
          other.key(),
          "--tls-key DIR/tls.key is not the key of --tls-certificate DIR/tls.crt");
      Files.delete(directory.resolve("tls.key"));
      Files.createDirectory(directory.resolve("tls.key"));
      assertWrongFiles("--tls-key DIR/tls.key cannot be read: Is a directory");
    }
  }
}
