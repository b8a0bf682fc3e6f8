// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.instance.StopSignal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;

/**
 * Bytes in memory that are read only as long as somebody waits for what is made of them: each read
 * throws a {@link CancellationException} if nobody does.
 */
final class PolledStream extends FilterInputStream {
  /** Copied in some microseconds. */
  private static final int MOST_AT_ONCE = 1 << 16;

  private final StopSignal stop;

  PolledStream(InputStream in, StopSignal stop) {
    super(in);
    this.stop = stop;
  }

  @Override
  public int read() throws IOException {
    stop.throwIfCancelled();
    return in.read();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    stop.throwIfCancelled();
    return in.read(into, from, Math.min(length, MOST_AT_ONCE));
  }
}
