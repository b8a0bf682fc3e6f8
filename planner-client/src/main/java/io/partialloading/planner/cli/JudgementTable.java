// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.ScheduleViolation;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.v1.ViolationKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A judgement as people read it: whether the schedule is feasible, and what is wrong with it. */
final class JudgementTable {
  private static final String KIND_PREFIX = "VIOLATION_KIND_";

  /** Amounts beyond this are printed with an exponent. */
  private static final double MOST_PLAIN = 1e15;

  private final PlanRequest request;
  private final VerifyScheduleResponse judgement;
  private final BlockNames names;

  JudgementTable(PlanRequest request, VerifyScheduleResponse judgement) {
    this.request = request;
    this.judgement = judgement;
    this.names = new BlockNames(request.getBlockLibrary());
  }

  /** The whole text, with an empty line at its end. */
  String print(String title) {
    Text text = new Text();
    text.line(Text.printable(title));
    int violations = judgement.getViolationsCount();
    text.line(
        "  feasible    "
            + (judgement.getFeasible()
                ? "yes, keeps every constraint"
                : "no, " + violations + (violations == 1 ? " violation" : " violations")));
    text.line(
        "  served      %d of %d users"
            .formatted(judgement.getServedUserCount(), request.getUserSnapshot().getUsersCount()));
    text.line("  completion  " + completion());
    if (violations > 0) {
      violations(text.line(""));
    }
    return text.line("").toString();
  }

  private String completion() {
    Duration budget = request.getLatencyBudget();
    Duration completion = judgement.getTimedSchedule().getCompletion();
    TimeScale scale = TimeScale.upTo(budget);
    boolean late = Durations.compare(completion, budget) > 0;
    Duration rest =
        late ? Durations.subtract(completion, budget) : Durations.subtract(budget, completion);
    return "%s of %s %s, %s %s"
        .formatted(
            scale.number(completion),
            scale.number(budget),
            scale.symbol(),
            scale.number(rest),
            late ? "too late" : "to spare");
  }

  private void violations(Text text) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"batch", "user or block", "violation", "by", "what is wrong"});
    for (ScheduleViolation violation : judgement.getViolationsList()) {
      rows.add(
          new String[] {
            // Batches are numbered from 1, as in the table of a plan.
            violation.hasBatchIndex() ? Integer.toString(violation.getBatchIndex() + 1) : "all",
            Text.printable(subject(violation)),
            name(violation.getKind()),
            violation.getExcess() == 0 ? "" : amount(violation.getExcess()),
            Text.printable(violation.getDescription())
          });
    }
    text.table(rows, 1, 2, 4);
  }

  private String subject(ScheduleViolation violation) {
    if (violation.hasBlockId()) {
      return names.name(violation.getBlockId());
    }
    return violation.getUserId().isEmpty() ? "" : "user " + violation.getUserId();
  }

  /** A kind's name in the contract in small letters and words. */
  private static String name(ViolationKind kind) {
    String name = kind.name();
    String bare = name.startsWith(KIND_PREFIX) ? name.substring(KIND_PREFIX.length()) : name;
    return bare.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String amount(double excess) {
    if (Double.isNaN(excess) || Double.isInfinite(excess)) {
      return Double.toString(excess);
    }
    BigDecimal exact = new BigDecimal(excess);
    boolean whole = excess == Math.rint(excess) && Math.abs(excess) < MOST_PLAIN;
    return whole
        ? exact.toBigInteger().toString()
        : exact.round(new MathContext(6)).stripTrailingZeros().toString();
  }
}
