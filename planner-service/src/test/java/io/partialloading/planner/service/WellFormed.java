// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What any plan must be, whatever was asked. */
final class WellFormed {
  private WellFormed() {}

  /** Fails if a plan is not an answer to a whole request. */
  static void assertPlan(PlanRequest request, PlanResponse plan) {
    assertEquals(request.getLabel(), plan.getLabel());
    VerifyScheduleResponse judgement =
        ScheduleVerifier.verify(request, plan.getSchedule(), () -> {});
    assertEquals(List.of(), judgement.getViolationsList());
    int served = plan.getServedUserCount();
    assertEquals(served, judgement.getServedUserCount());
    assertEveryUserIsAccountedFor(request, plan);
    int bound = plan.getServedUserUpperBound();
    assertTrue(served <= bound, () -> served + " served, bound " + bound);
    assertTrue(bound <= request.getUserSnapshot().getUsersCount(), () -> "bound " + bound);
    assertNotEquals(Optimality.OPTIMALITY_UNSPECIFIED, plan.getOptimality());
    assertEquals(plan.getOptimality() == Optimality.OPTIMALITY_PROVEN, served == bound);
    assertNotEquals(Algorithm.ALGORITHM_UNSPECIFIED, plan.getAlgorithm());
    assertNotEquals(SharingStructure.SHARING_STRUCTURE_UNSPECIFIED, plan.getSharingStructure());
    assertEquals(request.getOptions().getSensitivity(), plan.hasSensitivity());
    if (plan.hasSensitivity()) {
      assertSensitivity(plan.getSensitivity(), served, request.getUserSnapshot().getUsersCount());
    }
    assertTrue(Durations.isValid(plan.getPlanningTime()));
  }

  private static void assertEveryUserIsAccountedFor(PlanRequest request, PlanResponse plan) {
    Set<String> users = new HashSet<>();
    plan.getSchedule()
        .getBatchesList()
        .forEach(batch -> batch.getGrantsList().forEach(grant -> users.add(grant.getUserId())));
    for (UnservedUser user : plan.getUnservedUsersList()) {
      assertTrue(users.add(user.getUserId()), user::toString);
      assertNotEquals(UnservedReason.UNSERVED_REASON_UNSPECIFIED, user.getReason());
      assertTrue(Durations.isValid(user.getShortfall()), user::toString);
      assertTrue(!Durations.isNegative(user.getShortfall()), user::toString);
    }
    Set<String> asked = new HashSet<>();
    for (User user : request.getUserSnapshot().getUsersList()) {
      asked.add(user.getId());
    }
    assertEquals(asked, users);
  }

  private static void assertSensitivity(Sensitivity sensitivity, int served, int users) {
    for (int more :
        List.of(
            sensitivity.getServedWithMoreBandwidth(),
            sensitivity.getServedWithLongerBudget(),
            sensitivity.getServedWithFasterTransfer(),
            sensitivity.getServedWithFasterCompute())) {
      assertTrue(served <= more && more <= users, sensitivity::toString);
    }
  }
}
