// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.partialloading.planner.fixture.SeedRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.wire.Limits;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any schedule for any request. */
class VerifyScheduleFuzzTest {
  @AutoClose private final FuzzedPlanner planner = new FuzzedPlanner();

  static Stream<VerifyScheduleRequest> seeds() {
    return SeedRequests.ofAtMost(16).stream().map(VerifyScheduleFuzzTest::withItsPlan);
  }

  private static VerifyScheduleRequest withItsPlan(PlanRequest seed) {
    PlanRequest.Builder request = seed.toBuilder();
    request.getOptionsBuilder().clearAlgorithm().clearSlot(); // not all apply to all libraries
    Schedule schedule =
        new RequestPlanner(Limits.DEFAULT).plan(request.build(), StopSignal.NEVER).getSchedule();
    return VerifyScheduleRequest.newBuilder().setRequest(request).setSchedule(schedule).build();
  }

  @Timeout(60)
  @MethodSource("seeds")
  @FuzzTest
  void verify_anySchedule_isJudgedSoundly(@NotNull VerifyScheduleRequest request) {
    planner
        .answer(() -> planner.stub().verifySchedule(request))
        .ifPresent(judgement -> assertSound(request, judgement));
  }

  private void assertSound(VerifyScheduleRequest request, VerifyScheduleResponse judgement) {
    assertEquals(judgement.getViolationsCount() == 0, judgement.getFeasible());
    assertEquals(
        request.getSchedule().getBatchesCount(), judgement.getTimedSchedule().getBatchesCount());
    int users = request.getRequest().getUserSnapshot().getUsersCount();
    assertTrue(judgement.getServedUserCount() <= users);
    if (judgement.getFeasible()) {
      assertTimedScheduleIsFeasible(request.getRequest(), judgement);
      assertNoMoreThanTheBound(request.getRequest(), judgement.getServedUserCount());
    }
  }

  private void assertTimedScheduleIsFeasible(
      PlanRequest request, VerifyScheduleResponse judgement) {
    VerifyScheduleRequest again =
        VerifyScheduleRequest.newBuilder()
            .setRequest(request)
            .setSchedule(judgement.getTimedSchedule())
            .build();
    assertEquals(judgement, planner.stub().verifySchedule(again));
  }

  /** What the verifier finds feasible refutes no bound of the planner. */
  private void assertNoMoreThanTheBound(PlanRequest request, int served) {
    planner
        .answer(() -> planner.stub().plan(request))
        .ifPresent(plan -> assertTrue(served <= plan.getServedUserUpperBound(), plan::toString));
  }
}
