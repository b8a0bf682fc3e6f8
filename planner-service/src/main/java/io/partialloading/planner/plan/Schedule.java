// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import io.partialloading.planner.instance.BandwidthSharing.Shares;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan in time.
 *
 * @param batches the batches in their order
 * @param slack the time between completion and the latency budget, in ns, at least 0
 */
public record Schedule(List<ScheduledBatch> batches, long slack) {
  public Schedule {
    batches = List.copyOf(batches);
  }

  /**
   * The schedule of what a machine has run: steps, and shares of the band (12). Linear in the users
   * served and the blocks of the batches' models.
   *
   * @throws IllegalArgumentException if it does not keep the latency budget
   */
  static Schedule of(Machine machine, StopSignal stop) {
    Instance instance = machine.instance();
    long slack = instance.budget() - machine.completion();
    if (slack < 0) {
      throw new IllegalArgumentException(
          "%d batches complete %d ns after the budget of %d ns"
              .formatted(machine.size(), -slack, instance.budget()));
    }
    List<ScheduledBatch> batches = new ArrayList<>(machine.size());
    for (int n = 0; n < machine.size(); n++) {
      stop.throwIfCancelled();
      Batch batch = machine.batch(n);
      Shares shares = instance.bandwidthSharing().shares(machine.unitTimes(batch.users()));
      // All batches share the last one's deadline, so each may slip by the whole slack.
      batches.add(new ScheduledBatch(batch, shares, machine.steps(n), slack));
    }
    return new Schedule(batches, slack);
  }

  /** When the last batch is done, in ns; 0 without batches. */
  public long completion() {
    return batches.isEmpty() ? 0 : batches.get(batches.size() - 1).steps().completion();
  }
}
