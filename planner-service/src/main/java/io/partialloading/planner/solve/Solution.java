// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.sharing.SharingStructure;
import java.util.List;

/**
 * A plan, with what is known about how good it is.
 *
 * @param batches the batches in their order; feasible
 * @param servedUserUpperBound no plan serves more users than this
 * @param sharingStructure how the requested models share blocks
 * @param isCutShort whether time was up while there was still something to try
 */
public record Solution(
    List<Batch> batches,
    int servedUserUpperBound,
    SharingStructure sharingStructure,
    boolean isCutShort) {
  public Solution {
    batches = List.copyOf(batches);
    if (servedUserCount(batches) > servedUserUpperBound) {
      throw new IllegalArgumentException(
          "bound %d is below the %d users of the plan"
              .formatted(servedUserUpperBound, servedUserCount(batches)));
    }
  }

  /** Number of users served. */
  public int servedUserCount() {
    return servedUserCount(batches);
  }

  /** Whether no plan serves more users. */
  public boolean isProvenOptimal() {
    return servedUserCount() == servedUserUpperBound;
  }

  private static int servedUserCount(List<Batch> batches) {
    int count = 0;
    for (Batch batch : batches) {
      count += batch.users().length;
    }
    return count;
  }
}
