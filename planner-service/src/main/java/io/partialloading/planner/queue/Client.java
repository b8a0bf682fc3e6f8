// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import java.util.concurrent.atomic.AtomicLong;

/** Somebody with jobs, such as a connection: what its jobs cost, and what it has in progress. */
public final class Client {
  /** Written under the queue's lock. */
  final Costs costs = CostModel.newCosts();

  /** The client's waiting jobs, by {@link Lane.Kind}; under the queue's lock. */
  final Line[] lines = {new Line(), new Line()};

  final AtomicLong calls = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();

  /**
   * Number of its calls that were let in and whose request has not come; under the queue's lock.
   */
  int coming;

  /** Number of its jobs that came since the last light one; under the queue's lock. */
  int heavyInRow;

  /** Number of its jobs that wait; under the queue's lock. */
  int waiting() {
    return lines[0].size() + lines[1].size();
  }
}
