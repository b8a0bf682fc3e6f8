// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.StatusRuntimeException;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;

/** Answers a request with a plan: reads, solves, builds, writes. Stateless and thread-safe. */
public final class RequestPlanner {
  private final RequestReader reader;

  /** A planner of requests within limits. */
  public RequestPlanner(Limits limits) {
    this(new RequestReader(limits));
  }

  RequestPlanner(RequestReader reader) {
    this.reader = reader;
  }

  /**
   * The plan for a request.
   *
   * @param stop when to stop; or earlier, after the planning time limit in the request
   * @throws StatusRuntimeException if there is no plan, with the status that the contract names
   *     and, for INVALID_ARGUMENT, a {@code google.rpc.BadRequest}
   */
  public PlanResponse plan(PlanRequest request, StopSignal stop) {
    return plan(request, CallTime.of(stop), PlanningMemory.UNBOUNDED);
  }

  /**
   * The same within the time of a call, with as much memory as there is; RESOURCE_EXHAUSTED if that
   * is too little.
   */
  PlanResponse plan(PlanRequest request, CallTime time, PlanningMemory memory) {
    ReadRequest read = null;
    try {
      time.throwIfCancelled();
      read = reader.read(request, time);
      time.throwIfCancelled();
      return Planning.plan(read, time, memory);
    } catch (RuntimeException | VirtualMachineError failure) {
      throw FailureStatus.of(Failure.of(failure, read, request.getLabel()));
    }
  }
}
