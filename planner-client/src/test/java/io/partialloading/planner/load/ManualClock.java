// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

/** A clock that stands still unless it is awaited or moved. */
final class ManualClock implements Clock {
  private long now = 1_000_000;

  @Override
  public long now() {
    return now;
  }

  @Override
  public void awaitUntil(long time) {
    now = Math.max(now, time);
  }

  void advance(long nanos) {
    now += nanos;
  }
}
