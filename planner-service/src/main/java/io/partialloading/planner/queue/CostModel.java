// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/**
 * Predicts what jobs cost from those that were done: by shape where jobs of the same shape were
 * seen, else by kind of work and size, for the client, else for all. Not thread-safe.
 */
final class CostModel {
  /** Sizes by the number of their bits. */
  private static final int SIZES = Integer.SIZE;

  /** Shapes remembered; a new one takes the place of another. */
  private static final int SHAPES = 1 << 12;

  /**
   * What a job is thought to cost when nothing is known: a plan at paper scale has 13 kB and takes
   * 0.1 to 0.3 ms.
   */
  private static final long FIRST_GUESS = 50_000;

  private static final long FIRST_GUESS_PER_BYTE = 10;

  private final Costs general = newCosts();
  private final Costs shapes = new Costs(SHAPES);
  private final long[] shapeOf = new long[SHAPES];

  /** Costs by kind of work and size. */
  static Costs newCosts() {
    return new Costs(Work.values().length * SIZES);
  }

  /** Writes into a job what it is expected to take and to need. */
  void predict(Job job) {
    if (isShapeKnown(job)) {
      predict(job, shapes, shapeIndex(job));
    } else if (job.client.costs.isKnown(sizeIndex(job))) {
      predict(job, job.client.costs, sizeIndex(job));
    } else {
      predict(job, general, sizeIndex(job));
    }
  }

  private static void predict(Job job, Costs costs, int index) {
    long guess = FIRST_GUESS + FIRST_GUESS_PER_BYTE * job.bytes;
    boolean isKnown = costs.isKnown(index);
    job.expected = isKnown ? costs.expected(index) : guess;
    job.isHeavy = isKnown ? costs.isHeavy(index) : guess >= PlanningQueue.LIGHT;
    job.needed = costs.needed(index) > 0 ? costs.needed(index) : Math.min(guess, job.expected);
  }

  /** Learns from a job that was done in some time. */
  void learn(Job job, long time, Outcome outcome) {
    if (outcome == Outcome.DROPPED) {
      return;
    }
    general.learn(sizeIndex(job), time, outcome);
    job.client.costs.learn(sizeIndex(job), time, outcome);
    if (job.shape != Job.NO_SHAPE) {
      int index = shapeIndex(job);
      if (shapeOf[index] != job.shape) {
        shapeOf[index] = job.shape;
        shapes.forget(index);
      }
      shapes.learn(index, time, outcome);
    }
  }

  /** Lowers the need that was predicted for a job that is refused because of it. */
  void doubt(Job job) {
    if (isShapeKnown(job)) {
      shapes.doubt(shapeIndex(job));
    } else if (job.client.costs.isKnown(sizeIndex(job))) {
      job.client.costs.doubt(sizeIndex(job));
    } else {
      general.doubt(sizeIndex(job));
    }
  }

  private boolean isShapeKnown(Job job) {
    return job.shape != Job.NO_SHAPE
        && shapeOf[shapeIndex(job)] == job.shape
        && shapes.isKnown(shapeIndex(job));
  }

  private static int shapeIndex(Job job) {
    return Long.hashCode(job.shape) & (SHAPES - 1);
  }

  private static int sizeIndex(Job job) {
    return job.work.ordinal() * SIZES + SIZES - 1 - Integer.numberOfLeadingZeros(job.bytes | 1);
  }
}
