// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.FeatureMix;
import io.partialloading.planner.fixture.RandomRequests;
import io.partialloading.planner.fixture.RandomRequests.Structure;
import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.fixture.Vectors.Vector;
import io.partialloading.planner.v1.BandwidthGrant;
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
  @MethodSource("io.partialloading.planner.fixture.FeatureMix#provableWithStructures")
  void ordersAndCounts_losesNothingAgainstBatchSequences(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SmallProblem problem =
          new SmallProblem(RandomRequests.of(structure, mix.features(), seed, 4, 5));

      assertEquals(
          new BatchSequenceOracle(problem).optimum(),
          new OrderAndCountOracle(problem).optimum(),
          structure + " " + mix + " " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("io.partialloading.planner.fixture.FeatureMix#withStructures")
  void bestSequence_isLawfulAndTakesThatLong(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SmallProblem problem =
          new SmallProblem(RandomRequests.of(structure, mix.features(), seed, 5, 5));
      BatchSequenceOracle oracle = new BatchSequenceOracle(problem);
      PlanRequest request = problem.request();

      Schedule timed =
          ScheduleVerifier.verify(request, schedule(problem, oracle.batches()), () -> {})
              .getTimedSchedule();
      VerifyScheduleResponse judgement = ScheduleVerifier.verify(request, timed, () -> {});

      String message = structure + " " + mix + " " + seed;
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

    assertEquals(vector.optimalCount(), optimum.servedUserCount());
    long late = optimum.completion() - vector.optimalCompletion();
    assertTrue(Math.abs(late) <= 1_000, "late by " + late + " ns");
  }

  static Stream<Vector> smallVectors() {
    return Vectors.all().stream()
        .filter(vector -> vector.request().getUserSnapshot().getUsersCount() <= 20);
  }

  @Test
  void apportionment_equalsTrialOfEveryAllocation() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      int prbs = 1 + random.nextInt(12);
      int users = 1 + random.nextInt(Math.min(prbs, 4));
      long[] times = random.longs(users, 1, 2 + random.nextInt(3_000)).toArray();

      assertEquals(
          leastByTrial(times, 0, prbs),
          new PrbAllocations(times, prbs, Long.MAX_VALUE).leastTime((1 << users) - 1),
          "seed " + seed);
    }
  }

  private static long leastByTrial(long[] times, int user, int prbs) {
    long least = user == times.length ? 0 : Long.MAX_VALUE;
    for (int own = 1; user < times.length && own <= prbs; own++) {
      long time = (times[user] + own - 1) / own;
      least = Math.min(least, Math.max(time, leastByTrial(times, user + 1, prbs - own)));
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource
  void randomRequests_areOfEveryKind(FeatureMix mix) {
    int none = 0;
    int some = 0;
    int all = 0;
    for (Structure structure : Structure.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        SmallProblem problem =
            new SmallProblem(RandomRequests.of(structure, mix.features(), seed, 5, 8));
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
        ScheduleVerifier.verify(problem.request(), schedule, () -> {})
            .getTimedSchedule()
            .getBatches(0)
            .getUpload());
  }

  /** Batches with best shares of the band, not timed. */
  private static Schedule schedule(SmallProblem problem, List<Integer> batches) {
    Schedule.Builder schedule = Schedule.newBuilder();
    for (int users : batches) {
      Batch.Builder batch = schedule.addBatchesBuilder();
      for (int user = 0; user < problem.userCount(); user++) {
        if ((users & (1 << user)) != 0) {
          User message = problem.request().getUserSnapshot().getUsers(user);
          batch.setModelId(message.getModelId());
          batch.addGrants(grant(problem, users, user).setUserId(message.getId()));
        }
      }
    }
    return schedule.build();
  }

  /** What a user needs to upload in the time of its batch. */
  private static BandwidthGrant.Builder grant(SmallProblem problem, int users, int user) {
    BandwidthGrant.Builder grant = BandwidthGrant.newBuilder();
    if (problem.unitUpload(user) == 0) {
      return grant;
    }
    long upload = problem.upload(users);
    int subchannels = problem.subchannels();
    if (problem.prbCount() == 0) {
      double share = (double) problem.unitUpload(user) / upload;
      return grant.setBandwidthFraction(subchannels > 0 ? 1.0 / subchannels : share);
    }
    long enough = (problem.unitUpload(user) + upload - 1) / upload;
    return grant.setPrbCount(
        subchannels > 0 ? problem.prbCount() / subchannels : Math.toIntExact(enough));
  }
}
