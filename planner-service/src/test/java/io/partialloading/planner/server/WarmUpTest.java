// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.wire.Limits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
  @Test
  void requests_areGood_andOfEveryStructure() {
    RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

    List<PlanResponse> plans =
        WarmUpRequests.all().stream().map(r -> planner.plan(r, StopSignal.NEVER)).toList();

    Set<SharingStructure> structures = EnumSet.noneOf(SharingStructure.class);
    plans.forEach(plan -> structures.add(plan.getSharingStructure()));
    assertEquals(
        EnumSet.of(
            SharingStructure.SHARING_STRUCTURE_NONE,
            SharingStructure.SHARING_STRUCTURE_BOTTOM_LAYER,
            SharingStructure.SHARING_STRUCTURE_NESTED,
            SharingStructure.SHARING_STRUCTURE_GENERAL),
        structures);
    assertTrue(
        plans.stream().anyMatch(plan -> plan.getOptimality() == Optimality.OPTIMALITY_PROVEN));
    assertTrue(plans.stream().allMatch(plan -> plan.getServedUserCount() > 0));
    assertTrue(plans.stream().allMatch(plan -> plan.getUnservedUsersCount() > 0));
  }

  @Tag("socket")
  @Test
  void run_plansUntilItIsToldToStop() {
    AtomicInteger asked = new AtomicInteger();
    try (LogCapture log = LogCapture.of(WarmUp.class)) {
      new WarmUp(Duration.ofHours(1)).run(() -> asked.incrementAndGet() > 20);

      assertEquals(21, asked.get());
      assertEquals(List.of(), log.warnings());
    }
  }

  @Test
  void run_ofNoTime_plansNothing() {
    AtomicInteger asked = new AtomicInteger();

    new WarmUp(Duration.ZERO).run(() -> asked.incrementAndGet() > 20);

    assertEquals(0, asked.get());
  }
}
