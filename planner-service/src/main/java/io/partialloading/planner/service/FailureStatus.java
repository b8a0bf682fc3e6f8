// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.partialloading.planner.wire.Fault;

/**
 * The status of a call that failed.
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

  private static final Metadata.Key<Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin", ProtoUtils.metadataMarshaller(Status.getDefaultInstance()));

  private FailureStatus() {}

  /**
   * The status of a failure; INVALID_ARGUMENT has a {@code google.rpc.BadRequest}, a refusal a
   * {@code google.rpc.RetryInfo}. A refusal has no {@code grpc-retry-pushback-ms}: gRPC for Java
   * obeys it whatever the status, and would make each refused call four times.
   */
  static StatusRuntimeException of(Failure failure) {
    return status(failure).asRuntimeException(trailers(failure));
  }

  /** Ends a call with the same. A refusal is cheap: it throws nothing. */
  static void close(ServerCall<?, ?> call, Failure failure) {
    call.close(status(failure), trailers(failure));
  }

  private static io.grpc.Status status(Failure failure) {
    return io.grpc.Status.fromCodeValue(failure.code().getNumber())
        .withDescription(cut(failure.message()));
  }

  private static Metadata trailers(Failure failure) {
    Status.Builder status =
        Status.newBuilder().setCode(failure.code().getNumber()).setMessage(cut(failure.message()));
    Metadata trailers = new Metadata();
    if (!failure.faults().isEmpty()) {
      status.addDetails(Any.pack(badRequest(failure)));
    }
    if (failure.retryDelay() > 0) {
      status.addDetails(
          Any.pack(RetryInfo.newBuilder().setRetryDelay(failure.retryDuration()).build()));
    }
    trailers.put(DETAILS, status.build());
    return trailers;
  }

  private static String cut(String message) {
    if (message.length() <= MAX_MESSAGE_LENGTH) {
      return message;
    }
    int end = MAX_MESSAGE_LENGTH - 3;
    return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }

  private static BadRequest badRequest(Failure failure) {
    BadRequest.Builder details = BadRequest.newBuilder();
    int bytes = 0;
    for (Fault fault : failure.faults()) {
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
    int left = failure.faultCount() - details.getFieldViolationsCount();
    if (left > 0) {
      details.addFieldViolations(FieldViolation.newBuilder().setDescription(Failure.more(left)));
    }
    return details.build();
  }
}
