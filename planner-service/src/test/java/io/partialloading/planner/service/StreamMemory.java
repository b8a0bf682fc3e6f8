// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.PlanError;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stream must remember, so that its answers can be held against those to whole requests. The
 * library or server that was sent last holds; one that was refused makes each request without one
 * wrong.
 */
final class StreamMemory {
  private final FuzzedPlanner planner;
  private @Nullable BlockLibrary library;
  private @Nullable EdgeServer server;

  /** Whether it cannot be said which server holds. */
  private boolean isServerUnknown;

  StreamMemory(FuzzedPlanner planner) {
    this.planner = planner;
  }

  /** Fails if the answer is not that to the whole request. */
  void assertAnswer(StreamPlansRequest request, StreamPlansResponse answer) {
    remember(request.getRequest(), answer.getError());
    Optional<PlanResponse> plan = Optional.empty();
    if (answer.hasResponse()) {
      plan = Optional.of(answer.getResponse());
    } else {
      assertTrue(answer.hasError());
      PlanError error = answer.getError();
      FuzzedPlanner.assertBlamesTheRequest(
          Status.fromCodeValue(error.getCode()).withDescription(error.getMessage()));
      assertFalse(error.hasRetryDelay(), answer::toString);
    }
    if (request.hasRequest() && !isServerUnknown) {
      assertAnswer(whole(request.getRequest()), plan);
    }
  }

  private void assertAnswer(PlanRequest request, Optional<PlanResponse> plan) {
    Optional<PlanResponse> alone = planner.answer(() -> planner.stub().plan(request));
    assertEquals(alone.isPresent(), plan.isPresent());
    if (plan.isPresent()) {
      WellFormed.assertPlan(request, plan.get());
      if (!request.getOptions().hasPlanningTimeLimit()) {
        assertEquals(withoutTime(alone.get()), withoutTime(plan.get()));
      }
    }
  }

  private static PlanResponse withoutTime(PlanResponse plan) {
    return plan.toBuilder().clearPlanningTime().build();
  }

  private void remember(PlanRequest request, PlanError error) {
    boolean isTooLarge = error.getCode() == Code.RESOURCE_EXHAUSTED.value();
    if (request.hasBlockLibrary()) {
      boolean isRefused = isTooLarge || hasFault(error, "block_library");
      library = isRefused ? null : request.getBlockLibrary();
    }
    if (request.hasEdgeServer()) {
      boolean isRefused = isTooLarge || hasFault(error, "edge_server");
      isServerUnknown = !isRefused && hasMoreFaults(error); // one of the server may not be listed
      server = isRefused ? null : request.getEdgeServer();
    }
  }

  private static boolean hasFault(PlanError error, String part) {
    return error.getFaultsList().stream().anyMatch(fault -> fault.getField().startsWith(part));
  }

  /** Whether there are more faults than are listed. */
  private static boolean hasMoreFaults(PlanError error) {
    return error.getFaultsList().stream().anyMatch(fault -> fault.getField().isEmpty());
  }

  private PlanRequest whole(PlanRequest request) {
    PlanRequest.Builder whole = request.toBuilder();
    if (library != null && !request.hasBlockLibrary()) {
      whole.setBlockLibrary(library);
    }
    if (server != null && !request.hasEdgeServer()) {
      whole.setEdgeServer(server);
    }
    return whole.build();
  }
}
