// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stream of requests, answered in their order. For one thread that sends and one that receives,
 * or one that does both.
 *
 * <pre>{@code
 * try (PlanStream plans = planner.openStream()) {
 *   plans.send(requestWithLibrary);
 *   PlanResponse first = plans.receive().orElseThrow();
 *   plans.send(requestWithoutLibrary);
 *   PlanResponse second = plans.receive().orElseThrow();
 * }
 * }</pre>
 *
 * The server plans ahead only as far as answers are received. A thread that does both should
 * therefore have few requests under way: with very many, sending waits for a transport that waits
 * for answers to be received.
 */
public final class PlanStream implements AutoCloseable {
  private final BlockingClientCall<StreamPlansRequest, StreamPlansResponse> call;
  private final Duration deadline;
  private final Context context = Context.current();
  private volatile boolean isClosed;

  PlanStream(BlockingClientCall<StreamPlansRequest, StreamPlansResponse> call, Duration deadline) {
    this.call = call;
    this.deadline = deadline;
  }

  /**
   * Sends a request once the transport has room for it. Without a library or a server the last one
   * sent on this stream holds. Where that one was refused, alone or with its request because the
   * server was too busy, each request without one is {@linkplain PlannerException.InvalidRequest
   * invalid} until a good one has been sent.
   *
   * @throws PlannerException if the stream has failed, or there is no room within the client's
   *     deadline
   * @throws IllegalStateException after {@link #end()} or {@link #close()}
   */
  public void send(PlanRequest request) {
    StreamPlansRequest message = StreamPlansRequest.newBuilder().setRequest(request).build();
    try {
      if (!call.write(message, TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS)) {
        throw failure(Status.UNAVAILABLE.withDescription("the server has ended the stream"));
      }
    } catch (StatusException e) {
      throw failure(e);
    } catch (TimeoutException e) {
      throw late("room for a request");
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /**
   * Waits for the answer to the first request not answered yet.
   *
   * @return the plan; empty once the stream was ended and all requests are answered
   * @throws PlannerException if this request has no plan, and the next call gives the next answer;
   *     or if the stream has failed, or there is no answer within the client's deadline
   */
  public Optional<PlanResponse> receive() {
    try {
      StreamPlansResponse answer =
          call.read(TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS);
      if (answer == null) {
        return Optional.empty();
      }
      if (answer.hasError()) {
        throw PlannerException.of(answer.getError());
      }
      return Optional.of(answer.getResponse());
    } catch (StatusException e) {
      throw failure(e);
    } catch (TimeoutException e) {
      throw late("answer");
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /**
   * Says that no more requests follow; answers that are due can still be received.
   *
   * @throws IllegalStateException after {@link #end()} or {@link #close()}
   */
  public void end() {
    call.halfClose();
  }

  /** Gives the stream up; nothing is planned any more for requests not answered yet. */
  @Override
  public void close() {
    isClosed = true;
    call.cancel("closed by the client", null);
  }

  private PlannerException failure(StatusException e) {
    return PlannerException.of(
        LostConnection.asUnavailable(
            e.getStatus().asRuntimeException(e.getTrailers()), isClosed || context.isCancelled()));
  }

  private static PlannerException failure(Status status) {
    return PlannerException.of(status.asRuntimeException());
  }

  private PlannerException late(String what) {
    return failure(Status.DEADLINE_EXCEEDED.withDescription("no " + what + " within " + deadline));
  }

  private PlannerException interrupted() {
    Thread.currentThread().interrupt();
    close();
    return failure(Status.CANCELLED.withDescription("interrupted"));
  }
}
