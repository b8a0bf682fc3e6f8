// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;

/**
 * What one plan may take: a call's stop signal whose time is also up once planning has taken as
 * long as it may, and the memory there is.
 *
 * @param call the signal of the call
 * @param memory what tables are asked of
 * @param start when planning began, by {@link System#nanoTime}
 * @param limit how long it may take, in ns; not positive if its time is up from the start
 */
record PlanningLimits(StopSignal call, PlanningMemory memory, long start, long limit)
    implements StopSignal {

  /**
   * The limits of a plan that begins now.
   *
   * @param call the time of the call
   * @param limit how long the request lets each plan take, in ns
   * @param plans how many plans are still to be made, this one among them: each gets an equal part
   *     of the time that is left
   */
  static PlanningLimits of(CallTime call, PlanningMemory memory, long limit, int plans) {
    long share = call.timeLeft() / plans;
    return new PlanningLimits(call, memory, System.nanoTime(), Math.min(limit, share));
  }

  @Override
  public boolean isTimeUp() {
    return System.nanoTime() - start >= limit || call.isTimeUp();
  }

  @Override
  public boolean isCancelled() {
    return call.isCancelled();
  }

  @Override
  public void reserve(long bytes) {
    memory.take(bytes);
  }
}
