// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.partialloading.planner.settings.Tls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the server. Its files are read again from time to time, and new connections see what is
 * new. Files that are being written, broken, or do not belong together change nothing: one line in
 * the log says so, and the last good ones stay.
 */
final class ServerTls implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(ServerTls.class.getName());

  private final Tls files;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager clientCas;
  private final SslContext context;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(ServerTls::thread);
  private final SecureRandom random = new SecureRandom();
  private TlsMaterial inUse;
  private @Nullable String lastFault;

  /**
   * TLS with the files as they are.
   *
   * @throws IllegalArgumentException if they cannot be used; the message names the file
   */
  ServerTls(Tls files) {
    this.files = files;
    this.inUse = TlsMaterial.read(files);
    try {
      this.clientCas = AdvancedTlsX509TrustManager.newBuilder().build();
      // Built before the CAs are known to it: OpenSSL would keep telling clients the names of the
      // first, and a client whose certificate is from a later one would then show none.
      this.context = context();
      use(inUse);
      forgetSessions();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
    long period = files.reload().toSeconds();
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::reload, period, period, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "tls-reload");
    thread.setDaemon(true);
    return thread;
  }

  private SslContext context() throws IOException {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forServer(keys))
            .protocols("TLSv1.3", "TLSv1.2")
            .sessionTimeout(1); // the JDK's tickets have no keys to be changed
    if (files.clientCa() != null) {
      builder.trustManager(clientCas).clientAuth(ClientAuth.REQUIRE);
    }
    return builder.build();
  }

  /**
   * Ends what sessions could be resumed with. A resumed session is not checked again: it would let
   * clients in whose CA is gone or whose certificate has expired, with OpenSSL's tickets for two
   * days.
   */
  private void forgetSessions() {
    if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setSessionCacheEnabled(false);
      sessions.setTicketKeys(
          new OpenSslSessionTicketKey(
              random(OpenSslSessionTicketKey.NAME_SIZE),
              random(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
              random(OpenSslSessionTicketKey.AES_KEY_SIZE)));
    }
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private void use(TlsMaterial material) throws IOException, GeneralSecurityException {
    if (files.clientCa() != null) {
      clientCas.updateTrustCredentials(material.clientCas().toArray(X509Certificate[]::new));
    }
    keys.updateIdentityCredentials(
        material.chain().toArray(X509Certificate[]::new), material.key());
    inUse = material;
    X509Certificate certificate = material.certificate();
    Instant end = certificate.getNotAfter().toInstant();
    LOGGER.log(
        end.isBefore(Instant.now()) ? Level.WARNING : Level.INFO,
        () ->
            "TLS certificate of %s, valid until %s"
                .formatted(certificate.getSubjectX500Principal(), end));
  }

  /** Where certificates come from. */
  Tls files() {
    return files;
  }

  /** Until when the server's certificate is valid. */
  synchronized Instant certificateEnd() {
    return inUse.certificate().getNotAfter().toInstant();
  }

  /** What connections are made with. */
  SslContext sslContext() {
    return context;
  }

  /** Reads the files again. */
  synchronized void reload() {
    try {
      TlsMaterial material = TlsMaterial.read(files);
      if (!material.equals(inUse)) {
        use(material);
      }
      lastFault = null;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      String fault = String.valueOf(e.getMessage());
      if (!fault.equals(lastFault)) {
        LOGGER.log(Level.WARNING, "the last TLS files stay in use: " + fault);
      }
      lastFault = fault;
    } finally {
      forgetSessions();
    }
  }

  /** Ends reading the files. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
