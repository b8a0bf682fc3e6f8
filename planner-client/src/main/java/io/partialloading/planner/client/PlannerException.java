// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.partialloading.planner.v1.FieldFault;
import io.partialloading.planner.v1.PlanError;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that brought no answer. The nested types are the outcomes a caller may want to tell
 * apart; anything else, such as an internal error of the server, is a plain {@code
 * PlannerException}.
 */
public sealed class PlannerException extends RuntimeException {
  private final Status.Code code;

  private PlannerException(StatusRuntimeException cause) {
    super(describe(cause), cause);
    this.code = cause.getStatus().getCode();
  }

  /** The gRPC status code of the answer. */
  public final Status.Code code() {
    return code;
  }

  static PlannerException of(StatusRuntimeException e) {
    return switch (e.getStatus().getCode()) {
      case INVALID_ARGUMENT -> new InvalidRequest(e);
      case FAILED_PRECONDITION -> new NotApplicable(e);
      case UNIMPLEMENTED -> new Unsupported(e);
      case RESOURCE_EXHAUSTED -> exhausted(e);
      case UNAVAILABLE -> new Unreachable(e);
      case DEADLINE_EXCEEDED -> new DeadlineExceeded(e);
      default -> new PlannerException(e);
    };
  }

  private static PlannerException exhausted(StatusRuntimeException e) {
    RetryInfo retry = detail(e, RetryInfo.class);
    return retry == null ? new LimitExceeded(e) : new Overloaded(e, retry.getRetryDelay());
  }

  /** The detail of a type in a status; null if there is none. */
  private static <T extends Message> @Nullable T detail(StatusRuntimeException e, Class<T> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return null;
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException malformed) {
          // Some proxy has spoiled the details; the status's own message still says what is wrong.
          e.addSuppressed(malformed);
        }
      }
    }
    return null;
  }

  /** What a call would have failed with. */
  static PlannerException of(PlanError error) {
    BadRequest.Builder details = BadRequest.newBuilder();
    for (FieldFault fault : error.getFaultsList()) {
      details
          .addFieldViolationsBuilder()
          .setField(fault.getField())
          .setDescription(fault.getDescription());
    }
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.fromCodeValue(error.getCode()).getCode().value())
            .setMessage(error.getMessage())
            .addDetails(Any.pack(details.build()));
    if (error.hasRetryDelay()) {
      status.addDetails(
          Any.pack(RetryInfo.newBuilder().setRetryDelay(error.getRetryDelay()).build()));
    }
    return of(StatusProto.toStatusRuntimeException(status.build()));
  }

  /** The status's description, with its cause where the transport says only "io exception". */
  private static String describe(StatusRuntimeException e) {
    Status status = e.getStatus();
    String description = status.getDescription();
    String what = description == null ? status.getCode().name() : description;
    Throwable cause = status.getCause();
    return cause == null || cause.getMessage() == null ? what : what + ": " + cause.getMessage();
  }

  /**
   * One thing that is wrong with a request.
   *
   * @param field path of the field, such as {@code block_library.models[3].block_ids[0]}
   * @param description what is wrong with it, with the offending value
   */
  public record Fault(String field, String description) implements Serializable {}

  /** The request is wrong (INVALID_ARGUMENT). */
  public static final class InvalidRequest extends PlannerException {
    private final List<Fault> faults;

    private InvalidRequest(StatusRuntimeException cause) {
      super(cause);
      this.faults = faultsOf(cause);
    }

    /** Every fault of the request, in the server's order; empty if the server lists none. */
    public List<Fault> faults() {
      return faults;
    }

    private static List<Fault> faultsOf(StatusRuntimeException e) {
      BadRequest details = detail(e, BadRequest.class);
      if (details == null) {
        return List.of();
      }
      List<Fault> faults = new ArrayList<>();
      for (var violation : details.getFieldViolationsList()) {
        faults.add(new Fault(violation.getField(), violation.getDescription()));
      }
      return List.copyOf(faults);
    }
  }

  /** The chosen algorithm does not apply to this request (FAILED_PRECONDITION). */
  public static final class NotApplicable extends PlannerException {
    private NotApplicable(StatusRuntimeException cause) {
      super(cause);
    }
  }

  /** The request uses a field that the server does not support (UNIMPLEMENTED). */
  public static final class Unsupported extends PlannerException {
    private Unsupported(StatusRuntimeException cause) {
      super(cause);
    }
  }

  /**
   * The request is larger than the limits of the server or the transport, or takes more memory than
   * the server has (RESOURCE_EXHAUSTED).
   */
  public static final class LimitExceeded extends PlannerException {
    private LimitExceeded(StatusRuntimeException cause) {
      super(cause);
    }
  }

  /**
   * The server is busy and took nothing up (RESOURCE_EXHAUSTED with a {@code
   * google.rpc.RetryInfo}): the same request may do after a while, or at another server.
   */
  public static final class Overloaded extends PlannerException {
    private final Duration retryDelay;

    private Overloaded(StatusRuntimeException cause, com.google.protobuf.Duration retryDelay) {
      super(cause);
      this.retryDelay = Duration.ofSeconds(retryDelay.getSeconds(), retryDelay.getNanos());
    }

    /** How long the server says to wait before another try, from when it answered. */
    public Duration retryDelay() {
      return retryDelay;
    }
  }

  /**
   * No server could be reached, or the connection was lost; trying again may help (UNAVAILABLE).
   */
  public static final class Unreachable extends PlannerException {
    private Unreachable(StatusRuntimeException cause) {
      super(cause);
    }
  }

  /** No answer came within the client's deadline (DEADLINE_EXCEEDED). */
  public static final class DeadlineExceeded extends PlannerException {
    private DeadlineExceeded(StatusRuntimeException cause) {
      super(cause);
    }
  }
}
