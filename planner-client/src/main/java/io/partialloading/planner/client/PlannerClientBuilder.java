// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link PlannerClient} reaches its servers. Unless told otherwise it speaks plain text,
 * spreads calls over all addresses of the target, leaves out servers that say they are not serving,
 * and tries calls again that a server lost. For one thread.
 *
 * <pre>{@code
 * PlannerClient planner =
 *     PlannerClient.builder("dns:///planner.edge.svc:50051")
 *         .trust(Path.of("ca.pem"))
 *         .identity(Path.of("client.pem"), Path.of("client-key.pem"))
 *         .deadline(Duration.ofMillis(100))
 *         .build();
 * }</pre>
 */
public final class PlannerClientBuilder {
  // A plan for 10,000 users takes about 1 MB; gRPC's own default would refuse it beyond 40,000.
  private static final int MAX_RESPONSE_BYTES = 64 << 20;

  // A request beyond what may be kept is not tried again; gRPC's own default is 1 MB. A server
  // takes
  // 64 MiB unless told otherwise. What is kept is the request that the caller holds anyway.
  private static final long MAX_KEPT_REQUEST_BYTES = 64L << 20;
  private static final long MAX_KEPT_BYTES = 1L << 30;

  // The server lets clients ask every 10 s.
  private static final long KEEP_ALIVE_SECONDS = 30;
  private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;

  private final String target;
  private Duration deadline = PlannerClient.DEFAULT_DEADLINE;
  private @Nullable Duration hedgingDelay;
  private boolean retries = true;
  private TlsChannelCredentials.@Nullable Builder tls;
  private @Nullable String authority;

  PlannerClientBuilder(String target) {
    this.target = target;
  }

  /**
   * How long each call may take, its retries included, and each step of a stream; {@link
   * PlannerClient#DEFAULT_DEADLINE} unless set.
   *
   * @throws IllegalArgumentException if not above 0
   */
  public PlannerClientBuilder deadline(Duration deadline) {
    this.deadline = requirePositive("deadline", deadline);
    return this;
  }

  /**
   * Hedges {@link PlannerClient#plan}: if there is no answer after this delay, or the server is
   * lost, a second attempt goes to another server, and a third after as long again; the first
   * answer counts and the other attempts are cancelled. Takes the place of retries for plan alone.
   * Planning has no effects, so nothing but work is lost; a delay near the 99th percentile of the
   * latency adds about 1 % of calls. Refusals for overload use up the same allowance as retries, so
   * that hedges do not feed an overload.
   *
   * @throws IllegalArgumentException if not above 0
   */
  public PlannerClientBuilder hedgingAfter(Duration delay) {
    this.hedgingDelay = requirePositive("hedging delay", delay);
    return this;
  }

  /** Tries every call once, without retries or hedges; for measuring what they are good for. */
  public PlannerClientBuilder withoutRetries() {
    this.retries = false;
    return this;
  }

  /** Speaks TLS, and trusts the certificate authorities that the JDK trusts. */
  public PlannerClientBuilder tls() {
    tlsCredentials();
    return this;
  }

  /**
   * Speaks TLS, and trusts only these certificate authorities.
   *
   * @param certificateAuthorities a file of certificates in PEM; it is read now and not again
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no certificates
   */
  public PlannerClientBuilder trust(Path certificateAuthorities) throws IOException {
    tlsCredentials().trustManager(PemFile.certificates(certificateAuthorities));
    return this;
  }

  /**
   * Speaks TLS, and shows a certificate to servers that ask for one (mTLS).
   *
   * @param certificateChain a file of certificates in PEM, the client's first; it is read now and
   *     not again
   * @param privateKey a file with its key, unencrypted PKCS#8 in PEM
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if one has not what it should have
   */
  public PlannerClientBuilder identity(Path certificateChain, Path privateKey) throws IOException {
    tlsCredentials()
        .keyManager(PemFile.certificates(certificateChain), PemFile.privateKey(privateKey));
    return this;
  }

  /**
   * The name that the server's certificate must be for, and that calls carry as their authority;
   * the target's host unless set. Does not turn TLS on.
   *
   * @throws IllegalArgumentException if it is no host name
   */
  public PlannerClientBuilder authority(String name) {
    try {
      if (new URI(null, name, null, null, null).getHost() == null) {
        throw new IllegalArgumentException("'" + name + "' is not a host name");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + name + "' is not a host name", e);
    }
    this.authority = name;
    return this;
  }

  /**
   * Makes the client. The first call connects it.
   *
   * @throws IllegalArgumentException if the target cannot be one
   */
  public PlannerClient build() {
    return PlannerClient.owning(buildChannel(), deadline);
  }

  /**
   * Makes only the channel, for generated stubs, such as those that do not block. Calls of one
   * answer get the deadline too. The caller shuts it down.
   *
   * @throws IllegalArgumentException as {@link #build()}
   */
  public ManagedChannel buildChannel() {
    ChannelCredentials credentials =
        tls == null ? InsecureChannelCredentials.create() : tls.build();
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder(target, credentials)
            .defaultServiceConfig(serviceConfig())
            .perRpcBufferLimit(MAX_KEPT_REQUEST_BYTES)
            .retryBufferSize(MAX_KEPT_BYTES)
            .maxInboundMessageSize(MAX_RESPONSE_BYTES)
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (authority != null) {
      builder.overrideAuthority(authority);
    }
    if (retries) {
      builder.enableRetry().intercept(new BrokenAnswerRetry());
    } else {
      builder.disableRetry();
    }
    return builder.build();
  }

  private Map<String, Object> serviceConfig() {
    Map<String, Object> config = ServiceConfig.shared();
    ServiceConfig.limitCalls(config, deadline);
    if (hedgingDelay != null) {
      ServiceConfig.hedgePlans(config, hedgingDelay);
    }
    return config;
  }

  private TlsChannelCredentials.Builder tlsCredentials() {
    if (tls == null) {
      tls = TlsChannelCredentials.newBuilder();
    }
    return tls;
  }

  static Duration requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be above 0: " + duration);
    }
    return duration;
  }
}
