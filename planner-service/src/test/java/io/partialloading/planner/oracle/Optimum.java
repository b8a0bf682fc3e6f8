// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

/**
 * The best that a plan can do.
 *
 * @param servedUserCount the most users that can be served within the budget
 * @param completion the least completion time of a plan that serves that many, in ns
 */
record Optimum(int servedUserCount, long completion) {
  /** Serving nobody. */
  static final Optimum NONE = new Optimum(0, 0);

  boolean isBetterThan(Optimum other) {
    return servedUserCount > other.servedUserCount
        || (servedUserCount == other.servedUserCount && completion < other.completion);
  }
}
