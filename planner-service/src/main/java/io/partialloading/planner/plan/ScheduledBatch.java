// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import io.partialloading.planner.instance.BandwidthSharing.Shares;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Steps;

/**
 * A batch of a schedule.
 *
 * @param batch its model and users
 * @param shares the users' shares of the band, in the order of the users
 * @param steps when its steps begin and end, and what it loads
 * @param slack by how much it may start later, in ns, so that it and every later batch still
 *     complete in time
 */
public record ScheduledBatch(Batch batch, Shares shares, Steps steps, long slack) {
  /** The latest start of its upload, in ns from the start of the plan. */
  public long latestStart() {
    return steps.uploadStart() + slack;
  }
}
