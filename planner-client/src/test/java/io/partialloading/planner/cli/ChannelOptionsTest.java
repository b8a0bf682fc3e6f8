// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.TlsServerCredentials;
import io.partialloading.planner.client.KeyPairFiles;
import io.partialloading.planner.v1.PlanResponse;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelOptionsTest {
  private static final String TARGET = "--target=127.0.0.1:1";

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  @Tag("socket")
  @Test
  void plan_overMutualTls_isAnswered() throws Exception {
    KeyPairFiles planner = KeyPairFiles.make(folder, "planner.test");
    KeyPairFiles controller = KeyPairFiles.make(folder, "controller.test");
    Server server =
        Grpc.newServerBuilderForPort(
                0,
                TlsServerCredentials.newBuilder()
                    .keyManager(planner.certificate().toFile(), planner.key().toFile())
                    .trustManager(controller.certificate().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(
                new FakePlanner(request -> PlanResponse.newBuilder().setLabel("safe").build()))
            .build()
            .start();
    try {
      assertEquals(
          new Result(ExitCode.PLANNED, "{\"label\":\"safe\"}\n", ""),
          plan(
              "--output=json",
              "--target=127.0.0.1:" + server.getPort(),
              "--tls-ca=" + planner.certificate(),
              "--tls-certificate=" + controller.certificate(),
              "--tls-key=" + controller.key(),
              "--tls-authority=planner.test",
              "--hedge-after=1min"));
      assertEquals(
          ExitCode.UNREACHABLE,
          plan(
                  "--target=127.0.0.1:" + server.getPort(),
                  "--tls-ca=" + planner.certificate(),
                  "--tls-authority=planner.test")
              .exitCode());
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void plan_halfOfMutualTls_isWrongUsage() throws Exception {
    assertRefused(
        "--tls-certificate is of use only with its --tls-key",
        TARGET,
        "--tls-certificate=" + folder);
    assertRefused(
        "--tls-key is of use only with its --tls-certificate", TARGET, "--tls-key=" + folder);
  }

  @Test
  void plan_fileThatCannotBeUsed_isNamed() throws Exception {
    Path missing = folder.resolve("missing.pem");
    Path text = Files.writeString(folder.resolve("text.pem"), "text");
    assertRefused(
        "--tls-ca: " + missing + " cannot be read: no such file or directory",
        TARGET,
        "--tls-ca=" + missing);
    assertRefused("--tls-ca: cannot be read: Is a directory", TARGET, "--tls-ca=" + folder);
    assertRefused("--tls-ca: " + text + ": no certificates in PEM", TARGET, "--tls-ca=" + text);
    assertRefused(
        "--tls-certificate and --tls-key: "
            + missing
            + " cannot be read: no such file or directory",
        TARGET,
        "--tls-certificate=" + missing,
        "--tls-key=" + text);
  }

  @Test
  void plan_authorityThatIsNoName_isWrongUsage() {
    assertRefused(
        "--tls-authority: 'two words' is not a host name", TARGET, "--tls-authority=two words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tls-ca", "--tls-certificate", "--tls-key", "--tls-authority"})
  void plan_tlsWithoutTarget_isWrongUsage(String option) {
    assertRefused("the --tls options are of use only with --target", option + "=x");
  }

  @Test
  void plan_hedgingWithoutTarget_isWrongUsage() {
    assertRefused("--hedge-after is of use only with --target", "--hedge-after=1ms");
  }

  private static void assertRefused(String message, String... options) {
    assertEquals(new Result(ExitCode.USAGE, "", "planner plan: " + message + "\n"), plan(options));
  }

  private static Result plan(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(0, "plan");
    arguments.add("-");
    int exitCode =
        new PlannerCommand(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(new byte[] {'{', '}'}))
            .run(arguments.toArray(String[]::new));
    return new Result(exitCode, out.toString(), err.toString());
  }
}
