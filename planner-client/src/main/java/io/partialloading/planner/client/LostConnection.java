// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;

/** Tells lost connections by one code. */
final class LostConnection {
  private LostConnection() {}

  /**
   * The same failure, as UNAVAILABLE if the connection or its server was lost. gRPC gives that as
   * UNKNOWN where a connection closes under a request that is written (grpc-java issue 10120), as
   * CANCELLED where a server that ends cuts off what it has not answered (issue 5468), and as
   * UNAVAILABLE at any other moment.
   *
   * @param isGivenUp whether the caller itself has given up, and is told of that
   */
  static StatusRuntimeException asUnavailable(StatusRuntimeException e, boolean isGivenUp) {
    Status status = e.getStatus();
    boolean isLost =
        switch (status.getCode()) {
          case UNKNOWN -> status.getCause() instanceof ClosedChannelException;
          case CANCELLED -> !isGivenUp;
          default -> false;
        };
    return isLost
        ? Status.UNAVAILABLE
            .withDescription(status.getDescription())
            .withCause(status.getCause())
            .asRuntimeException()
        : e;
  }

  /** The same for a call that only its thread or its context gives up. */
  static StatusRuntimeException asUnavailable(StatusRuntimeException e) {
    return asUnavailable(
        e, Thread.currentThread().isInterrupted() || Context.current().isCancelled());
  }
}
