// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.fixture.FeatureMix;
import io.partialloading.planner.fixture.RandomRequests;
import io.partialloading.planner.fixture.RandomRequests.Structure;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.Limits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm's plans against the verifier, the optimum and the adaptive planner. */
class EverySchedulePassesTest {
  private static final int SEEDS = 150;

  /** Beyond what doubles round in any of these plans, in ns. */
  private static final long ROUNDING = 60;

  private static final List<Algorithm> ALGORITHMS =
      List.of(
          Algorithm.ALGORITHM_ADAPTIVE,
          Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC,
          Algorithm.ALGORITHM_PARTIAL_LOADING_GEN,
          Algorithm.ALGORITHM_INDEPENDENT_LOADING,
          Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH,
          Algorithm.ALGORITHM_MAXIMUM_OVERLAP);

  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

  @ParameterizedTest
  @MethodSource("io.partialloading.planner.fixture.FeatureMix#withStructures")
  void everySchedule_isLawfulAndWithinItsBounds(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < SEEDS; seed++) {
      // Where visiting a model twice may pay, only sequences of few users can be enumerated.
      int maxUsers = mix.isProvable() ? 8 : 5;
      PlanRequest request = RandomRequests.of(structure, mix.features(), seed, 5, maxUsers);
      SmallProblem problem = new SmallProblem(request);
      Optimum optimum =
          mix.isProvable()
              ? new OrderAndCountOracle(problem).optimum()
              : new BatchSequenceOracle(problem).optimum();
      SharingStructure sharing =
          planner
              .plan(with(request, Algorithm.ALGORITHM_ADAPTIVE, seed), StopSignal.NEVER)
              .getSharingStructure();
      for (Algorithm algorithm : ALGORITHMS) {
        String message = structure + " " + mix + " " + seed + " " + algorithm;
        PlanRequest asked = with(request, algorithm, seed);
        if (algorithm == Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC && !isBottomLayer(sharing)) {
          assertFailedPrecondition(asked, message);
          continue;
        }
        if (algorithm == Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH && !mix.isProvable()) {
          continue; // it may not apply: AnyTransferProfileTest
        }
        PlanResponse response = planner.plan(asked, StopSignal.NEVER);

        int served = response.getServedUserCount();
        VerifyScheduleResponse judgement =
            ScheduleVerifier.verify(asked, response.getSchedule(), () -> {});
        assertEquals(List.of(), judgement.getViolationsList(), message);
        assertEquals(served, judgement.getServedUserCount(), message);
        assertEquals(algorithm, response.getAlgorithm(), message);
        assertEquals(problem.userCount(), served + response.getUnservedUsersCount(), message);
        if (algorithm == Algorithm.ALGORITHM_MAXIMUM_OVERLAP
            && request.getOptions().getIgnoreParameterSharing()) {
          continue; // it plans with sharing, the optimum is without
        }
        assertTrue(served <= optimum.servedUserCount(), message);
        assertTrue(response.getServedUserUpperBound() >= optimum.servedUserCount(), message);
        if (algorithm == Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH && isCold(request)) {
          assertEquals(optimum.servedUserCount(), served, message);
          long completion = Durations.toNanos(response.getSchedule().getCompletion());
          assertTrue(Math.abs(completion - optimum.completion()) <= ROUNDING, message);
        }
      }
    }
  }

  private void assertFailedPrecondition(PlanRequest request, String message) {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class, () -> planner.plan(request, StopSignal.NEVER), message);
    assertEquals(Status.Code.FAILED_PRECONDITION, failure.getStatus().getCode(), message);
  }

  /** The request for an algorithm, with those of its options that mean something to it. */
  private static PlanRequest with(PlanRequest request, Algorithm algorithm, int seed) {
    PlanOptions.Builder options = request.getOptions().toBuilder().setAlgorithm(algorithm);
    switch (algorithm) {
      case ALGORITHM_PARTIAL_LOADING_SPEC,
          ALGORITHM_PARTIAL_LOADING_GEN,
          ALGORITHM_INDEPENDENT_LOADING -> {
        int slots = 5 + new Random(seed).nextInt(100);
        long budget = Durations.toNanos(request.getLatencyBudget());
        options.setSlot(Durations.fromNanos(Math.max(1, budget / slots)));
      }
      case ALGORITHM_MAXIMUM_OVERLAP -> options.clearIgnoreParameterSharing();
      default -> {}
    }
    return request.toBuilder().setOptions(options).build();
  }

  private static boolean isBottomLayer(SharingStructure sharing) {
    return sharing == SharingStructure.SHARING_STRUCTURE_NONE
        || sharing == SharingStructure.SHARING_STRUCTURE_BOTTOM_LAYER;
  }

  /** Whether resident blocks, which the paper's algorithms do not see, can make no difference. */
  private static boolean isCold(PlanRequest request) {
    return request.getOptions().getIgnoreParameterSharing()
        || request.getEdgeServer().getResidentBlockIdsCount() == 0;
  }
}
