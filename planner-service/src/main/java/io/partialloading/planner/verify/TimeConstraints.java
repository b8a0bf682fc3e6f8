// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BATCHES_OVERLAP;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BUDGET_EXCEEDED;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_WRONG_LATEST_START;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_WRONG_TIME;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Schedule;
import java.math.BigInteger;
import java.util.List;

/**
 * When batches run: one after another, each for as long as it takes, within the latency budget (2).
 *
 * <p>Stated times may be off by {@link #TOLERANCE} each. The budget is kept exactly: neither the
 * stated completion nor the one that follows from the request may exceed it, the latter but for the
 * rounding of an arithmetic with doubles, which it itself does without.
 */
final class TimeConstraints {
  /** How far a stated time may be from what follows, in ns. */
  private static final BigInteger TOLERANCE = BigInteger.valueOf(1_000);

  /** Bits of a time that several roundings of doubles leave right. */
  private static final int PRECISE_BITS = 48;

  private final BigInteger budget;
  private final Violations violations;
  private final Runnable checkpoint;

  TimeConstraints(BigInteger budget, Violations violations, Runnable checkpoint) {
    this.budget = budget;
    this.violations = violations;
    this.checkpoint = checkpoint;
  }

  /**
   * Judges a schedule.
   *
   * @param required what follows for each of its batches
   * @return whether it keeps the budget
   */
  boolean check(Schedule schedule, List<RequiredBatch> required) {
    BigInteger end = BigInteger.ZERO; // as stated, so that one wrong time is not blamed on others
    BigInteger timedEnd = BigInteger.ZERO;
    BigInteger rounding = BigInteger.ZERO;
    for (int n = 0; n < required.size(); n++) {
      checkpoint.run();
      Batch batch = schedule.getBatches(n);
      checkStart(n, Nanoseconds.of(batch.getStart()), end);
      checkDurations(n, batch, required.get(n));
      end =
          Nanoseconds.of(batch.getStart())
              .add(Nanoseconds.of(batch.getUpload()))
              .add(Nanoseconds.of(batch.getLoad()))
              .add(Nanoseconds.of(batch.getCompute()));
      timedEnd = timedEnd.add(required.get(n).duration());
      // For each user one of its upload and, under a margin, one of its computing; two for each
      // stage of a load; one for the batch's computing.
      rounding = rounding.add(BigInteger.valueOf(2L * batch.getGrantsCount() + 5));
    }
    rounding = rounding.add(timedEnd.shiftRight(PRECISE_BITS));

    BigInteger completion = Nanoseconds.of(schedule.getCompletion());
    if (differ(completion, end)) {
      violations.addOfSchedule(
          VIOLATION_KIND_WRONG_TIME,
          completion.subtract(end).doubleValue(),
          "completion stated as %d ns, the last batch ends at %d ns".formatted(completion, end));
    }
    BigInteger latest = completion.max(timedEnd.subtract(rounding));
    if (latest.compareTo(budget) > 0) {
      BigInteger excess = completion.max(timedEnd).subtract(budget);
      violations.addOfSchedule(
          VIOLATION_KIND_BUDGET_EXCEEDED,
          excess.doubleValue(),
          "completes %d ns after the latency budget".formatted(excess));
      return false;
    }
    checkLatestStarts(schedule, required, timedEnd, rounding);
    return true;
  }

  private void checkStart(int n, BigInteger start, BigInteger previousEnd) {
    if (differ(start, previousEnd)) {
      BigInteger excess = start.subtract(previousEnd);
      violations.addOfBatch(
          n > 0 && excess.signum() < 0 ? VIOLATION_KIND_BATCHES_OVERLAP : VIOLATION_KIND_WRONG_TIME,
          n,
          excess.doubleValue(),
          "starts at %d ns, the batch before ends at %d ns".formatted(start, previousEnd));
    }
  }

  private void checkDurations(int n, Batch batch, RequiredBatch required) {
    if (required.uploadKnown()) {
      checkDuration(n, "upload", batch.getUpload(), required.leastUpload(), required.upload());
    }
    if (required.modelKnown()) {
      checkDuration(n, "load", batch.getLoad(), required.load(), required.load());
    }
    if (required.computeKnown()) {
      checkDuration(n, "compute", batch.getCompute(), required.compute(), required.compute());
    }
  }

  private void checkDuration(
      int n, String field, Duration duration, BigInteger least, BigInteger most) {
    BigInteger stated = Nanoseconds.of(duration);
    BigInteger nearest = stated.max(least).min(most);
    if (differ(stated, nearest)) {
      violations.addOfBatch(
          VIOLATION_KIND_WRONG_TIME,
          n,
          stated.subtract(most).doubleValue(),
          "%s stated as %d ns, takes %d ns".formatted(field, stated, most));
    }
  }

  private void checkLatestStarts(
      Schedule schedule, List<RequiredBatch> required, BigInteger timedEnd, BigInteger rounding) {
    BigInteger remaining = timedEnd; // time from the start of batch n to the end
    for (int n = 0; n < required.size(); n++) {
      checkpoint.run();
      Batch batch = schedule.getBatches(n);
      BigInteger latestStart = Nanoseconds.of(batch.getLatestStart());
      BigInteger start = Nanoseconds.of(batch.getStart());
      BigInteger allowed = budget.subtract(remaining);
      if (latestStart.add(TOLERANCE).compareTo(start) < 0) {
        violations.addOfBatch(
            VIOLATION_KIND_WRONG_LATEST_START,
            n,
            latestStart.subtract(start).doubleValue(),
            "latest start %d ns is before the start %d ns".formatted(latestStart, start));
      } else if (latestStart.compareTo(allowed.add(TOLERANCE).add(rounding)) > 0) {
        violations.addOfBatch(
            VIOLATION_KIND_WRONG_LATEST_START,
            n,
            latestStart.subtract(allowed).doubleValue(),
            "latest start %d ns leaves too little time, at most %d ns does"
                .formatted(latestStart, allowed));
      }
      remaining = remaining.subtract(required.get(n).duration());
    }
  }

  private static boolean differ(BigInteger a, BigInteger b) {
    return a.subtract(b).abs().compareTo(TOLERANCE) > 0;
  }
}
