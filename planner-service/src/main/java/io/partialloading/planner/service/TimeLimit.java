// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;

/** A stop signal whose time is also up once planning has taken as long as the request allows. */
final class TimeLimit implements StopSignal {
  private final StopSignal call;
  private final long start;
  private final long limit;

  /**
   * A limit.
   *
   * @param call the signal of the call
   * @param start when planning began, by {@link System#nanoTime}
   * @param limit how long it may take, in ns
   */
  TimeLimit(StopSignal call, long start, long limit) {
    this.call = call;
    this.start = start;
    this.limit = limit;
  }

  @Override
  public boolean isTimeUp() {
    return System.nanoTime() - start >= limit || call.isTimeUp();
  }

  @Override
  public boolean isCancelled() {
    return call.isCancelled();
  }
}
