// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import io.partialloading.planner.solve.Solution;
import java.util.List;

/**
 * The answer to an instance.
 *
 * @param solution the plan as found, and what is known about how good it is
 * @param schedule the same in time
 * @param unservedUsers all users that it leaves out, in the order of the snapshot
 */
public record Plan(Solution solution, Schedule schedule, List<UnservedUser> unservedUsers) {
  public Plan {
    unservedUsers = List.copyOf(unservedUsers);
  }
}
