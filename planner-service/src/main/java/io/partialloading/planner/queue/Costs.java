// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/**
 * What jobs of several classes cost, learned from those that were done. For each class the time
 * that a job is expected to take, and the time it needs to be answered at all: a search takes all
 * the time its deadline leaves, and needs far less. Both are exponentially weighted means, in ns; 0
 * as long as nothing is known. Not thread-safe.
 */
final class Costs {
  /** A new time counts one eighth, as in TCP's estimate of the round trip. */
  private static final int WEIGHT_SHIFT = 3;

  /** How much of a doubted need remains: 15/16. */
  private static final int DOUBT_SHIFT = 4;

  private final long[] expected;
  private final long[] needed;
  private final boolean[] isHeavy;

  Costs(int classes) {
    this.expected = new long[classes];
    this.needed = new long[classes];
    this.isHeavy = new boolean[classes];
  }

  boolean isKnown(int index) {
    return expected[index] > 0;
  }

  long expected(int index) {
    return expected[index];
  }

  /** The time needed; 0 if that is not known. */
  long needed(int index) {
    return needed[index];
  }

  /** Whether jobs of the class count as heavy. */
  boolean isHeavy(int index) {
    return isHeavy[index];
  }

  void learn(int index, long time, Outcome outcome) {
    boolean isFirst = expected[index] == 0;
    learnTimes(index, time, outcome);
    long bound = isFirst || isHeavy[index] ? PlanningQueue.LIGHT : PlanningQueue.HEAVY;
    isHeavy[index] = expected[index] >= bound;
  }

  private void learnTimes(int index, long time, Outcome outcome) {
    boolean isLonger = time > expected[index];
    switch (outcome) {
      case ANSWERED -> {
        learn(expected, index, time);
        learn(needed, index, time);
      }
      case CUT_SHORT -> {
        learn(expected, index, time);
        if (time < needed[index]) {
          learn(needed, index, time);
        }
      }
      case UNANSWERED -> {
        if (isLonger) {
          learn(expected, index, time);
        }
        if (time > needed[index]) {
          learn(needed, index, time);
        }
      }
      case DROPPED -> {}
    }
  }

  private static void learn(long[] means, int index, long time) {
    long mean = means[index];
    long sample = Math.max(1, time);
    means[index] = mean == 0 ? sample : mean + ((sample - mean) >> WEIGHT_SHIFT);
  }

  /**
   * Lowers what is needed a little: a class whose jobs are refused for what they once needed would
   * otherwise never be tried again.
   */
  void doubt(int index) {
    needed[index] -= needed[index] >> DOUBT_SHIFT;
  }

  void forget(int index) {
    expected[index] = 0;
    needed[index] = 0;
  }
}
