// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

/** Counts the steps of a judgement, and asks several times a millisecond whether it is wanted. */
final class Pace {
  private static final int STEPS_BETWEEN_CHECKPOINTS = 256;

  private final Runnable checkpoint;
  private int steps;

  /**
   * Counts from 0.
   *
   * @param checkpoint throws an exception if nobody waits for the judgement any more
   */
  Pace(Runnable checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** Notes a step of some tens of nanoseconds, such as a look into a hash table. */
  void step() {
    steps++;
    if (steps >= STEPS_BETWEEN_CHECKPOINTS) {
      check();
    }
  }

  /** Notes that what comes next takes a microsecond or more. */
  void check() {
    steps = 0;
    checkpoint.run();
  }
}
