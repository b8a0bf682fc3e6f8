// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/** The calls in progress and the bytes they hold, both bounded. Thread-safe. */
public final class Intake {
  final SharedQuota calls;
  final SharedQuota bytes;

  /** An intake within limits. */
  public Intake(LoadLimits limits) {
    this.calls = new SharedQuota(limits.calls());
    this.bytes = new SharedQuota(limits.bytes());
  }

  /** What a new call of a client holds: nothing so far. */
  public Holding open(Client client) {
    return new Holding(this, client);
  }

  /** Number of calls in progress. */
  public long callsInProgress() {
    return calls.taken();
  }

  /** Bytes that calls in progress hold. */
  public long bytesHeld() {
    return bytes.taken();
  }

  /** Most bytes that a single call may hold. */
  public long largestHolding() {
    return bytes.limit();
  }
}
