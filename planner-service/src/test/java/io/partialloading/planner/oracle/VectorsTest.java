// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.fixture.Vectors.Vector;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.Limits;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Known cases, most of paper scale, with their known optima and the counts of the paper's
 * algorithms.
 */
class VectorsTest {
  private static final long MICROSECOND = 1_000;

  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

  @ParameterizedTest
  @MethodSource("provableVectors")
  void adaptive_servesTheOptimumAndProvesIt(Vector vector) {
    PlanResponse response = plan(vector, Algorithm.ALGORITHM_ADAPTIVE);

    assertEquals(vector.optimalCount(), response.getServedUserCount());
    long late =
        Durations.toNanos(response.getSchedule().getCompletion()) - vector.optimalCompletion();
    assertTrue(Math.abs(late) <= MICROSECOND, "late by " + late + " ns");
    assertEquals(Optimality.OPTIMALITY_PROVEN, response.getOptimality());
    assertEquals(response.getServedUserCount(), response.getServedUserUpperBound());
  }

  @ParameterizedTest
  @MethodSource("hardVectors")
  void adaptiveOnAHardCase_isNearlyOptimalWithAValidBound(Vector vector) {
    PlanResponse response = plan(vector, Algorithm.ALGORITHM_ADAPTIVE);

    int optimal = vector.optimalCount();
    boolean isSmall = vector.request().getBlockLibrary().getModelsCount() <= 18;
    assertTrue(response.getServedUserCount() >= optimal - (isSmall ? 0 : 1), "too few users");
    assertTrue(response.getServedUserCount() <= optimal, "more users than the optimum");
    assertTrue(response.getServedUserUpperBound() >= optimal, "the bound is below the optimum");
    assertTrue(
        response.getServedUserUpperBound() <= optimal + (isSmall ? 0 : 2), "the bound is too high");
    assertEquals(
        response.getServedUserCount() == response.getServedUserUpperBound(),
        response.getOptimality() == Optimality.OPTIMALITY_PROVEN);
  }

  @ParameterizedTest
  @MethodSource("allVectors")
  void algorithmsOfThePaper_serveWhatTheyServe(Vector vector) {
    assertServes(
        vector, Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC, "partialLoadingSpecServedUserCount");
    assertServes(
        vector, Algorithm.ALGORITHM_PARTIAL_LOADING_GEN, "partialLoadingGenServedUserCount");
    assertServes(
        vector, Algorithm.ALGORITHM_INDEPENDENT_LOADING, "independentLoadingServedUserCount");
  }

  @Test
  void equation19_losesAUserThatTheAdaptivePlannerServes() {
    // (19) as printed drops plans that end in a model with as many users but more reuse.
    Vector vector = Vectors.named("equation-19-bottom-layer");

    PlanResponse spec = plan(vector, Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC);
    PlanResponse adaptive = plan(vector, Algorithm.ALGORITHM_ADAPTIVE);

    assertEquals(3, spec.getServedUserCount());
    assertEquals(4, adaptive.getServedUserCount());
  }

  private void assertServes(Vector vector, Algorithm algorithm, String key) {
    OptionalLong expected = vector.number(key);
    if (expected.isPresent()) {
      assertEquals(expected.getAsLong(), plan(vector, algorithm).getServedUserCount(), key);
    }
  }

  private PlanResponse plan(Vector vector, Algorithm algorithm) {
    PlanRequest.Builder request = vector.request().toBuilder();
    request.getOptionsBuilder().setAlgorithm(algorithm);
    PlanResponse response = planner.plan(request.build(), StopSignal.NEVER);
    assertEquals(
        List.of(),
        ScheduleVerifier.verify(request.build(), response.getSchedule(), () -> {})
            .getViolationsList(),
        algorithm.toString());
    return response;
  }

  static Stream<Vector> allVectors() {
    return Vectors.all().stream();
  }

  static Stream<Vector> provableVectors() {
    return allVectors().filter(vector -> !isHard(vector));
  }

  static Stream<Vector> hardVectors() {
    return allVectors().filter(VectorsTest::isHard);
  }

  private static boolean isHard(Vector vector) {
    return vector.name().startsWith("hard-");
  }
}
