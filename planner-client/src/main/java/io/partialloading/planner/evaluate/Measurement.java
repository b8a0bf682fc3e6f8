// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.client.PlannerException;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a task's requests in every way, and checks every plan. Safe for several threads at once.
 *
 * @param planner the planner that is measured
 * @param task what it plans
 */
record Measurement(PlannerClient planner, Task task) {
  /** The curve that no other may beat. */
  private static final String ADAPTIVE = "adaptive";

  /**
   * Draws a request, plans it in every way, and judges the plans.
   *
   * @throws MeasuringException if there is no plan, or no judgement on it
   */
  Realisation realisation(long seed) {
    PlanRequest request = task.setting().draw().apply(seed);
    List<Plan> plans = new ArrayList<>(task.curves().size());
    List<Offence> offences = new ArrayList<>();
    for (Curve curve : task.curves()) {
      Plan plan = plan(curve, curve.variant().apply(request), seed);
      plans.add(plan);
      checkFeasible(plan, seed, offences);
    }
    offences.addAll(compare(plans, seed));
    int users = request.getUserSnapshot().getUsersCount();
    return new Realisation(plans.stream().map(plan -> plan.outcome(users)).toList(), offences);
  }

  /** Has a curve's plan made and not judged, to warm up. */
  void rehearse(Curve curve, long seed) {
    PlanRequest request = curve.variant().apply(task.setting().draw().apply(seed));
    try {
      PlanResponse unused = planner.plan(request);
    } catch (PlannerException e) {
      throw new MeasuringException(task.setting().id(), curve.id(), seed, e);
    }
  }

  private Plan plan(Curve curve, PlanRequest request, long seed) {
    try {
      PlanResponse response = planner.plan(request);
      VerifyScheduleResponse judgement =
          planner.verify(
              VerifyScheduleRequest.newBuilder()
                  .setRequest(request)
                  .setSchedule(response.getSchedule())
                  .build());
      return new Plan(curve, response, judgement);
    } catch (PlannerException e) {
      throw new MeasuringException(task.setting().id(), curve.id(), seed, e);
    }
  }

  private void checkFeasible(Plan plan, long seed, List<Offence> offences) {
    int stated = plan.response().getServedUserCount();
    if (!plan.judgement().getFeasible()) {
      String first =
          plan.judgement().getViolationsCount() == 0
              ? "no violation is named"
              : plan.judgement().getViolations(0).getDescription();
      offences.add(offence(Offence.Kind.INFEASIBLE, plan, seed, "infeasible, " + first));
    } else if (stated != plan.served()) {
      offences.add(
          offence(
              Offence.Kind.INFEASIBLE,
              plan,
              seed,
              "states " + stated + " users, its schedule serves " + plan.served()));
    }
  }

  /** At most one offence of a kind, for it is realisations that are counted. */
  private Collection<Offence> compare(List<Plan> plans, long seed) {
    Optional<Plan> adaptive =
        plans.stream().filter(plan -> plan.curve().id().equals(ADAPTIVE)).findFirst();
    int best = adaptive.map(Plan::served).orElse(Integer.MAX_VALUE);
    int adaptiveBound = adaptive.map(Plan::bound).orElse(Integer.MAX_VALUE);
    Map<Offence.Kind, Offence> found = new EnumMap<>(Offence.Kind.class);
    for (Plan plan : plans) {
      int served = plan.served();
      int bound = Math.min(adaptiveBound, plan.bound());
      if (served > best) {
        String what = "serves " + served + " users, the adaptive plan " + best;
        found.putIfAbsent(Offence.Kind.BEATEN, offence(Offence.Kind.BEATEN, plan, seed, what));
      }
      if (served > bound) {
        String what = "serves " + served + " users, above the bound of " + bound;
        found.putIfAbsent(
            Offence.Kind.BOUND_BROKEN, offence(Offence.Kind.BOUND_BROKEN, plan, seed, what));
      }
    }
    return found.values();
  }

  private Offence offence(Offence.Kind kind, Plan plan, long seed, String what) {
    return new Offence(kind, task.setting().id(), plan.curve().id(), seed, what);
  }

  /** A judged answer. */
  private record Plan(Curve curve, PlanResponse response, VerifyScheduleResponse judgement) {

    int served() {
      return judgement.getServedUserCount();
    }

    int bound() {
      return response.getServedUserUpperBound();
    }

    Outcome outcome(int users) {
      return new Outcome(
          users,
          served(),
          bound(),
          response.getOptimality() == Optimality.OPTIMALITY_PROVEN,
          Durations.toNanos(response.getPlanningTime()));
    }
  }
}
