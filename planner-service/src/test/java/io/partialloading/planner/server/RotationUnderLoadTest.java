// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.server.TestCertificates.Identity;
import io.partialloading.planner.settings.TestSettings;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls go on while the server's certificate, the clients' CA and the clients' certificates change,
 * again and again, and connections last for a second, so that each change meets new ones. The
 * server reads its files by itself; what is waited for is what it then does.
 */
@Tag("socket")
@Timeout(180)
@NullUnmarked // the test starts its server first
class RotationUnderLoadTest {
  private static final int ROTATIONS = 3;
  private static final int CALLERS = 2;
  private static final int CALLS_AFTER_EACH = 20;
  private static final PlanRequest REQUEST = TestRequests.good().build();

  @TempDir Path keyStores;
  @TempDir Path directory;
  private final ConcurrentLinkedQueue<ManagedChannel> channels = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<StatusRuntimeException> failures =
      new ConcurrentLinkedQueue<>();
  private final List<Caller> callers = new ArrayList<>();
  private TestCertificates serverAuthority;
  private ServerLife life;

  /** What the server and its clients have at one time. */
  private record Generation(Identity server, String clientAuthority, Identity client) {}

  private Generation generation(String name) throws Exception {
    TestCertificates clients = new TestCertificates(keyStores, "clients-" + name);
    return new Generation(
        serverAuthority.sign("server-" + name, "ip:127.0.0.1"),
        clients.pem(),
        clients.sign("client-" + name, "dns:gnb.ran.example"));
  }

  /** Makes one call after another, and knows whose certificate it was last shown. */
  private final class Caller extends Thread implements ClientInterceptor {
    private volatile ManagedChannel channel;
    private volatile boolean isDone;
    private volatile String shown = "nobody's";
    private final AtomicLong answered = new AtomicLong();

    Caller(Identity identity) throws IOException {
      channel = connect(identity);
    }

    @Override
    public void run() {
      while (!isDone) {
        try {
          PlannerServiceGrpc.newBlockingStub(channel).withInterceptors(this).plan(REQUEST);
          answered.incrementAndGet();
        } catch (StatusRuntimeException e) {
          failures.add(e);
        }
      }
    }

    @Override
    public <A, B> ClientCall<A, B> interceptCall(
        MethodDescriptor<A, B> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<B> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onHeaders(Metadata answered) {
                  shown = subject(getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
                  super.onHeaders(answered);
                }
              },
              headers);
        }
      };
    }
  }

  private static String subject(SSLSession session) {
    try {
      return ((X509Certificate) session.getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (SSLPeerUnverifiedException e) {
      throw new AssertionError(e);
    }
  }

  private ManagedChannel connect(Identity identity) throws IOException {
    try {
      ManagedChannel channel =
          Grpc.newChannelBuilderForAddress(
                  "127.0.0.1",
                  life.port(),
                  TlsChannelCredentials.newBuilder()
                      .trustManager(stream(serverAuthority.pem()))
                      .keyManager(stream(identity.chain()), stream(identity.key()))
                      .build())
              .build();
      channels.add(channel);
      return channel;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether a client that has no connection yet is let in. */
  private boolean isLetIn(Identity identity) {
    try {
      ManagedChannel channel = connect(identity);
      try {
        PlannerServiceGrpc.newBlockingStub(channel).plan(REQUEST);
        return true;
      } finally {
        channel.shutdownNow();
      }
    } catch (StatusRuntimeException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  private void start(Generation first) throws IOException {
    first.server().writeTo(directory);
    Files.writeString(directory.resolve("ca.crt"), first.clientAuthority());
    life =
        Guice.createInjector(
                new ServerModule(
                    TestSettings.of(
                        "--port=0",
                        "--management-port=off",
                        "--metrics-port=off",
                        "--warm-up-seconds=0",
                        "--max-connection-age-seconds=1",
                        "--tls-reload-seconds=1",
                        "--tls-certificate=" + directory.resolve("tls.crt"),
                        "--tls-key=" + directory.resolve("tls.key"),
                        "--tls-client-ca=" + directory.resolve("ca.crt"),
                        "--tls-allowed-client=*.ran.example")))
            .getInstance(ServerLife.class);
    life.start(new PrintWriter(Writer.nullWriter()));
    for (int i = 0; i < CALLERS; i++) {
      callers.add(new Caller(first.client()));
    }
    callers.forEach(Thread::start);
  }

  /** From one generation to the next, in the order in which an operator does it. */
  private void rotate(Generation from, Generation to) throws Exception {
    Files.writeString(directory.resolve("ca.crt"), from.clientAuthority() + to.clientAuthority());
    to.server().writeTo(directory);
    await(() -> isLetIn(to.client()));
    for (Caller caller : callers) {
      caller.channel = connect(to.client());
    }
    String shown = subject(to);
    await(() -> callers.stream().allMatch(caller -> caller.shown.equals(shown)));
    Files.writeString(directory.resolve("ca.crt"), to.clientAuthority());
    await(() -> !isLetIn(from.client()));
    assertFalse(isLetIn(from.client()));
    assertTrue(isLetIn(to.client()));
  }

  private static String subject(Generation generation) throws Exception {
    return ((X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificates(stream(generation.server().chain()))
                .iterator()
                .next())
        .getSubjectX500Principal()
        .getName();
  }

  private void awaitMoreAnswers() throws InterruptedException {
    for (Caller caller : callers) {
      long before = caller.answered.get();
      await(() -> caller.answered.get() >= before + CALLS_AFTER_EACH || !failures.isEmpty());
    }
  }

  @AfterEach
  void stop() {
    callers.forEach(caller -> caller.isDone = true);
    channels.forEach(ManagedChannel::shutdownNow);
    life.stop();
  }

  @Test
  void rotation_losesNoCall_andOldClientsAreLetInNoMore() throws Exception {
    serverAuthority = new TestCertificates(keyStores, "servers");
    Generation now = generation("one");
    Generation next = generation("two");
    start(now);
    awaitMoreAnswers();

    for (int i = 0; i < ROTATIONS; i++) {
      rotate(now, next);
      awaitMoreAnswers();
      Generation old = now;
      now = next;
      next = old;
    }

    callers.forEach(caller -> caller.isDone = true);
    for (Caller caller : callers) {
      caller.join();
    }
    assertEquals(List.of(), List.copyOf(failures));
  }
}
