// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.SharingStructure;
import java.util.List;

/**
 * A plan as its visits, with what is known about how good it is.
 *
 * @param visits the models in the order they are visited, each at most once; feasible
 * @param servedUserUpperBound no plan serves more users than this
 * @param sharingStructure how the requested models share blocks
 * @param isCutShort whether time was up while there was still something to try
 */
public record Solution(
    List<Visit> visits,
    int servedUserUpperBound,
    SharingStructure sharingStructure,
    boolean isCutShort) {
  public Solution {
    visits = List.copyOf(visits);
    if (servedUserCount(visits) > servedUserUpperBound) {
      throw new IllegalArgumentException(
          "bound %d is below the %d users of %s"
              .formatted(servedUserUpperBound, servedUserCount(visits), visits));
    }
  }

  /** A solution that took all the time it wanted. */
  public Solution(List<Visit> visits, int servedUserUpperBound, SharingStructure sharingStructure) {
    this(visits, servedUserUpperBound, sharingStructure, false);
  }

  /** Number of users served. */
  public int servedUserCount() {
    return servedUserCount(visits);
  }

  /** Whether no plan serves more users. */
  public boolean isProvenOptimal() {
    return servedUserCount() == servedUserUpperBound;
  }

  private static int servedUserCount(List<Visit> visits) {
    int count = 0;
    for (Visit visit : visits) {
      count += visit.count();
    }
    return count;
  }
}
