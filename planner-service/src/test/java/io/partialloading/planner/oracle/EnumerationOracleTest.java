package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.oracle.RandomRequests.Structure;
import io.partialloading.planner.oracle.Vectors.Vector;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracles against each other, against the verifier and against known answers. */
class EnumerationOracleTest {
  private static final int SEEDS = 500;

  @ParameterizedTest
  @EnumSource
  void ordersAndCounts_losesNothingAgainstBatchSequences(Structure structure) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SmallProblem problem = new SmallProblem(RandomRequests.of(structure, seed, 4, 5));

      assertEquals(
          new BatchSequenceOracle(problem).optimum(),
          new OrderAndCountOracle(problem).optimum(),
          structure + " " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bestSequence_isLawfulAndTakesThatLong(Structure structure) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SmallProblem problem = new SmallProblem(RandomRequests.of(structure, seed, 5, 5));
      BatchSequenceOracle oracle = new BatchSequenceOracle(problem);
      PlanRequest request = problem.request();

      Schedule timed =
          ScheduleVerifier.verify(request, schedule(problem, oracle.batches())).getTimedSchedule();
      VerifyScheduleResponse judgement = ScheduleVerifier.verify(request, timed);

      String message = structure + " " + seed;
      assertEquals(List.of(), judgement.getViolationsList(), message);
      assertEquals(oracle.optimum().servedUserCount(), judgement.getServedUserCount(), message);
      assertEquals(
          oracle.optimum().completion(), Durations.toNanos(timed.getCompletion()), message);
    }
  }

  @Test
  void randomFractions_neverUploadFasterThanTheSum() {
    // Proposition 1, the one thing that the batch sequences take for granted.
    for (int seed = 0; seed < SEEDS; seed++) {
      SmallProblem problem = new SmallProblem(RandomRequests.of(Structure.NONE, seed, 1, 5));
      if (problem.subchannels() > 0 || problem.usersOf(0) == 0) {
        continue;
      }
      Schedule.Builder schedule = schedule(problem, List.of(problem.usersOf(0))).toBuilder();
      long optimal = upload(problem, schedule.build());
      Random random = new Random(seed);
      double sum = 0;
      double[] weights = new double[schedule.getBatches(0).getGrantsCount()];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = schedule.getBatches(0).getGrants(k).getBandwidthFraction();
        weights[k] *= Math.exp(random.nextGaussian());
        sum += weights[k];
      }
      for (int k = 0; k < weights.length; k++) {
        schedule.getBatchesBuilder(0).getGrantsBuilder(k).setBandwidthFraction(weights[k] / sum);
      }

      assertTrue(upload(problem, schedule.build()) >= optimal, "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("smallVectors")
  void knownCase_hasTheKnownOptimum(Vector vector) {
    Optimum optimum = new OrderAndCountOracle(new SmallProblem(vector.request())).optimum();

    assertEquals(vector.optimum().servedUserCount(), optimum.servedUserCount());
    long late = optimum.completion() - vector.optimum().completion();
    assertTrue(Math.abs(late) <= 1_000, "late by " + late + " ns");
  }

  static Stream<Vector> smallVectors() {
    return Vectors.all().stream()
        .filter(vector -> vector.request().getUserSnapshot().getUsersCount() <= 20);
  }

  @Test
  void randomRequests_areOfEveryKind() {
    int none = 0;
    int some = 0;
    int all = 0;
    for (Structure structure : Structure.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        SmallProblem problem = new SmallProblem(RandomRequests.of(structure, seed, 5, 8));
        int served = new OrderAndCountOracle(problem).optimum().servedUserCount();
        none += served == 0 ? 1 : 0;
        some += served > 0 && served < problem.userCount() ? 1 : 0;
        all += served > 0 && served == problem.userCount() ? 1 : 0;
      }
    }
    String counts = "nobody served in %d, some in %d, all in %d".formatted(none, some, all);
    assertTrue(none > 200 && some > 600 && all > 100, counts);
  }

  private static long upload(SmallProblem problem, Schedule schedule) {
    return Durations.toNanos(
        ScheduleVerifier.verify(problem.request(), schedule)
            .getTimedSchedule()
            .getBatches(0)
            .getUpload());
  }

  /** Batches with the fractions of (12) or of equal sub-channels, not timed. */
  private static Schedule schedule(SmallProblem problem, List<Integer> batches) {
    Schedule.Builder schedule = Schedule.newBuilder();
    for (int users : batches) {
      long sum = 0;
      for (int user = 0; user < problem.userCount(); user++) {
        sum += (users & (1 << user)) != 0 ? problem.fullBandUpload(user) : 0;
      }
      Batch.Builder batch = schedule.addBatchesBuilder();
      for (int user = 0; user < problem.userCount(); user++) {
        if ((users & (1 << user)) != 0) {
          User message = problem.request().getUserSnapshot().getUsers(user);
          batch.setModelId(message.getModelId());
          batch
              .addGrantsBuilder()
              .setUserId(message.getId())
              .setBandwidthFraction(
                  problem.subchannels() > 0
                      ? 1.0 / problem.subchannels()
                      : (double) problem.fullBandUpload(user) / sum);
        }
      }
    }
    return schedule.build();
  }
}
