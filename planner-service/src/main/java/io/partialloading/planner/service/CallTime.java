// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.queue.Job;
import java.util.OptionalLong;

/** The time that a call has: a stop signal, and what is kept back of the call's deadline. */
interface CallTime extends StopSignal {
  /**
   * How long it is until time is up, in ns, negative if it was up before; {@link Job#FOREVER}
   * without a deadline.
   */
  long timeLeft();

  /**
   * From now on has time be up before the deadline by what follows planning.
   *
   * @param network what the network takes, in ns, at least 0; empty if the caller does not say
   * @param work what is still to be done then, in ns, at least 0
   */
  void keepBack(OptionalLong network, long work);

  /** The time of a call without a deadline that a signal may end. */
  static CallTime of(StopSignal stop) {
    return new CallTime() {
      @Override
      public long timeLeft() {
        return Job.FOREVER;
      }

      @Override
      public void keepBack(OptionalLong network, long work) {}

      @Override
      public boolean isTimeUp() {
        return stop.isTimeUp();
      }

      @Override
      public boolean isCancelled() {
        return stop.isCancelled();
      }

      @Override
      public void reserve(long bytes) {
        stop.reserve(bytes);
      }
    };
  }
}
