// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Timestamp;
import org.jspecify.annotations.Nullable;

/** Reckons with valid instants. */
final class Instants {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Instants() {}

  /** An instant some ns later, at least 0, but at most the last that a timestamp can say. */
  static Timestamp later(Timestamp instant, long nanoseconds) {
    long nanos = instant.getNanos() + nanoseconds % NANOS_PER_SECOND;
    long seconds = instant.getSeconds() + nanoseconds / NANOS_PER_SECOND + nanos / NANOS_PER_SECOND;
    boolean beyond = seconds > Ranges.MAX_TIMESTAMP_SECONDS;
    return Timestamp.newBuilder()
        .setSeconds(beyond ? Ranges.MAX_TIMESTAMP_SECONDS : seconds)
        .setNanos((int) (beyond ? NANOS_PER_SECOND - 1 : nanos % NANOS_PER_SECOND))
        .build();
  }

  /** The earlier of two instants, or the one there is. */
  static @Nullable Timestamp earlier(@Nullable Timestamp one, @Nullable Timestamp other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    boolean isBefore =
        one.getSeconds() == other.getSeconds()
            ? one.getNanos() <= other.getNanos()
            : one.getSeconds() < other.getSeconds();
    return isBefore ? one : other;
  }
}
