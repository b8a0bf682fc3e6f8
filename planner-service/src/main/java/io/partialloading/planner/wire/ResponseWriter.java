// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.partialloading.planner.machine.Steps;
import io.partialloading.planner.plan.Plan;
import io.partialloading.planner.plan.Schedule;
import io.partialloading.planner.plan.ScheduledBatch;
import io.partialloading.planner.plan.UnservedUser;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.UnservedReason;
import org.jspecify.annotations.Nullable;

/** Writes a plan in the caller's words. */
public final class ResponseWriter {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final ReadRequest request;

  private ResponseWriter(ReadRequest request) {
    this.request = request;
  }

  /**
   * The answer to a request. Linear in the plan.
   *
   * @param planningTime how long planning took, in ns
   */
  public static PlanResponse write(ReadRequest request, Plan plan, long planningTime) {
    return new ResponseWriter(request).write(plan, planningTime);
  }

  private PlanResponse write(Plan plan, long planningTime) {
    Solution solution = plan.solution();
    Schedule schedule = plan.schedule();
    PlanResponse.Builder response =
        PlanResponse.newBuilder()
            .setLabel(request.label())
            .setSchedule(write(schedule))
            .setServedUserCount(solution.servedUserCount())
            .setServedUserUpperBound(solution.servedUserUpperBound())
            .setOptimality(
                solution.isProvenOptimal()
                    ? Optimality.OPTIMALITY_PROVEN
                    : Optimality.OPTIMALITY_NOT_PROVEN)
            .setAlgorithm(request.algorithm())
            .setSharingStructure(write(solution.sharingStructure()))
            .setPlanningTime(duration(planningTime))
            .setCutShort(solution.isCutShort());
    Timestamp validUntil = validUntil(schedule);
    if (validUntil != null) {
      response.setValidUntil(validUntil);
    }
    for (UnservedUser user : plan.unservedUsers()) {
      response.addUnservedUsers(write(user));
    }
    return response.build();
  }

  /** Until when the plan may start; null if the request has no instants. */
  private @Nullable Timestamp validUntil(Schedule schedule) {
    Timestamp capturedAt = request.capturedAt();
    return Instants.earlier(
        capturedAt == null ? null : Instants.later(capturedAt, schedule.slack()),
        request.channelValidUntil());
  }

  private io.partialloading.planner.v1.Schedule write(Schedule schedule) {
    io.partialloading.planner.v1.Schedule.Builder message =
        io.partialloading.planner.v1.Schedule.newBuilder()
            .setCompletion(duration(schedule.completion()))
            .setUploadMargin(request.margins().upload())
            .setLoadMargin(request.margins().load())
            .setComputeMargin(request.margins().compute());
    for (ScheduledBatch batch : schedule.batches()) {
      message.addBatches(write(batch));
    }
    return message.build();
  }

  private io.partialloading.planner.v1.Batch.Builder write(ScheduledBatch batch) {
    Steps steps = batch.steps();
    io.partialloading.planner.v1.Batch.Builder message =
        io.partialloading.planner.v1.Batch.newBuilder()
            .setModelId(request.modelIds()[batch.batch().model()])
            .setLoadBytes(steps.loadBytes())
            .setReusedBytes(steps.reusedBytes())
            .setStart(duration(steps.uploadStart()))
            .setUpload(duration(steps.upload()))
            .setLoad(duration(steps.load()))
            .setCompute(duration(steps.compute()))
            .setLatestStart(duration(batch.latestStart()));
    int[] prbCounts = batch.shares().prbCounts();
    for (int i = 0; i < batch.batch().users().length; i++) {
      int user = batch.batch().users()[i];
      double fraction = batch.shares().fractions()[i];
      BandwidthGrant.Builder grant =
          BandwidthGrant.newBuilder()
              .setUserId(request.userIds()[user])
              .setBandwidthFraction(fraction)
              .setUploadRateBps(fraction * request.fullBandRates()[user]);
      if (prbCounts.length > 0) {
        grant.setPrbCount(prbCounts[i]);
      }
      message.addGrants(grant);
    }
    for (int block : steps.loadBlocks()) {
      message.addLoadBlockIds(request.blockIds()[block]);
    }
    return message;
  }

  private io.partialloading.planner.v1.UnservedUser write(UnservedUser user) {
    io.partialloading.planner.v1.UnservedUser.Builder message =
        io.partialloading.planner.v1.UnservedUser.newBuilder()
            .setUserId(request.userIds()[user.user()]);
    switch (user.reason()) {
      case NO_CHANNEL -> message.setReason(UnservedReason.UNSERVED_REASON_NO_CHANNEL);
      case OUT_OF_REACH -> message.setReason(UnservedReason.UNSERVED_REASON_OUT_OF_REACH);
      case MODEL_EXCEEDS_GPU_MEMORY ->
          message.setReason(UnservedReason.UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY);
      case EXCEEDS_BUDGET_ALONE ->
          message
              .setReason(UnservedReason.UNSERVED_REASON_EXCEEDS_BUDGET_ALONE)
              .setShortfall(duration(user.shortfall()));
      case DISPLACED ->
          message
              .setReason(UnservedReason.UNSERVED_REASON_DISPLACED)
              .setShortfall(duration(user.shortfall()));
    }
    return message.build();
  }

  static SharingStructure write(io.partialloading.planner.sharing.SharingStructure structure) {
    return switch (structure) {
      case NONE -> SharingStructure.SHARING_STRUCTURE_NONE;
      case BOTTOM_LAYER -> SharingStructure.SHARING_STRUCTURE_BOTTOM_LAYER;
      case NESTED -> SharingStructure.SHARING_STRUCTURE_NESTED;
      case GENERAL -> SharingStructure.SHARING_STRUCTURE_GENERAL;
    };
  }

  private static Duration duration(long nanoseconds) {
    return Duration.newBuilder()
        .setSeconds(nanoseconds / NANOS_PER_SECOND)
        .setNanos((int) (nanoseconds % NANOS_PER_SECOND))
        .build();
  }
}
