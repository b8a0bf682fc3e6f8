// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import java.util.ArrayDeque;
import java.util.Comparator;

/** The jobs of one client that wait in one lane, first come, first served. */
final class Line {
  /** Whose turn is next: of equals, who came first. */
  static final Comparator<Line> TURN =
      Comparator.<Line>comparingLong(line -> line.tag).thenComparingLong(line -> line.order);

  private final ArrayDeque<Job> jobs = new ArrayDeque<>(2);

  /** Virtual time at which the client's next job starts. */
  long tag;

  /** What the client's jobs took beyond what they were charged for. */
  long debt;

  /** When the client began to wait, as a number. */
  long order;

  /** What the waiting jobs are expected to take, in ns. */
  long work;

  int size() {
    return jobs.size();
  }

  boolean isEmpty() {
    return jobs.isEmpty();
  }

  void add(Job job) {
    jobs.add(job);
    work += job.expected;
  }

  Job poll() {
    Job job = jobs.remove();
    work -= job.expected;
    return job;
  }

  void remove(Job job) {
    if (jobs.remove(job)) {
      work -= job.expected;
    }
  }
}
