// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import io.grpc.Status;

/** Makes calls without waiting for their answers. */
public interface Caller {
  /**
   * Makes one call.
   *
   * @param number which call it is, from 0; decides which request is sent where
   * @param answer is told once what became of it
   */
  void call(long number, Answer answer);

  /** What becomes of a call. */
  interface Answer {
    /**
     * The call is over.
     *
     * @param status how it ended
     * @param server the server that ended it; empty if none is known
     * @param at when, by the clock of the run
     */
    void over(Status status, String server, long at);
  }
}
