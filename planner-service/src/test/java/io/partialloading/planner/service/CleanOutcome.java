// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.TextFormat;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.wire.Limits;
import java.util.EnumSet;
import java.util.Set;

/** What any request at all must come to: a sane plan, or a status that blames the request. */
final class CleanOutcome {
  private static final Set<Code> CLEAN =
      EnumSet.of(Code.INVALID_ARGUMENT, Code.RESOURCE_EXHAUSTED, Code.FAILED_PRECONDITION);

  /** Small, so that no request takes long. */
  private static final RequestPlanner PLANNER =
      new RequestPlanner(new Limits(64, 32, 128, 512, 512, 1 << 20));

  private CleanOutcome() {}

  /** Whether the request was planned; fails if the outcome is not clean. */
  static boolean planOrStatus(PlanRequest request, String origin) {
    PlanResponse response;
    try {
      response = PLANNER.plan(request, StopSignal.NEVER);
    } catch (StatusRuntimeException failure) {
      if (!CLEAN.contains(failure.getStatus().getCode())) {
        fail(origin + ": " + failure + "\n" + TextFormat.printer().printToString(request), failure);
      }
      return false;
    }
    try {
      WellFormed.assertPlan(request, response);
    } catch (AssertionError e) {
      throw new AssertionError(origin + "\n" + request + "\n" + response, e);
    }
    return true;
  }
}
