// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.ScheduleViolation;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.v1.ViolationKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A schedule worked out by hand, and what the verifier says to each way of damaging it.
 *
 * <pre>
 * blocks 1..5: 1, 2, 3, 4, 5 MB; block 1 is resident, and so is block 5, which only C has
 * models   A = 1 2 3, B = 1 2 4, C = 5; batch of b: 1 ms + b * 0.5 ms, 10 MB + b * 1 MB of 12.5 MB
 * loads    0.5 ms + 1 ms/MB to the host, then 0.5 ms/MB to the GPU
 * users    a1, a2, a3 of A: 1, 3, 4 ms alone on the band; b1 of B: 2 ms; c1 of C: out of reach
 *
 * start ms  batch                 upload  load              compute
 *  0        A: a1 1/4, a2 3/4     4       2 3: 8            2
 * 14        A: a3 1               4       -                 1.5
 * 19.5      B: b1 1               2       4: 6.5            1.5
 * 29.5      end; the budget is 40
 * </pre>
 */
class ScheduleVerifierTest {
  private static final double MS = 1e6;
  private static final double MB = 1e6;
  private static final double FULL_RATE = 8e6;

  private final PlanRequest request = request();
  private final Schedule schedule = schedule();

  @Test
  void correctSchedule_isFeasible() {
    VerifyScheduleResponse response = ScheduleVerifier.verify(request, schedule, () -> {});

    assertEquals(List.of(), response.getViolationsList());
    assertTrue(response.getFeasible());
    assertEquals(4, response.getServedUserCount());
    assertEquals(schedule, response.getTimedSchedule());
  }

  @Test
  void emptySchedule_isFeasible() {
    VerifyScheduleResponse response =
        ScheduleVerifier.verify(request, Schedule.getDefaultInstance(), () -> {});

    assertTrue(response.getFeasible());
    assertEquals(0, response.getServedUserCount());
    assertEquals(ms(0), response.getTimedSchedule().getCompletion());
  }

  @Test
  void fractionsLeftUnused_lawfulWithTheLongerUpload() {
    Schedule.Builder slower = Schedule.newBuilder();
    slower
        .addBatchesBuilder()
        .setModelId("B")
        .addGrants(grant("b1", 0.4))
        .addAllLoadBlockIds(List.of(4, 2))
        .setLoadBytes(6_000_000)
        .setReusedBytes(1_000_000)
        .setStart(ms(0))
        .setUpload(ms(5))
        .setLoad(ms(9.5))
        .setCompute(ms(1.5))
        .setLatestStart(ms(0));

    assertViolations(request, slower.setCompletion(ms(16)).build());
  }

  @Test
  void completionAtTheBudget_isFeasible() {
    assertViolations(
        request.toBuilder().setLatencyBudget(ms(29.5)).build(), withoutSlack(schedule));
  }

  @Test
  void timesOffByLessThanAMicrosecond_areFeasible() {
    Schedule.Builder rounded = schedule.toBuilder();
    rounded.getBatchesBuilder(1).setUpload(nanos(3_999_100)).setStart(nanos(14_000_900));

    assertViolations(request, rounded.build());
  }

  @Test
  void timedSchedule_ofDamagedTimes_isTheCorrectOne() {
    Schedule.Builder untimed = schedule.toBuilder().clearCompletion();
    for (Batch.Builder batch : untimed.getBatchesBuilderList()) {
      batch.clearStart().clearUpload().clearLoad().clearCompute().clearLatestStart();
      batch.clearLoadBlockIds().clearLoadBytes().clearReusedBytes();
    }

    assertEquals(
        schedule, ScheduleVerifier.verify(request, untimed.build(), () -> {}).getTimedSchedule());
  }

  // Who is in a batch.

  @Test
  void unknownModel_isFound() {
    assertDamage(s -> s.getBatchesBuilder(2).setModelId("D"), batch("UNKNOWN_MODEL", 2, 0));
  }

  @Test
  void textOfTheSchedule_isQuotedWithoutWhatNobodySees() {
    Schedule.Builder hostile = schedule.toBuilder();
    hostile.getBatchesBuilder(0).setModelId("a\u202eb\n\"" + "x".repeat(100));
    grantBuilder(hostile, 2, 0).setUserId("u\u2066\ud800");

    List<String> descriptions =
        ScheduleVerifier.verify(request, hostile.build(), () -> {}).getViolationsList().stream()
            .map(ScheduleViolation::getDescription)
            .toList();

    String model = "\"a?b?'" + "x".repeat(43) + "...\"";
    assertTrue(descriptions.contains("no model " + model), descriptions::toString);
    assertTrue(descriptions.contains("no user \"u??\""), descriptions::toString);
  }

  @Test
  void unknownUser_isFound() {
    assertDamage(s -> grantBuilder(s, 2, 0).setUserId("b2"), user("UNKNOWN_USER", 2, "b2", 0));
  }

  @Test
  void userTwiceInABatch_isFound() {
    assertDamage(
        s -> {
          grantBuilder(s, 0, 0).setBandwidthFraction(0.125).setUploadRateBps(FULL_RATE / 8);
          s.getBatchesBuilder(0).setUpload(ms(8)).addGrants(grant("a1", 0.125));
          s.getBatchesBuilder(0).setCompute(ms(2.5));
          shift(s, 1, 4.5);
        },
        batch("BATCH_EXCEEDS_GPU_MEMORY", 0, 0.5 * MB),
        user("USER_SERVED_TWICE", 0, "a1", 1));
  }

  @Test
  void userInTwoBatches_isFound() {
    assertDamage(
        s -> {
          grantBuilder(s, 1, 0).setUserId("a2");
          s.getBatchesBuilder(1).setUpload(ms(3));
          shift(s, 2, -1);
        },
        user("USER_SERVED_TWICE", 1, "a2", 1));
  }

  @Test
  void userInABatchOfAnotherModel_isFound() {
    assertDamage(
        s -> {
          grantBuilder(s, 2, 0).setUserId("a3");
          s.getBatchesBuilder(2).setUpload(ms(4));
          shift(s, 3, 2);
          s.getBatchesBuilder(1).clearGrants().addGrants(grant("b1", 0.5));
        },
        user("WRONG_MODEL", 1, "b1", 0),
        user("WRONG_MODEL", 2, "a3", 0));
  }

  @Test
  void emptyBatch_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(1).clearGrants().setUpload(ms(0)).setCompute(ms(1));
          shift(s, 2, -4.5);
        },
        batch("EMPTY_BATCH", 1, 0));
  }

  @Test
  void userOutOfReach_isFound() {
    assertDamage(
        s ->
            s.addBatchesBuilder()
                .setModelId("C")
                .addGrants(grant("c1", 1))
                .addLoadBlockIds(5)
                .setLoadBytes(5_000_000)
                .setStart(ms(29.5))
                .setLoad(ms(8))
                .setCompute(ms(1.5))
                .setLatestStart(ms(29.5)),
        s -> shift(s, 4, 9.5),
        user("USER_OUT_OF_REACH", 3, "c1", 0));
  }

  @Test
  void batchOverMemory_isFound() {
    assertDamage(
        s -> {
          Batch.Builder first = s.getBatchesBuilder(0).clearGrants();
          first.addGrants(grant("a1", 0.125)).addGrants(grant("a2", 0.375));
          first.addGrants(grant("a3", 0.5)).setUpload(ms(8)).setCompute(ms(2.5));
          s.removeBatches(1);
          s.getBatchesBuilder(1).setStart(ms(18.5));
          s.setCompletion(ms(28.5));
        },
        batch("BATCH_EXCEEDS_GPU_MEMORY", 0, 0.5 * MB));
  }

  // Shares of the band.

  @Test
  void fractionNotANumber_isFound() {
    assertDamage(
        s -> grantBuilder(s, 2, 0).setBandwidthFraction(Double.NaN),
        user("FRACTION_OUT_OF_RANGE", 2, "b1", 0));
  }

  @Test
  void fractionZero_isFound() {
    assertDamage(
        s -> grantBuilder(s, 2, 0).setBandwidthFraction(0),
        user("FRACTION_OUT_OF_RANGE", 2, "b1", 0));
  }

  @Test
  void fractionNegative_isFound() {
    assertDamage(
        s -> grantBuilder(s, 2, 0).setBandwidthFraction(-1),
        user("FRACTION_OUT_OF_RANGE", 2, "b1", 0));
  }

  @Test
  void fractionInfinite_isFound() {
    assertDamage(
        s -> grantBuilder(s, 2, 0).setBandwidthFraction(Double.POSITIVE_INFINITY),
        user("FRACTION_OUT_OF_RANGE", 2, "b1", Double.POSITIVE_INFINITY));
  }

  @Test
  void fractionAboveOne_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(2).setGrants(0, grant("b1", 2)).setUpload(ms(1));
          shift(s, 3, -1);
        },
        user("FRACTION_OUT_OF_RANGE", 2, "b1", 1),
        batch("FRACTIONS_EXCEED_BAND", 2, 1));
  }

  @Test
  void fractionsAboveTheBand_areFound() {
    assertDamage(
        s -> s.getBatchesBuilder(0).setGrants(0, grant("a1", 0.5)),
        batch("FRACTIONS_EXCEED_BAND", 0, 0.25));
  }

  @Test
  void uploadRateWrong_isFound() {
    assertDamage(
        s -> grantBuilder(s, 1, 0).setUploadRateBps(FULL_RATE / 8),
        user("WRONG_UPLOAD_RATE", 1, "a3", -7 / 8.0 * FULL_RATE));
  }

  @Test
  void uploadRateNotANumber_isFound() {
    assertDamage(
        s -> grantBuilder(s, 1, 0).setUploadRateBps(Double.NaN),
        user("WRONG_UPLOAD_RATE", 1, "a3", 0));
  }

  @Test
  void prbsWithoutAGrid_areFound() {
    assertDamage(
        s -> grantBuilder(s, 1, 0).setPrbCount(273), user("PRBS_WITHOUT_GRID", 1, "a3", 273));
  }

  @Test
  void moreUsersThanSubchannels_isFound() {
    // One sub-channel is the whole band.
    assertViolations(withOptions(1, false), schedule, batch("SUBCHANNELS_EXCEEDED", 0, 1));
  }

  @Test
  void fractionAboveASubchannel_isFound() {
    assertViolations(
        withOptions(2, false),
        schedule,
        user("SUBCHANNELS_EXCEEDED", 0, "a2", 0.25),
        user("SUBCHANNELS_EXCEEDED", 1, "a3", 0.5),
        user("SUBCHANNELS_EXCEEDED", 2, "b1", 0.5));
  }

  // What is loaded.

  @Test
  void missingBlock_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(0).clearLoadBlockIds().addLoadBlockIds(2),
        block("BLOCK_NOT_LOADED", 0, 3, 3 * MB));
  }

  @Test
  void blockLoadedThoughResident_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(0).addLoadBlockIds(1),
        block("BLOCK_LOADED_NEEDLESSLY", 0, 1, 1 * MB));
  }

  @Test
  void blockLoadedThoughInThePreviousModel_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(2).addLoadBlockIds(2),
        block("BLOCK_LOADED_NEEDLESSLY", 2, 2, 2 * MB));
  }

  @Test
  void blockLoadedThoughOfTheSameModel_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(1).addLoadBlockIds(3),
        block("BLOCK_LOADED_NEEDLESSLY", 1, 3, 3 * MB));
  }

  @Test
  void blockOfAnotherModel_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(2).addLoadBlockIds(3), block("BLOCK_NOT_OF_MODEL", 2, 3, 3 * MB));
  }

  @Test
  void blockNotInTheLibrary_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(2).addLoadBlockIds(6), block("BLOCK_NOT_OF_MODEL", 2, 6, 0));
  }

  @Test
  void blockListedTwice_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(2).addLoadBlockIds(4), block("BLOCK_LISTED_TWICE", 2, 4, 4 * MB));
  }

  @Test
  void residentBlockReusedBeyondTheFirstModel_isFound() {
    // Block 5 was on the GPU at the start and is gone once A is loaded.
    PlanRequest served = withEfficiency("c1", 8);
    Schedule.Builder third = schedule.toBuilder();
    third
        .addBatchesBuilder()
        .setModelId("C")
        .addGrants(grant("c1", 1).toBuilder().setUploadRateBps(FULL_RATE))
        .setReusedBytes(5_000_000)
        .setStart(ms(29.5))
        .setUpload(ms(1))
        .setCompute(ms(1.5))
        .setLatestStart(ms(29.5));

    shift(third, 4, 2.5);

    assertViolations(
        served,
        withoutSlack(third.build()),
        block("BLOCK_NOT_LOADED", 3, 5, 5 * MB),
        batch("WRONG_BYTES", 3, -5 * MB),
        batch("WRONG_BYTES", 3, 5 * MB),
        batch("WRONG_TIME", 3, -8 * MS));
  }

  @Test
  void reuseThoughSharingIsIgnored_isFound() {
    assertViolations(
        withOptions(0, true),
        schedule,
        block("BLOCK_NOT_LOADED", 0, 1, 1 * MB),
        batch("WRONG_BYTES", 0, -1 * MB),
        batch("WRONG_BYTES", 0, 1 * MB),
        batch("WRONG_TIME", 0, -1.5 * MS),
        batch("WRONG_LATEST_START", 0, 6 * MS),
        batch("WRONG_LATEST_START", 1, 4.5 * MS),
        block("BLOCK_NOT_LOADED", 2, 1, 1 * MB),
        block("BLOCK_NOT_LOADED", 2, 2, 2 * MB),
        batch("WRONG_BYTES", 2, -3 * MB),
        batch("WRONG_BYTES", 2, 3 * MB),
        batch("WRONG_TIME", 2, -4.5 * MS),
        batch("WRONG_LATEST_START", 2, 4.5 * MS));
  }

  @Test
  void loadedBytesWrong_areFound() {
    assertDamage(
        s -> s.getBatchesBuilder(0).setLoadBytes(4_000_000), batch("WRONG_BYTES", 0, -1 * MB));
  }

  @Test
  void loadedBytesBeyondSigned64Bits_areFound() {
    assertDamage(s -> s.getBatchesBuilder(1).setLoadBytes(-1), batch("WRONG_BYTES", 1, 0x1p64));
  }

  @Test
  void reusedBytesWrong_areFound() {
    assertDamage(
        s -> s.getBatchesBuilder(1).setReusedBytes(7_000_000), batch("WRONG_BYTES", 1, 1 * MB));
  }

  // When batches run.

  @Test
  void overlap_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(1).setStart(ms(12));
          shift(s, 2, -2);
        },
        batch("BATCHES_OVERLAP", 1, -2 * MS));
  }

  @Test
  void startBeforeThePlan_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(0).setStart(ms(-1));
          shift(s, 1, -1);
        },
        batch("WRONG_TIME", 0, -1 * MS));
  }

  @Test
  void pauseBetweenBatches_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(2).setStart(ms(20));
          s.setCompletion(ms(30));
        },
        batch("WRONG_TIME", 2, 0.5 * MS));
  }

  @Test
  void uploadTooShort_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(0).setUpload(ms(3));
          shift(s, 1, -1);
        },
        batch("WRONG_TIME", 0, -1 * MS));
  }

  @Test
  void uploadTooLong_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(0).setUpload(nanos(4_001_001));
          shift(s, 1, 0.001001);
        },
        batch("WRONG_TIME", 0, 1_001));
  }

  @Test
  void loadTooShort_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(2).setLoad(ms(6));
          shift(s, 3, -0.5);
        },
        batch("WRONG_TIME", 2, -0.5 * MS));
  }

  @Test
  void loadWithoutBytes_isFound() {
    // The latency of a load that moves nothing.
    assertDamage(
        s -> {
          s.getBatchesBuilder(1).setLoad(ms(0.5));
          shift(s, 2, 0.5);
        },
        batch("WRONG_TIME", 1, 0.5 * MS));
  }

  @Test
  void computeTooShort_isFound() {
    assertDamage(
        s -> {
          s.getBatchesBuilder(0).setCompute(ms(1.5));
          shift(s, 1, -0.5);
        },
        batch("WRONG_TIME", 0, -0.5 * MS));
  }

  @Test
  void completionTooEarly_isFound() {
    assertDamage(s -> s.setCompletion(ms(29)), violation("WRONG_TIME", -0.5 * MS).build());
  }

  @Test
  void completionMissing_isFound() {
    assertDamage(s -> s.clearCompletion(), violation("WRONG_TIME", -29.5 * MS).build());
  }

  @Test
  void durationsBeyondTheirRange_areFound() {
    assertDamage(
        s ->
            s.getBatchesBuilder(2)
                .setCompute(Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(-1)),
        batch("WRONG_TIME", 2, Long.MAX_VALUE * 1e9),
        violation("WRONG_TIME", -Long.MAX_VALUE * 1e9).build());
  }

  @Test
  void latestStartBeforeStart_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(1).setLatestStart(ms(13)),
        batch("WRONG_LATEST_START", 1, -1 * MS));
  }

  @Test
  void latestStartTooLateForTheBudget_isFound() {
    assertDamage(
        s -> s.getBatchesBuilder(1).setLatestStart(ms(25)),
        batch("WRONG_LATEST_START", 1, 0.5 * MS));
  }

  // Margins.

  @Test
  void marginsKept_areFeasible() {
    assertViolations(withMargins(), scheduleWithMargins());
  }

  @Test
  void marginsNotStated_areFound() {
    assertViolations(
        withMargins(),
        scheduleWithMargins().toBuilder()
            .clearUploadMargin()
            .clearLoadMargin()
            .setComputeMargin(Double.NaN)
            .build(),
        violation("WRONG_MARGIN", -0.25).build(),
        violation("WRONG_MARGIN", -0.1).build(),
        violation("WRONG_MARGIN", 0).build());
  }

  @Test
  void marginsNotAskedFor_areFound() {
    assertDamage(s -> s.setLoadMargin(0.1), violation("WRONG_MARGIN", 0.1).build());
  }

  @Test
  void timesWithoutTheMargins_areFound() {
    Schedule unstretched =
        schedule.toBuilder().setUploadMargin(0.25).setLoadMargin(0.1).setComputeMargin(0.5).build();

    assertViolations(
        withMargins(),
        withoutSlack(unstretched),
        batch("WRONG_TIME", 0, -1 * MS),
        batch("WRONG_TIME", 0, -0.8 * MS),
        batch("WRONG_TIME", 0, -1 * MS),
        batch("WRONG_TIME", 1, -1 * MS),
        batch("WRONG_TIME", 1, -0.75 * MS),
        batch("WRONG_TIME", 2, -0.5 * MS),
        batch("WRONG_TIME", 2, -0.65 * MS),
        batch("WRONG_TIME", 2, -0.75 * MS));
  }

  @Test
  void timedSchedule_hasTheMarginsOfTheRequest() {
    assertEquals(
        scheduleWithMargins(),
        ScheduleVerifier.verify(withMargins(), schedule, () -> {}).getTimedSchedule());
  }

  @Test
  void budgetExceeded_isFound() {
    assertViolations(
        request.toBuilder().setLatencyBudget(nanos(29_499_999)).build(),
        schedule,
        violation("BUDGET_EXCEEDED", 1).build());
  }

  @Test
  void budgetExceededButStatedAsKept_isFound() {
    Schedule.Builder claimed = schedule.toBuilder().setCompletion(ms(29));
    claimed.getBatchesBuilder(2).setCompute(ms(1));

    assertViolations(
        request.toBuilder().setLatencyBudget(ms(29)).build(),
        claimed.build(),
        batch("WRONG_TIME", 2, -0.5 * MS),
        violation("BUDGET_EXCEEDED", 0.5 * MS).build());
  }

  @Test
  void anyNumbersWhatever_areJudged() {
    double[] numbers = {0, -1, 1, 0.5, 1e-320, 1e308, Double.NaN, Double.NEGATIVE_INFINITY};
    long[] seconds = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE};
    int[] nanos = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    String[] models = {"A", "B", "C", "", "D"};
    String[] users = {"a1", "a2", "a3", "b1", "c1", "", "x"};
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Schedule.Builder any = Schedule.newBuilder();
      for (int n = random.nextInt(4); n > 0; n--) {
        Batch.Builder batch = any.addBatchesBuilder().setModelId(models[random.nextInt(5)]);
        for (int k = random.nextInt(4); k > 0; k--) {
          batch
              .addGrantsBuilder()
              .setUserId(users[random.nextInt(7)])
              .setBandwidthFraction(numbers[random.nextInt(8)])
              .setUploadRateBps(numbers[random.nextInt(8)]);
        }
        for (int j = random.nextInt(5); j > 0; j--) {
          batch.addLoadBlockIds(random.nextInt(8) - 1);
        }
        List<Consumer<Duration>> times =
            List.of(
                batch::setStart,
                batch::setUpload,
                batch::setLoad,
                batch::setCompute,
                batch::setLatestStart);
        for (Consumer<Duration> time : times) {
          time.accept(
              Duration.newBuilder()
                  .setSeconds(seconds[random.nextInt(5)])
                  .setNanos(nanos[random.nextInt(5)])
                  .build());
        }
        batch.setLoadBytes(random.nextLong()).setReusedBytes(random.nextLong());
      }

      VerifyScheduleResponse response = ScheduleVerifier.verify(request, any.build(), () -> {});

      assertEquals(response.getViolationsCount() == 0, response.getFeasible(), "seed " + seed);
      Schedule timed = response.getTimedSchedule();
      assertEquals(
          timed,
          ScheduleVerifier.verify(request, timed, () -> {}).getTimedSchedule(),
          "seed " + seed + ": timing a timed schedule changes it");
    }
  }

  private void assertDamage(Consumer<Schedule.Builder> damage, ScheduleViolation... expected) {
    assertDamage(damage, s -> {}, expected);
  }

  private void assertDamage(
      Consumer<Schedule.Builder> damage,
      Consumer<Schedule.Builder> more,
      ScheduleViolation... expected) {
    Schedule.Builder damaged = schedule.toBuilder();
    damage.accept(damaged);
    more.accept(damaged);
    assertViolations(request, damaged.build(), expected);
  }

  /** Descriptions aside, exactly these violations; amounts to a billionth. */
  private static void assertViolations(
      PlanRequest request, Schedule schedule, ScheduleViolation... expected) {
    VerifyScheduleResponse response = ScheduleVerifier.verify(request, schedule, () -> {});
    assertEquals(
        Stream.of(expected).map(ScheduleVerifierTest::comparable).toList(),
        response.getViolationsList().stream().map(ScheduleVerifierTest::comparable).toList());
    assertEquals(expected.length == 0, response.getFeasible());
    for (ScheduleViolation violation : response.getViolationsList()) {
      assertTrue(violation.getDescription().length() > 5, violation::toString);
    }
  }

  private static List<Object> comparable(ScheduleViolation violation) {
    return Arrays.asList(
        violation.getKind(),
        violation.hasBatchIndex() ? violation.getBatchIndex() : "schedule",
        violation.getUserId(),
        violation.hasBlockId() ? violation.getBlockId() : "no block",
        "%.8e".formatted(violation.getExcess()));
  }

  private static ScheduleViolation.Builder violation(String kind, double excess) {
    return ScheduleViolation.newBuilder()
        .setKind(ViolationKind.valueOf("VIOLATION_KIND_" + kind))
        .setExcess(excess);
  }

  private static ScheduleViolation batch(String kind, int batch, double excess) {
    return violation(kind, excess).setBatchIndex(batch).build();
  }

  private static ScheduleViolation user(String kind, int batch, String user, double excess) {
    return violation(kind, excess).setBatchIndex(batch).setUserId(user).build();
  }

  private static ScheduleViolation block(String kind, int batch, int block, double excess) {
    return violation(kind, excess).setBatchIndex(batch).setBlockId(block).build();
  }

  /** Moves the batches from {@code first} on, and the completion, by a time. */
  private static void shift(Schedule.Builder schedule, int first, double milliseconds) {
    for (int n = 0; n < schedule.getBatchesCount(); n++) {
      Batch.Builder batch = schedule.getBatchesBuilder(n);
      if (n >= first) {
        batch.setStart(plus(batch.getStart(), milliseconds));
      }
      // The latest start that always holds.
      batch.setLatestStart(batch.getStart());
    }
    schedule.setCompletion(plus(schedule.getCompletion(), milliseconds));
  }

  private static Schedule withoutSlack(Schedule schedule) {
    Schedule.Builder builder = schedule.toBuilder();
    builder.getBatchesBuilderList().forEach(batch -> batch.setLatestStart(batch.getStart()));
    return builder.build();
  }

  private static BandwidthGrant.Builder grantBuilder(Schedule.Builder schedule, int n, int k) {
    return schedule.getBatchesBuilder(n).getGrantsBuilder(k);
  }

  private static Duration plus(Duration duration, double milliseconds) {
    return nanos(Nanoseconds.of(duration).longValueExact() + Math.round(milliseconds * MS));
  }

  private static Duration ms(double milliseconds) {
    return nanos(Math.round(milliseconds * MS));
  }

  private static Duration nanos(long nanoseconds) {
    return Duration.newBuilder()
        .setSeconds(nanoseconds / 1_000_000_000)
        .setNanos((int) (nanoseconds % 1_000_000_000))
        .build();
  }

  private static Schedule schedule() {
    return Schedule.newBuilder()
        .addBatches(
            Batch.newBuilder()
                .setModelId("A")
                .addGrants(grant("a1", 0.25))
                .addGrants(grant("a2", 0.75))
                .addLoadBlockIds(2)
                .addLoadBlockIds(3)
                .setLoadBytes(5_000_000)
                .setReusedBytes(1_000_000)
                .setStart(ms(0))
                .setUpload(ms(4))
                .setLoad(ms(8))
                .setCompute(ms(2))
                .setLatestStart(ms(10.5)))
        .addBatches(
            Batch.newBuilder()
                .setModelId("A")
                .addGrants(grant("a3", 1))
                .setReusedBytes(6_000_000)
                .setStart(ms(14))
                .setUpload(ms(4))
                .setLoad(ms(0))
                .setCompute(ms(1.5))
                .setLatestStart(ms(24.5)))
        .addBatches(
            Batch.newBuilder()
                .setModelId("B")
                .addGrants(grant("b1", 1))
                .addLoadBlockIds(4)
                .setLoadBytes(4_000_000)
                .setReusedBytes(3_000_000)
                .setStart(ms(19.5))
                .setUpload(ms(2))
                .setLoad(ms(6.5))
                .setCompute(ms(1.5))
                .setLatestStart(ms(30)))
        .setCompletion(ms(29.5))
        .build();
  }

  private static BandwidthGrant grant(String user, double fraction) {
    return BandwidthGrant.newBuilder()
        .setUserId(user)
        .setBandwidthFraction(fraction)
        .setUploadRateBps(user.equals("c1") ? 0 : fraction * FULL_RATE)
        .build();
  }

  /** The schedule where uploads take a quarter, loads a tenth and computing half as long again. */
  private static Schedule scheduleWithMargins() {
    Schedule.Builder stretched = schedule().toBuilder();
    stretched.setUploadMargin(0.25).setLoadMargin(0.1).setComputeMargin(0.5);
    stretched.getBatchesBuilder(0).setUpload(ms(5)).setLoad(ms(8.8)).setCompute(ms(3));
    stretched.getBatchesBuilder(1).setUpload(ms(5)).setCompute(ms(2.25)).setStart(ms(16.8));
    stretched.getBatchesBuilder(2).setUpload(ms(2.5)).setLoad(ms(7.15)).setCompute(ms(2.25));
    stretched.getBatchesBuilder(2).setStart(ms(24.05));
    stretched.getBatchesBuilder(0).setLatestStart(ms(4.05));
    stretched.getBatchesBuilder(1).setLatestStart(ms(20.85));
    stretched.getBatchesBuilder(2).setLatestStart(ms(28.1));
    return stretched.setCompletion(ms(35.95)).build();
  }

  private PlanRequest withMargins() {
    PlanRequest.Builder builder = request.toBuilder();
    builder.getOptionsBuilder().setUploadMargin(0.25).setLoadMargin(0.1).setComputeMargin(0.5);
    return builder.build();
  }

  private PlanRequest withOptions(int equalSubchannels, boolean ignoreParameterSharing) {
    PlanRequest.Builder builder = request.toBuilder();
    builder
        .getOptionsBuilder()
        .setEqualSubchannels(equalSubchannels)
        .setIgnoreParameterSharing(ignoreParameterSharing);
    return builder.build();
  }

  private PlanRequest withEfficiency(String user, double efficiency) {
    PlanRequest.Builder builder = request.toBuilder();
    for (UserChannel.Builder channel :
        builder.getChannelStateBuilder().getUserChannelsBuilderList()) {
      if (channel.getUserId().equals(user)) {
        channel.setSpectralEfficiency(efficiency);
      }
    }
    return builder.build();
  }

  private static PlanRequest request() {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    for (int block = 1; block <= 5; block++) {
      library.addBlocks(ParameterBlock.newBuilder().setId(block).setSizeBytes(block * 1_000_000L));
    }
    library.addModels(model("A", 1, 2, 3)).addModels(model("B", 1, 2, 4)).addModels(model("C", 5));
    UserSnapshot.Builder users = UserSnapshot.newBuilder();
    ChannelState.Builder channel = ChannelState.newBuilder().setBandwidthHz(1e6);
    addUser(users, channel, "a1", "A", 1_000, 8);
    addUser(users, channel, "a2", "A", 3_000, 8);
    addUser(users, channel, "a3", "A", 4_000, 8);
    addUser(users, channel, "b1", "B", 2_000, 8);
    addUser(users, channel, "c1", "C", 1_000, 0);
    return PlanRequest.newBuilder()
        .setBlockLibrary(library)
        .setUserSnapshot(users)
        .setChannelState(channel)
        .setEdgeServer(
            EdgeServer.newBuilder()
                .setGpuMemoryBytes(12_500_000)
                .setStorageToHost(transfer(ms(0.5), 1e9))
                .setHostToGpu(transfer(ms(0), 2e9))
                .addResidentBlockIds(5)
                .addResidentBlockIds(1))
        .setLatencyBudget(ms(40))
        .build();
  }

  private static Model model(String id, Integer... blocks) {
    return Model.newBuilder()
        .setId(id)
        .addAllBlockIds(List.of(blocks))
        .setCompute(
            ComputeProfile.newBuilder()
                .setAffine(AffineCompute.newBuilder().setPerBatch(ms(1)).setPerSample(ms(0.5))))
        .setMemory(
            MemoryProfile.newBuilder()
                .setAffine(
                    AffineMemory.newBuilder()
                        .setFixedBytes(10_000_000)
                        .setBytesPerSample(1_000_000)))
        .build();
  }

  private static TransferProfile transfer(Duration latency, double bytesPerSecond) {
    return TransferProfile.newBuilder()
        .setAffine(
            AffineTransfer.newBuilder().setLatency(latency).setBytesPerSecond(bytesPerSecond))
        .build();
  }

  private static void addUser(
      UserSnapshot.Builder users,
      ChannelState.Builder channel,
      String id,
      String model,
      long bytes,
      double efficiency) {
    users.addUsers(User.newBuilder().setId(id).setModelId(model).setUploadBytes(bytes));
    channel.addUserChannels(
        UserChannel.newBuilder().setUserId(id).setSpectralEfficiency(efficiency));
  }
}
