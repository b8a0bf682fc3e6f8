// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import org.jspecify.annotations.Nullable;

/** Something to be done for a client, from the moment it is submitted until it is done. */
public final class Job {
  /** The shape of a job of which nothing but the size is known. */
  public static final long NO_SHAPE = 0;

  /** The patience of somebody who waits for ever. */
  public static final long FOREVER = Long.MAX_VALUE;

  final Client client;
  final Work work;
  final int bytes;
  final long shape;
  final Task task;

  // All of these under the queue's lock.
  long expected;
  boolean isHeavy;
  long needed;
  long submitted;
  long patience;
  long started;
  long workedAtStart;
  boolean startsAtOnce;
  @Nullable Lane lane;
  boolean isWaiting;

  /** What a worker does for a job: one of the two, once. Neither throws. */
  public interface Task {
    /**
     * Does the work.
     *
     * @param waited how long the job has waited, in ns
     */
    Outcome run(long waited);

    /** Says that the job waited in vain: what time is left would no longer do. */
    void refuse(Refusal refusal);
  }

  /**
   * A job.
   *
   * @param bytes size of the request
   * @param shape stands for what the cost of the work follows from, such as a hash of the models;
   *     {@link #NO_SHAPE} if that is not known
   */
  public Job(Client client, Work work, int bytes, long shape, Task task) {
    this.client = client;
    this.work = work;
    this.bytes = bytes;
    this.shape = shape;
    this.task = task;
  }

  /** How long an answer is still of use, in ns. */
  long timeLeft(long now) {
    return patience == FOREVER ? FOREVER : patience - (now - submitted);
  }
}
