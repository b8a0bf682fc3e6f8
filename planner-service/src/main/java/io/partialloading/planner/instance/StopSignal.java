// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.concurrent.CancellationException;

/**
 * Tells a solver when to stop, and whether there is memory for what it makes. Asked often, from one
 * thread, so it must answer in nanoseconds.
 */
public interface StopSignal {
  /** Never stops. */
  StopSignal NEVER =
      new StopSignal() {
        @Override
        public boolean isTimeUp() {
          return false;
        }

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /** Whether the best plan found so far is wanted now. */
  boolean isTimeUp();

  /** Whether nobody waits for a plan any more. */
  boolean isCancelled();

  /**
   * Ends the calculation if nobody waits for it.
   *
   * @throws CancellationException if {@link #isCancelled()}
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException();
    }
  }

  /**
   * Asks for memory before large tables are made, to be kept until the plan is there. There is
   * enough unless this throws.
   *
   * @param bytes so many, at least 0
   */
  default void reserve(long bytes) {}
}
