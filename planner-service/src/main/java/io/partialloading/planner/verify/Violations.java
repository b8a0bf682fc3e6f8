// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import com.google.protobuf.MessageLite;
import io.partialloading.planner.v1.ScheduleViolation;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.v1.ViolationKind;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The broken constraints found so far. */
final class Violations {
  /** Ids that people and systems use are shorter. */
  private static final int MAX_ID_LENGTH = 48;

  private final Pace pace;
  private final List<List<ScheduleViolation>> ofBatches = new ArrayList<>();
  private final List<ScheduleViolation> ofSchedule = new ArrayList<>();
  private int count;

  Violations(Pace pace) {
    this.pace = pace;
  }

  /** Adds one of the whole schedule. */
  void addOfSchedule(ViolationKind kind, double excess, String description) {
    ofSchedule.add(violation(kind, excess, description).build());
    count++;
  }

  /** Adds one of a batch. */
  void addOfBatch(ViolationKind kind, int batch, double excess, String description) {
    addOfBatch(batch, violation(kind, excess, description));
  }

  /** Adds one of a user in a batch. */
  void addOfUser(ViolationKind kind, int batch, String user, double excess, String description) {
    addOfBatch(batch, violation(kind, excess, description).setUserId(user));
  }

  /** Adds one of a block in a batch's load. */
  void addOfBlock(ViolationKind kind, int batch, int block, double excess, String description) {
    addOfBatch(batch, violation(kind, excess, description).setBlockId(block));
  }

  private ScheduleViolation.Builder violation(
      ViolationKind kind, double excess, String description) {
    pace.check();
    return ScheduleViolation.newBuilder()
        .setKind(kind)
        .setExcess(excess)
        .setDescription(description);
  }

  private void addOfBatch(int batch, ScheduleViolation.Builder violation) {
    while (ofBatches.size() <= batch) {
      ofBatches.add(new ArrayList<>());
    }
    ofBatches.get(batch).add(measured(violation.setBatchIndex(batch).build()));
    count++;
  }

  /** A part of an answer that knows its size: that of the whole is then found in little time. */
  static <T extends MessageLite> T measured(T part) {
    part.getSerializedSize(); // which it remembers
    return part;
  }

  /** An id as it may appear in a description: cut after 48 UTF-16 units. */
  static String cut(String id) {
    if (id.length() <= MAX_ID_LENGTH) {
      return id;
    }
    int end = MAX_ID_LENGTH - (Character.isHighSurrogate(id.charAt(MAX_ID_LENGTH - 1)) ? 1 : 0);
    return id.substring(0, end) + "...";
  }

  /** Whether no constraint is broken. */
  boolean isEmpty() {
    return count == 0;
  }

  /** Writes all of them: batch by batch, then those of the whole schedule. */
  void writeTo(VerifyScheduleResponse.Builder response) {
    // All at once, because a list of a million takes long whenever it grows.
    response.addAllViolations(
        new AbstractCollection<>() {
          @Override
          public int size() {
            return count;
          }

          @Override
          public Iterator<ScheduleViolation> iterator() {
            return Stream.concat(ofBatches.stream(), Stream.of(ofSchedule))
                .flatMap(List::stream)
                .peek(violation -> pace.step())
                .iterator();
          }
        });
  }
}
