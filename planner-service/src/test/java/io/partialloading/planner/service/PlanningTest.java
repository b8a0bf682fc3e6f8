// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanningTest {
  /** Has so long each time it is asked, and then for ever; notes what is to be kept back. */
  private static final class Time implements CallTime {
    private final List<String> kept = new ArrayList<>();
    private final List<Long> left;

    Time(Long... left) {
      this.left = new ArrayList<>(List.of(left));
    }

    @Override
    public long timeLeft() {
      return left.isEmpty() ? Job.FOREVER : left.remove(0);
    }

    @Override
    public void keepBack(OptionalLong network, long work) {
      kept.add(network + " " + work);
    }

    @Override
    public boolean isTimeUp() {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  private static ReadRequest read(PlanRequest.Builder request) {
    return new RequestReader(Limits.DEFAULT).read(request.build(), StopSignal.NEVER);
  }

  private static PlanResponse plan(PlanRequest.Builder request, CallTime time) {
    return Planning.plan(read(request), time, PlanningMemory.UNBOUNDED);
  }

  @Test
  void plan_keepsBackWhatTheRequestSaysAndWhatFollowsIt() {
    PlanRequest.Builder request = TestRequests.good();
    long work = Planning.finishing(read(request).instance());
    Time time = new Time();
    plan(request, time);
    assertEquals(List.of("OptionalLong.empty " + work), time.kept);

    request.getOptionsBuilder().setAnswerReserve(Durations.fromMillis(7));
    Time other = new Time();
    plan(request, other);
    assertEquals(List.of("OptionalLong[7000000] " + work), other.kept);
  }

  @Test
  void finishing_growsWithUsersAndBlocks() {
    PlanRequest.Builder request = TestRequests.good();
    long blocks = 0;
    for (int model = 0; model < read(request).instance().modelCount(); model++) {
      blocks += read(request).instance().model(model).blocks().length;
    }
    assertEquals(300_000 + 3 * 1_000 + blocks * 200, Planning.finishing(read(request).instance()));
    assertTrue(blocks > 0);
  }

  @Test
  void limits_ofTheNextPlan_areItsPartOfTheTimeLeft_orTheRequestsLimit() {
    assertEquals(20, limits(new Time(100L), 30, 5).limit());
    assertEquals(25, limits(new Time(100L), 30, 4).limit());
    assertEquals(30, limits(new Time(100L), 30, 1).limit());
    assertEquals(10, limits(new Time(100L), 10, 5).limit());
    assertFalse(limits(new Time(), Long.MAX_VALUE, 1).isTimeUp());
    assertTrue(limits(new Time(0L), Long.MAX_VALUE, 1).isTimeUp());
    assertTrue(limits(new Time(-3L), Long.MAX_VALUE, 5).isTimeUp());
  }

  private static PlanningLimits limits(CallTime time, long limit, int plans) {
    return PlanningLimits.of(time, PlanningMemory.UNBOUNDED, limit, plans);
  }

  @Test
  void plan_withTimeUpFromTheStart_isStillAPlan() {
    PlanResponse plan = plan(TestRequests.good(), new Time(0L));

    assertEquals(3, plan.getServedUserCount());
  }

  @Test
  void sensitivity_ofWhichTimeIsUp_saysWhatThePlanServes() {
    PlanRequest.Builder request = scarce();
    request.getOptionsBuilder().setSensitivity(true);
    PlanResponse plan = plan(request, new Time());
    int served = plan.getServedUserCount();
    assertTrue(plan.getSensitivity().getServedWithLongerBudget() > served);

    // Asked once for the plan, and before each of the others.
    PlanResponse hurried = plan(request, new Time(Job.FOREVER, 0L, 0L, 0L, 0L));

    assertEquals(served, hurried.getServedUserCount());
    assertEquals(
        Sensitivity.newBuilder()
            .setServedWithMoreBandwidth(served)
            .setServedWithLongerBudget(served)
            .setServedWithFasterTransfer(served)
            .setServedWithFasterCompute(served)
            .build(),
        hurried.getSensitivity());
  }

  /** A request whose budget would serve another user if it were a tenth longer. */
  private static PlanRequest.Builder scarce() {
    PlanRequest.Builder request = TestRequests.good();
    long budget = Durations.toNanos(request.getLatencyBudget());
    int all = plan(request, new Time()).getServedUserCount();
    while (plan(request, new Time()).getServedUserCount() == all) {
      budget = budget * 99 / 100;
      request.setLatencyBudget(Durations.fromNanos(budget));
    }
    return request;
  }
}
