package io.partialloading.planner.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;

/** Tells lost connections by one code. */
final class LostConnection {
  private LostConnection() {}

  /**
   * The same failure, as UNAVAILABLE if it is a connection that closed under a request that was
   * written: gRPC gives that as UNKNOWN (grpc-java issue 10120), where a connection lost at any
   * other moment is UNAVAILABLE.
   */
  static StatusRuntimeException asUnavailable(StatusRuntimeException e) {
    Status status = e.getStatus();
    return status.getCode() == Status.Code.UNKNOWN
            && status.getCause() instanceof ClosedChannelException closed
        ? Status.UNAVAILABLE
            .withDescription(status.getDescription())
            .withCause(closed)
            .asRuntimeException()
        : e;
  }
}
