// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

/** The memory that planning may take. */
@FunctionalInterface
interface PlanningMemory {
  /** As much as there is. */
  PlanningMemory UNBOUNDED = bytes -> {};

  /**
   * Takes some, until the call or the snapshot is answered.
   *
   * @throws RefusedException if there is not so much
   */
  void take(long bytes);
}
