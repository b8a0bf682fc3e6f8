package io.partialloading.planner.service;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.partialloading.planner.v1.PlanRequest;

/**
 * With JAZZER_FUZZ=1 in the environment it searches; otherwise it replays what was found before.
 */
class PlanRequestFuzzTest {
  @FuzzTest
  void plan_anyRequest_isAPlanOrACleanStatus(@NotNull PlanRequest request) {
    CleanOutcome.planOrStatus(request, "fuzzed");
  }
}
