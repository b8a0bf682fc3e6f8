// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/** Kinds of work, each with costs of its own. */
public enum Work {
  /** One plan. */
  PLAN,

  /** The plan for one snapshot of a stream. */
  SNAPSHOT,

  /** Judging a schedule. */
  VERIFICATION,

  /** Analysing a library. */
  ANALYSIS
}
