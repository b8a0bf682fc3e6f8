// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.ScheduleViolation;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A judgement as people read it: whether the schedule is feasible, and what is wrong with it. */
public final class JudgementTable {
  /** Amounts beyond this are printed with an exponent. */
  private static final double MOST_PLAIN = 1e15;

  private final PlanRequest request;
  private final VerifyScheduleResponse judgement;
  private final BlockNames names;

  /** What a judgement says of a schedule for a request. */
  public JudgementTable(PlanRequest request, VerifyScheduleResponse judgement) {
    this.request = request;
    this.judgement = judgement;
    this.names = new BlockNames(request.getBlockLibrary());
  }

  /** The whole text, with an empty line at its end. */
  public String print(String title) {
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
    double budget = Unit.nanoseconds(request.getLatencyBudget());
    double completion = Unit.nanoseconds(judgement.getTimedSchedule().getCompletion());
    Unit unit = Unit.ofColumn(budget);
    return "%s of %s %s, %s %s"
        .formatted(
            unit.column(completion),
            unit.column(budget),
            unit.asciiSymbol(),
            unit.column(Math.abs(budget - completion)),
            completion > budget ? "too late" : "to spare");
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
            Text.bareName(violation.getKind(), "VIOLATION_KIND_").replace('-', ' '),
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
