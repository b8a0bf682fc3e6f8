// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;

/**
 * What one plan may take: a call's stop signal whose time is also up once planning has taken as
 * long as the request allows, and the memory there is.
 *
 * @param call the signal of the call
 * @param memory what tables are asked of
 * @param start when planning began, by {@link System#nanoTime}
 * @param limit how long it may take, in ns
 */
record PlanningLimits(StopSignal call, PlanningMemory memory, long start, long limit)
    implements StopSignal {
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
