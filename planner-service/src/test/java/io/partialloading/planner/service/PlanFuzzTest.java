// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.partialloading.planner.fixture.ConnectedRequest;
import io.partialloading.planner.fixture.SeedRequests;
import io.partialloading.planner.v1.PlanRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any request for a plan, and one that is made of its parts so that more of it is planned. */
class PlanFuzzTest {
  @AutoClose private final FuzzedPlanner planner = new FuzzedPlanner();

  static Stream<PlanRequest> seeds() {
    return SeedRequests.ofAtMost(64).stream();
  }

  @Timeout(60)
  @MethodSource("seeds")
  @FuzzTest
  void plan_anyRequest_isALawfulPlanOrBlamesTheRequest(@NotNull PlanRequest request) {
    assertAnswered(request);
    assertAnswered(ConnectedRequest.of(request));
  }

  private void assertAnswered(PlanRequest request) {
    planner
        .answer(() -> planner.stub().plan(request))
        .ifPresent(plan -> WellFormed.assertPlan(request, plan));
  }
}
