// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/** The faults in a status. */
final class Violations {
  private Violations() {}

  static List<FieldViolation> of(StatusRuntimeException failure)
      throws InvalidProtocolBufferException {
    return StatusProto.fromThrowable(failure)
        .getDetails(0)
        .unpack(BadRequest.class)
        .getFieldViolationsList();
  }
}
