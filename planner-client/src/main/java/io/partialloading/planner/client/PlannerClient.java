// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingStub;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingV2Stub;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the servers of a planner. Safe for use by several threads at once; make one and
 * keep it.
 *
 * <pre>{@code
 * try (PlannerClient planner = PlannerClient.connect("localhost:50051")) {
 *   PlanResponse plan = planner.plan(request);
 * }
 * }</pre>
 */
public final class PlannerClient implements AutoCloseable {
  /** How long a call may take unless the caller says otherwise: 30 s. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

  private final PlannerServiceBlockingStub stub;
  private final PlannerServiceBlockingV2Stub streamStub;
  private final Duration deadline;
  private final @Nullable ManagedChannel ownChannel;

  private PlannerClient(Channel channel, Duration deadline, @Nullable ManagedChannel ownChannel) {
    this.stub = PlannerServiceGrpc.newBlockingStub(channel);
    this.streamStub = PlannerServiceGrpc.newBlockingV2Stub(channel);
    this.deadline = PlannerClientBuilder.requirePositive("deadline", deadline);
    this.ownChannel = ownChannel;
  }

  /** As {@link #connect(String, Duration)} with {@link #DEFAULT_DEADLINE}. */
  public static PlannerClient connect(String target) {
    return connect(target, DEFAULT_DEADLINE);
  }

  /**
   * A client with a plain-text channel of its own, which closes with it: {@link #builder} with a
   * deadline and nothing else. The connection is made by the first call.
   *
   * @param target {@code host:port}, or any other gRPC target such as {@code dns:///host:port}
   * @param deadline how long each call may take, and each step of a stream, above 0
   * @throws IllegalArgumentException if the target cannot be one, or the deadline is not above 0
   */
  public static PlannerClient connect(String target, Duration deadline) {
    return builder(target).deadline(deadline).build();
  }

  /**
   * Begins a client with a channel of its own, for TLS, hedging and the like.
   *
   * @param target {@code host:port}, or any other gRPC target such as {@code dns:///host:port}; of
   *     a name with several addresses, all are used
   */
  public static PlannerClientBuilder builder(String target) {
    return new PlannerClientBuilder(target);
  }

  /**
   * A client over a channel of the caller's, with whatever TLS, interceptors and load balancing it
   * has. Closing the client leaves the channel open.
   *
   * @param deadline how long each call may take, and each step of a stream, above 0
   * @throws IllegalArgumentException if the deadline is not above 0
   */
  public static PlannerClient over(Channel channel, Duration deadline) {
    return new PlannerClient(channel, deadline, null);
  }

  static PlannerClient owning(ManagedChannel channel, Duration deadline) {
    return new PlannerClient(channel, deadline, channel);
  }

  /**
   * Asks for one plan and waits for it.
   *
   * @throws PlannerException if there is no plan; its subtype says why
   */
  public PlanResponse plan(PlanRequest request) {
    try {
      return stub.withDeadlineAfter(deadline).plan(request);
    } catch (StatusRuntimeException e) {
      throw PlannerException.of(LostConnection.asUnavailable(e));
    }
  }

  /**
   * Opens a stream for a controller that replans every period: it sends its library and its server
   * once, and then what has changed. A stream stays with one server, and one that breaks is not
   * resumed: see {@link PlanStream} for how to go on.
   */
  public PlanStream openStream() {
    return new PlanStream(streamStub.streamPlans(), deadline);
  }

  /**
   * Asks for the judgement on a schedule.
   *
   * @throws PlannerException if there is none, as for a request that could not be planned; an
   *     infeasible schedule is an answer
   */
  public VerifyScheduleResponse verify(VerifyScheduleRequest request) {
    try {
      return stub.withDeadlineAfter(deadline).verifySchedule(request);
    } catch (StatusRuntimeException e) {
      throw PlannerException.of(LostConnection.asUnavailable(e));
    }
  }

  /**
   * Asks how the models of a library share blocks.
   *
   * @throws PlannerException if there is no answer; its subtype says why
   */
  public AnalyzeLibraryResponse analyze(BlockLibrary library) {
    try {
      return stub.withDeadlineAfter(deadline)
          .analyzeLibrary(AnalyzeLibraryRequest.newBuilder().setBlockLibrary(library).build());
    } catch (StatusRuntimeException e) {
      throw PlannerException.of(LostConnection.asUnavailable(e));
    }
  }

  /** Ends the client's own channel, and with it calls and streams that are still running. */
  @Override
  public void close() {
    if (ownChannel != null) {
      ownChannel.shutdownNow();
    }
  }
}
