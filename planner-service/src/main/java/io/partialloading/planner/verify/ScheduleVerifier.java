// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.v1.ViolationKind;
import io.partialloading.planner.verify.RequestIndex.Uplink;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges any schedule against every constraint of problem (10) and the contract, and times it anew.
 * Fractions need not be optimal, only lawful. Linear in the request and in the blocks of the
 * schedule's batches.
 */
public final class ScheduleVerifier {
  private static final double MARGIN_ROUNDING = 1e-9;

  private final RequestIndex index;
  private final Timing timing;
  private final BatchTimer timer;
  private final PlanOptions options;
  private final BigInteger budget;
  private final Runnable checkpoint;
  private final Violations violations;
  private final BatchConstraints batchConstraints;
  private final LoadConstraints loadConstraints;

  private ScheduleVerifier(PlanRequest request, Runnable checkpoint) {
    this.checkpoint = checkpoint;
    this.violations = new Violations(checkpoint);
    this.timing = new Timing(request, checkpoint);
    this.index = new RequestIndex(request, timing, checkpoint);
    this.timer = new BatchTimer(request, index, timing);
    this.options = request.getOptions();
    this.budget = Nanoseconds.of(request.getLatencyBudget());
    this.batchConstraints = new BatchConstraints(request, index, timing, violations);
    this.loadConstraints = new LoadConstraints(index, violations);
  }

  /**
   * The judgement on a schedule.
   *
   * @param request a valid request
   * @param schedule any schedule; whatever numbers it has, it is judged
   * @param checkpoint is run several times a millisecond; throws an exception, which ends the
   *     judgement, if nobody waits for it any more
   */
  public static VerifyScheduleResponse verify(
      PlanRequest request, Schedule schedule, Runnable checkpoint) {
    return new ScheduleVerifier(request, checkpoint).judge(schedule);
  }

  private VerifyScheduleResponse judge(Schedule schedule) {
    List<RequiredBatch> required = new ArrayList<>(schedule.getBatchesCount());
    for (int n = 0; n < schedule.getBatchesCount(); n++) {
      Batch batch = schedule.getBatches(n);
      required.add(timer.next(batch));
      batchConstraints.check(n, batch);
      loadConstraints.check(n, batch, required.get(n));
    }
    checkMargins(schedule);
    boolean inTime = new TimeConstraints(budget, violations, checkpoint).check(schedule, required);
    return VerifyScheduleResponse.newBuilder()
        .setFeasible(violations.inOrder().isEmpty())
        .addAllViolations(violations.inOrder())
        .setTimedSchedule(timed(schedule, required, inTime))
        .setServedUserCount(batchConstraints.servedUserCount())
        .build();
  }

  private void checkMargins(Schedule schedule) {
    checkMargin("upload_margin", schedule.getUploadMargin(), options.getUploadMargin());
    checkMargin("load_margin", schedule.getLoadMargin(), options.getLoadMargin());
    checkMargin("compute_margin", schedule.getComputeMargin(), options.getComputeMargin());
  }

  private void checkMargin(String field, double stated, double required) {
    if (!(Math.abs(stated - required) <= MARGIN_ROUNDING)) {
      double excess = stated - required;
      violations.addOfSchedule(
          ViolationKind.VIOLATION_KIND_WRONG_MARGIN,
          Double.isNaN(excess) ? 0 : excess,
          "%s stated as %s, is %s".formatted(field, stated, required));
    }
  }

  private Schedule timed(Schedule schedule, List<RequiredBatch> required, boolean inTime) {
    BigInteger completion = BigInteger.ZERO;
    for (RequiredBatch batch : required) {
      completion = completion.add(batch.duration());
    }
    BigInteger slack = budget.subtract(completion).max(BigInteger.ZERO);
    Schedule.Builder timed =
        Schedule.newBuilder()
            .setCompletion(Nanoseconds.toDuration(completion))
            .setUploadMargin(options.getUploadMargin())
            .setLoadMargin(options.getLoadMargin())
            .setComputeMargin(options.getComputeMargin());
    BigInteger start = BigInteger.ZERO;
    for (int n = 0; n < required.size(); n++) {
      checkpoint.run();
      RequiredBatch batch = required.get(n);
      Batch.Builder timedBatch = timed.addBatchesBuilder();
      timedBatch
          .setModelId(schedule.getBatches(n).getModelId())
          .addAllLoadBlockIds(batch.loadBlocks())
          .setLoadBytes(batch.loadBytes())
          .setReusedBytes(batch.reusedBytes())
          .setStart(Nanoseconds.toDuration(start))
          .setUpload(Nanoseconds.toDuration(batch.upload()))
          .setLoad(Nanoseconds.toDuration(batch.load()))
          .setCompute(Nanoseconds.toDuration(batch.compute()));
      if (inTime) {
        timedBatch.setLatestStart(Nanoseconds.toDuration(start.add(slack)));
      }
      for (BandwidthGrant grant : schedule.getBatches(n).getGrantsList()) {
        timedBatch.addGrants(rated(grant));
      }
      start = start.add(batch.duration());
    }
    return timed.build();
  }

  private BandwidthGrant rated(BandwidthGrant grant) {
    Uplink uplink = index.uplink(grant.getUserId());
    BandwidthGrant.Builder rated = grant.toBuilder();
    if (timing.band().isGrid()) {
      rated.setBandwidthFraction(timing.band().fraction(grant));
    }
    return rated
        .setUploadRateBps(uplink == null ? 0 : timing.uploadRate(uplink.channel(), grant))
        .build();
  }
}
