// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.evaluate.FakeService.judgement;
import static io.partialloading.planner.evaluate.FakeService.plan;
import static io.partialloading.planner.evaluate.TestFigures.ADAPTIVE;
import static io.partialloading.planner.evaluate.TestFigures.GEN;
import static io.partialloading.planner.evaluate.TestFigures.INDEPENDENT;
import static io.partialloading.planner.evaluate.TestFigures.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.evaluate.Offence.Kind;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.ScheduleViolation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Task TASK =
      new Task(settings("a").get(0), List.of(ADAPTIVE, GEN, INDEPENDENT));

  @Test
  void realisation_ofSoundPlans_hasNoOffence() {
    Realisation realisation = realisation(answering(plan(7, 7), plan(7, 10), plan(5, 10)));
    assertEquals(List.of(), realisation.offences());
    assertEquals(
        List.of(
            new Outcome(10, 7, 7, false, 0),
            new Outcome(10, 7, 10, false, 0),
            new Outcome(10, 5, 10, false, 0)),
        realisation.outcomes());
  }

  @Test
  void realisation_beatenTwice_isOneOffence() {
    assertEquals(
        List.of(offence(Kind.BEATEN, "gen", "serves 8 users, the adaptive plan 7")),
        realisation(answering(plan(7, 9), plan(8, 10), plan(9, 10))).offences());
  }

  @Test
  void realisation_aboveTheAdaptiveBound_isBeatenAndBreaksIt() {
    assertEquals(
        List.of(
            offence(Kind.BEATEN, "independent", "serves 9 users, the adaptive plan 7"),
            offence(Kind.BOUND_BROKEN, "independent", "serves 9 users, above the bound of 8")),
        realisation(answering(plan(7, 8), plan(5, 10), plan(9, 10))).offences());
  }

  @Test
  void realisation_aboveItsOwnBound_breaksIt() {
    assertEquals(
        List.of(offence(Kind.BOUND_BROKEN, "gen", "serves 5 users, above the bound of 4")),
        realisation(answering(plan(7, 8), plan(5, 4), plan(3, 10))).offences());
  }

  @Test
  void realisation_withoutAdaptiveCurve_comparesNothing() {
    Task task = new Task(settings("a").get(0), List.of(GEN, INDEPENDENT));
    try (FakeService service =
        FakeService.planning(answering(plan(1, 1), plan(5, 10), plan(9, 10)))) {
      assertEquals(List.of(), new Measurement(service.client(), task).realisation(4).offences());
    }
  }

  @Test
  void realisation_infeasibleSchedules_areAnOffenceEach() {
    try (FakeService service =
        FakeService.judging(
            answering(plan(7, 8), plan(5, 10), plan(3, 10)),
            request ->
                request.getRequest().getOptions().getAlgorithm() == Algorithm.ALGORITHM_ADAPTIVE
                    ? judgement(request, true)
                    : judgement(request, false).toBuilder()
                        .addViolations(ScheduleViolation.newBuilder().setDescription("too late"))
                        .build())) {
      assertEquals(
          List.of(
              offence(Kind.INFEASIBLE, "gen", "infeasible, too late"),
              offence(Kind.INFEASIBLE, "independent", "infeasible, too late")),
          new Measurement(service.client(), TASK).realisation(4).offences());
    }
  }

  @Test
  void realisation_thatServesFewerThanItStates_countsWhatItServes() {
    PlanResponse boast = plan(3, 10).toBuilder().setServedUserCount(6).build();
    Realisation realisation = realisation(answering(plan(7, 8), boast, plan(3, 10)));
    assertEquals(
        List.of(offence(Kind.INFEASIBLE, "gen", "states 6 users, its schedule serves 3")),
        realisation.offences());
    assertEquals(3, realisation.outcomes().get(1).served());
  }

  @Test
  void point_countsAllOffences_andRemembersTheFirst() {
    Realisation realisation = realisation(answering(plan(7, 8), plan(9, 10), plan(9, 10)));
    Point point =
        Point.of(
            TASK,
            new Conditions(1, 30, "", "", ""),
            0,
            IntStream.range(0, 30).mapToObj(i -> realisation).toList());
    assertEquals(new Results.Checks(90, 0, 30, 30), point.checks());
    assertEquals(10, point.offences().size());
    Measured measured = Measured.of(List.of(point, point));
    assertEquals(new Results.Checks(180, 0, 60, 60), measured.checks());
    assertTrue(!measured.isSound());
  }

  private static Realisation realisation(Function<PlanRequest, PlanResponse> planner) {
    try (FakeService service = FakeService.planning(planner)) {
      return new Measurement(service.client(), TASK).realisation(4);
    }
  }

  private static Function<PlanRequest, PlanResponse> answering(
      PlanResponse adaptive, PlanResponse gen, PlanResponse independent) {
    return request ->
        switch (request.getOptions().getAlgorithm()) {
          case ALGORITHM_ADAPTIVE -> adaptive;
          case ALGORITHM_PARTIAL_LOADING_GEN -> gen;
          default -> independent;
        };
  }

  private static Offence offence(Kind kind, String curve, String what) {
    return new Offence(kind, "a", curve, 4, what);
  }
}
