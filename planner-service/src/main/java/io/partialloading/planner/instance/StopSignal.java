// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.concurrent.CancellationException;

/** Tells a solver when to stop. Asked often, from one thread, so it must answer in nanoseconds. */
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
}
