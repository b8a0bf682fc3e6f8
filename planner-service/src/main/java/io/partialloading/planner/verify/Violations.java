// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.ScheduleViolation;
import io.partialloading.planner.v1.ViolationKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The broken constraints found so far. */
final class Violations {
  private static final int MAX_QUOTED = 48;

  /** Characters that nobody sees but by what they do to the text around them. */
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private final Runnable checkpoint;
  private final List<ScheduleViolation> found = new ArrayList<>();

  /**
   * None so far.
   *
   * @param checkpoint is run for each; throws an exception if nobody waits for the judgement
   */
  Violations(Runnable checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** An id as it may stand in a description: its beginning in quotes, all of it visible. */
  static String quoted(String id) {
    String begin = id.substring(0, Math.min(id.length(), MAX_QUOTED));
    String visible = HIDDEN.matcher(begin).replaceAll("?").replace('"', '\'');
    return '"' + visible + (begin.length() < id.length() ? "...\"" : "\"");
  }

  /** Adds one of the whole schedule. */
  void addOfSchedule(ViolationKind kind, double excess, String description) {
    found.add(violation(kind, excess, description).build());
  }

  /** Adds one of a batch. */
  void addOfBatch(ViolationKind kind, int batch, double excess, String description) {
    found.add(violation(kind, excess, description).setBatchIndex(batch).build());
  }

  /** Adds one of a user in a batch. */
  void addOfUser(ViolationKind kind, int batch, String user, double excess, String description) {
    found.add(violation(kind, excess, description).setBatchIndex(batch).setUserId(user).build());
  }

  /** Adds one of a block in a batch's load. */
  void addOfBlock(ViolationKind kind, int batch, int block, double excess, String description) {
    found.add(violation(kind, excess, description).setBatchIndex(batch).setBlockId(block).build());
  }

  private ScheduleViolation.Builder violation(
      ViolationKind kind, double excess, String description) {
    checkpoint.run();
    return ScheduleViolation.newBuilder()
        .setKind(kind)
        .setExcess(excess)
        .setDescription(description);
  }

  /** All of them: batch by batch, then those of the whole schedule. */
  List<ScheduleViolation> inOrder() {
    return found.stream()
        .sorted(
            Comparator.comparing((ScheduleViolation violation) -> !violation.hasBatchIndex())
                .thenComparingInt(ScheduleViolation::getBatchIndex))
        .toList();
  }
}
