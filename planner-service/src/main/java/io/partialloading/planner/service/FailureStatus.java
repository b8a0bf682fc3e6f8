package io.partialloading.planner.service;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.wire.Fault;
import io.partialloading.planner.wire.InvalidRequestException;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestTooLargeException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The status of a call that failed, by what failed.
 *
 * <p>A status travels in the trailers, of which gRPC clients take 8 KiB by default, and a client
 * that gets more sees nothing but a broken call. The details are a {@code google.rpc.Status} in
 * base 64, and the message, percent-encoded, stands outside it once more. So faults are listed as
 * long as they fit, some fifty, and a last one says how many more there are.
 */
final class FailureStatus {
  /** 4.5 KiB of faults and a message of 400 bytes make 6.5 KiB of details in base 64. */
  private static final int MAX_FAULT_BYTES = 4_608;

  /** Leaves 1 KiB for the message outside the details even if it is mostly percent-encoded. */
  private static final int MAX_MESSAGE_LENGTH = 320;

  private static final int MAX_BLOCKS_NAMED = 20;

  private FailureStatus() {}

  /**
   * The status of a failed plan.
   *
   * @param failure what failed
   * @param request the request, if it could be read
   */
  static StatusRuntimeException of(Throwable failure, @Nullable ReadRequest request) {
    return StatusProto.toStatusRuntimeException(status(failure, request));
  }

  private static Status status(Throwable failure, @Nullable ReadRequest request) {
    if (failure instanceof InvalidRequestException invalid) {
      return status(Code.INVALID_ARGUMENT, message(invalid)).toBuilder()
          .addDetails(Any.pack(badRequest(invalid)))
          .build();
    }
    if (failure instanceof RequestTooLargeException) {
      return status(Code.RESOURCE_EXHAUSTED, message(failure));
    }
    if (failure instanceof NotApplicableException notApplicable) {
      return status(
          Code.FAILED_PRECONDITION, message(notApplicable) + blocks(notApplicable, request));
    }
    if (failure instanceof CancellationException) {
      Deadline deadline = Context.current().getDeadline();
      return deadline != null && deadline.isExpired()
          ? status(Code.DEADLINE_EXCEEDED, "the deadline passed before there was a plan")
          : status(Code.CANCELLED, "the caller gave up");
    }
    return status(Code.INTERNAL, "planning failed; the server's log says why");
  }

  private static Status status(Code code, String message) {
    String cut =
        message.length() <= MAX_MESSAGE_LENGTH
            ? message
            : message.substring(0, MAX_MESSAGE_LENGTH - 3) + "...";
    return Status.newBuilder().setCode(code.getNumber()).setMessage(cut).build();
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static BadRequest badRequest(InvalidRequestException invalid) {
    BadRequest.Builder details = BadRequest.newBuilder();
    int bytes = 0;
    for (Fault fault : invalid.faults()) {
      FieldViolation violation =
          FieldViolation.newBuilder()
              .setField(fault.field())
              .setDescription(fault.description())
              .build();
      bytes += violation.getSerializedSize() + 3; // its tag and length
      if (bytes > MAX_FAULT_BYTES) {
        break;
      }
      details.addFieldViolations(violation);
    }
    int left = invalid.faultCount() - details.getFieldViolationsCount();
    if (left > 0) {
      details.addFieldViolations(
          FieldViolation.newBuilder().setDescription("and " + left + " more faults"));
    }
    return details.build();
  }

  /** The blocks a failure speaks of, by the caller's ids. */
  private static String blocks(NotApplicableException failure, @Nullable ReadRequest request) {
    int[] blocks = failure.blocks();
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
