// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Deadline;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.v1.FieldFault;
import io.partialloading.planner.v1.PlanError;
import io.partialloading.planner.wire.Fault;
import io.partialloading.planner.wire.InvalidRequestException;
import io.partialloading.planner.wire.Quoted;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestTooLargeException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request has no answer, in the caller's words.
 *
 * @param code the code that the contract names
 * @param message what is wrong, for people
 * @param faults what is wrong with the request's fields, for INVALID_ARGUMENT
 * @param faultCount number of all faults, of which the list may be the first
 * @param retryDelay when it is worth another try, from now, in ns; 0 if it never is
 */
record Failure(Code code, String message, List<Fault> faults, int faultCount, long retryDelay) {
  private static final System.Logger LOGGER = System.getLogger(Failure.class.getName());

  /** What is said of a request over which the heap ran out. */
  static final String OUT_OF_MEMORY = "the request takes more memory than the server has";

  /** The failure of a call whose deadline has passed. */
  static final Failure LATE =
      new Failure(Code.DEADLINE_EXCEEDED, "the deadline passed before there was an answer");

  private static final int MAX_BLOCKS_NAMED = 20;

  private Failure(Code code, String message) {
    this(code, message, List.of(), 0, 0);
  }

  /** The failure of a request that the server is too busy for. */
  static Failure of(Refusal refusal) {
    String why =
        switch (refusal.reason()) {
          case QUEUE_FULL -> "too many requests wait";
          case CLIENT_SHARE -> "this connection has its share";
          case DEADLINE -> "it could not answer within the deadline";
          case LONG_WAIT -> "the request would wait too long";
          case CALLS -> "too many calls are in progress";
          case MEMORY -> "the requests in progress take all the memory it has for them";
        };
    return new Failure(
        Code.RESOURCE_EXHAUSTED,
        "the server is busy: "
            + why
            + "; try again in "
            + milliseconds(refusal.retryDelay())
            + " ms",
        List.of(),
        0,
        refusal.retryDelay());
  }

  /** The failure of a request that takes more memory than the server has for all of them. */
  static Failure ofSize(long bytes, long limit) {
    return new Failure(
        Code.RESOURCE_EXHAUSTED,
        "the request takes about %d MB to work on, more than the %d MB this server has for all"
            .formatted(bytes >> 20, limit >> 20));
  }

  private static long milliseconds(long nanoseconds) {
    return (nanoseconds + 999_999) / 1_000_000;
  }

  /** When it is worth another try. */
  Duration retryDuration() {
    return Duration.newBuilder()
        .setSeconds(retryDelay / 1_000_000_000)
        .setNanos((int) (retryDelay % 1_000_000_000))
        .build();
  }

  /**
   * The failure behind an exception. One that nobody foresaw is logged, and nothing of it told.
   *
   * @param exception what was thrown
   * @param request the request, if it could be read
   * @param label the request's label
   */
  static Failure of(Throwable exception, @Nullable ReadRequest request, String label) {
    if (exception instanceof RefusedException refused) {
      return refused.failure();
    }
    if (exception instanceof InvalidRequestException invalid) {
      return new Failure(
          Code.INVALID_ARGUMENT, message(invalid), invalid.faults(), invalid.faultCount(), 0);
    }
    if (exception instanceof InvalidProtocolBufferException) {
      return new Failure(Code.INVALID_ARGUMENT, "the message is malformed: " + message(exception));
    }
    if (exception instanceof RequestTooLargeException) {
      return new Failure(Code.RESOURCE_EXHAUSTED, message(exception));
    }
    if (exception instanceof NotApplicableException notApplicable) {
      return new Failure(
          Code.FAILED_PRECONDITION, message(notApplicable) + blocks(notApplicable, request));
    }
    if (exception instanceof CancellationException) {
      Deadline deadline = Context.current().getDeadline();
      return deadline != null && deadline.isExpired()
          ? LATE
          : new Failure(Code.CANCELLED, "the caller gave up");
    }
    LOGGER.log(Level.ERROR, "no answer to " + Quoted.of(label), exception);
    if (exception instanceof OutOfMemoryError) {
      return new Failure(Code.RESOURCE_EXHAUSTED, OUT_OF_MEMORY);
    }
    return new Failure(Code.INTERNAL, "the request failed; the server's log says why");
  }

  /** A request that is wrong in one field. */
  static Failure ofField(String field, String description) {
    return new Failure(
        Code.INVALID_ARGUMENT,
        "1 fault: " + field + ": " + description,
        List.of(new Fault(field, description)),
        1,
        0);
  }

  /** How a stream says it. */
  PlanError toPlanError() {
    PlanError.Builder error = PlanError.newBuilder().setCode(code.getNumber()).setMessage(message);
    for (Fault fault : faults) {
      error.addFaults(
          FieldFault.newBuilder().setField(fault.field()).setDescription(fault.description()));
    }
    if (retryDelay > 0) {
      error.setRetryDelay(retryDuration());
    }
    if (faultCount > faults.size()) {
      error.addFaults(FieldFault.newBuilder().setDescription(more(faultCount - faults.size())));
    }
    return error.build();
  }

  /** What stands in for faults that are not listed. */
  static String more(int faultCount) {
    return "and " + faultCount + " more faults";
  }

  private static String message(Throwable exception) {
    return String.valueOf(exception.getMessage());
  }

  /** The blocks that an exception speaks of, by the caller's ids. */
  private static String blocks(NotApplicableException exception, @Nullable ReadRequest request) {
    int[] blocks = exception.blocks();
    if (blocks.length == 0 || request == null) {
      return "";
    }
    StringBuilder text = new StringBuilder(blocks.length == 1 ? "; block " : "; blocks ");
    for (int i = 0; i < Math.min(blocks.length, MAX_BLOCKS_NAMED); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(Integer.toUnsignedString(request.blockIds()[blocks[i]]));
    }
    if (blocks.length > MAX_BLOCKS_NAMED) {
      text.append(" and ").append(blocks.length - MAX_BLOCKS_NAMED).append(" more");
    }
    return text.toString();
  }
}
