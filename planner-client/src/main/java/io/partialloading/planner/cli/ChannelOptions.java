// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.client.PlannerClientBuilder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a server is reached. */
final class ChannelOptions {
  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "Use TLS, and trust the certificate authorities in this PEM file. Without it, but with"
              + " another --tls option, those of the JDK.")
  private @Nullable Path certificateAuthorities;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Use TLS, and show the server the certificate in this PEM file.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of --tls-certificate: a PEM file with an unencrypted PKCS#8 key.")
  private @Nullable Path key;

  @Option(
      names = "--tls-authority",
      paramLabel = "NAME",
      description = "Use TLS, and expect a server of this name instead of the target's host.")
  private @Nullable String authority;

  @Option(
      names = "--hedge-after",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description =
          "Ask a second server for a plan if the first has not answered after this time, such as"
              + " 20ms, and a third after twice the time. Takes effect on plans.")
  private @Nullable Duration hedgingDelay;

  /**
   * How to reach a server.
   *
   * @throws UsageException if an option is wrong, or a file cannot be used
   */
  PlannerClientBuilder builder(String target, Duration deadline) throws UsageException {
    PlannerClientBuilder builder = PlannerClient.builder(target).deadline(deadline);
    if (hedgingDelay != null) {
      builder.hedgingAfter(hedgingDelay);
    }
    if (!tls()) {
      return builder;
    }
    builder.tls();
    String name = authority;
    if (name != null) {
      with("--tls-authority", () -> builder.authority(name));
    }
    Path trusted = certificateAuthorities;
    if (trusted != null) {
      with("--tls-ca", () -> builder.trust(trusted));
    }
    Path chain = certificate;
    Path privateKey = key;
    if (chain != null && privateKey != null) {
      with("--tls-certificate and --tls-key", () -> builder.identity(chain, privateKey));
    } else if (chain != null) {
      throw new UsageException("--tls-certificate is of use only with its --tls-key");
    } else if (privateKey != null) {
      throw new UsageException("--tls-key is of use only with its --tls-certificate");
    }
    return builder;
  }

  /**
   * Says that there is no server to reach.
   *
   * @throws UsageException if an option says how to reach one
   */
  void requireUnused() throws UsageException {
    if (tls() || hedgingDelay != null) {
      throw new UsageException(
          (tls() ? "the --tls options are" : "--hedge-after is") + " of use only with --target");
    }
  }

  private boolean tls() {
    return certificateAuthorities != null
        || certificate != null
        || key != null
        || authority != null;
  }

  private static void with(String option, Use use) throws UsageException {
    try {
      use.run();
    } catch (IOException e) {
      String file = e instanceof FileSystemException named ? named.getFile() + " " : "";
      throw new UsageException(option + ": " + file + "cannot be read: " + RequestFile.reason(e));
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private interface Use {
    void run() throws IOException;
  }

  /** Options that cannot be followed; the message says which, in one line. */
  static final class UsageException extends Exception {
    UsageException(String message) {
      super(message);
    }
  }
}
