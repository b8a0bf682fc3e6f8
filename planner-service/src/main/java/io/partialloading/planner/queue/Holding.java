// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import org.jspecify.annotations.Nullable;

/** What a call holds of the calls and bytes that clients share, until it is closed. Thread-safe. */
public final class Holding {
  private final Intake intake;
  private final Client client;
  private long calls;
  private long bytes;
  private boolean isClosed;

  Holding(Intake intake, Client client) {
    this.intake = intake;
    this.client = client;
  }

  /** Counts the call as one in progress; returns why not if there are too many. */
  public synchronized @Nullable RefusalReason enter() {
    SharedQuota.Outcome outcome = intake.calls.tryTake(1, client.calls.get());
    if (outcome == SharedQuota.Outcome.TAKEN) {
      calls++;
      client.calls.incrementAndGet();
    }
    return reason(outcome, RefusalReason.CALLS);
  }

  /** Holds some bytes more; returns why not if there is no room for them. */
  public synchronized @Nullable RefusalReason add(long more) {
    if (isClosed) {
      return null;
    }
    SharedQuota.Outcome outcome = intake.bytes.tryTake(more, client.bytes.get() - bytes);
    if (outcome == SharedQuota.Outcome.TAKEN) {
      bytes += more;
      client.bytes.addAndGet(more);
    }
    return reason(outcome, RefusalReason.MEMORY);
  }

  private static @Nullable RefusalReason reason(SharedQuota.Outcome outcome, RefusalReason full) {
    return switch (outcome) {
      case TAKEN -> null;
      case FULL -> full;
      case BEYOND_SHARE -> RefusalReason.CLIENT_SHARE;
    };
  }

  /** Holds as many bytes as there are, whatever the limit. */
  public synchronized void set(long all) {
    if (!isClosed) {
      intake.bytes.adjust(all - bytes);
      client.bytes.addAndGet(all - bytes);
      bytes = all;
    }
  }

  /** Bytes held. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Gives everything back. */
  public synchronized void close() {
    set(0);
    isClosed = true;
    intake.calls.adjust(-calls);
    client.calls.addAndGet(-calls);
    calls = 0;
  }
}
