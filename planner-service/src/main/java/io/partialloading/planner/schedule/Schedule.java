// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.schedule;

import java.util.List;

/**
 * A plan in time: batches one after another, without pauses, from time 0.
 *
 * @param batches the batches in their order
 * @param slack the time between completion and the latency budget, in ns, at least 0
 */
public record Schedule(List<Batch> batches, long slack) {
  public Schedule {
    batches = List.copyOf(batches);
  }

  /** When the last batch is done, in ns; 0 without batches. */
  public long completion() {
    return batches.isEmpty() ? 0 : batches.get(batches.size() - 1).completion();
  }

  /**
   * The latest start of a batch, in ns, with which it and every later batch still meet the budget.
   * All batches share the last one's deadline, so each may slip by the whole slack.
   */
  public long latestStart(Batch batch) {
    return batch.start() + slack;
  }
}
