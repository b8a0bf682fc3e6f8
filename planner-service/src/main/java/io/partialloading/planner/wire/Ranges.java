// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

/**
 * Checks of single values against the ranges that the contract states. Each notes a fault at {@code
 * field} of {@code message} where the value is out of range.
 */
final class Ranges {
  /** In place of a duration that is a fault. */
  static final long NO_TIME = -1;

  /** The range of google.protobuf.Duration: 10,000 years. */
  private static final long MAX_DURATION_SECONDS = 315_576_000_000L;

  /** 0001-01-01T00:00:00Z, the first second of google.protobuf.Timestamp. */
  private static final long MIN_TIMESTAMP_SECONDS = -62_135_596_800L;

  /** 9999-12-31T23:59:59Z, the last second of google.protobuf.Timestamp. */
  static final long MAX_TIMESTAMP_SECONDS = 253_402_300_799L;

  private static final int MAX_ID_LENGTH = 1_024;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Ranges() {}

  /** Checks that an id has 1 to 1,024 characters, which are UTF-16 units. */
  static boolean isId(String id, Path message, String field, Faults faults) {
    if (id.isEmpty()) {
      faults.addMissing(message.field(field));
      return false;
    }
    if (id.length() > MAX_ID_LENGTH) {
      faults.add(
          message.field(field), "has " + id.length() + " characters, more than " + MAX_ID_LENGTH);
      return false;
    }
    return true;
  }

  /** Checks that an unsigned number of bytes is 1 to 2^63 - 1. */
  static boolean isPositive(long bytes, Path message, String field, Faults faults) {
    if (bytes == 0) {
      faults.add(message.field(field), "0 is not positive");
      return false;
    }
    return isSigned(bytes, message, field, faults);
  }

  /** Checks that an unsigned number of bytes is 0 to 2^63 - 1. */
  static boolean isSigned(long bytes, Path message, String field, Faults faults) {
    return bytes >= 0 || isSigned(bytes, message.field(field), faults);
  }

  /** Checks that an unsigned number of bytes is 0 to 2^63 - 1. */
  static boolean isSigned(long bytes, Path field, Faults faults) {
    if (bytes < 0) {
      faults.add(field, Long.toUnsignedString(bytes) + " exceeds 2^63 - 1");
      return false;
    }
    return true;
  }

  /** Checks that an entry of a table is no less than the last good one before it. */
  static boolean isNoLess(long value, long last, String unit, Path entry, Faults faults) {
    if (value < last) {
      faults.add(entry, value + " " + unit + " is less than the " + last + " before it");
      return false;
    }
    return true;
  }

  /** Checks that a number is finite and above 0. */
  static boolean isPositive(double value, Path message, String field, Faults faults) {
    if (value > 0 && value < Double.POSITIVE_INFINITY) {
      return true;
    }
    faults.add(message.field(field), value + " is not a finite number above 0");
    return false;
  }

  /** Checks that a number is finite and at least 0. */
  static boolean isNotNegative(double value, Path message, String field, Faults faults) {
    if (value >= 0 && value < Double.POSITIVE_INFINITY) {
      return true;
    }
    faults.add(message.field(field), value + " is not a finite number of at least 0");
    return false;
  }

  /** A duration in ns, above 0, or {@link #NO_TIME}. */
  static long positiveTime(Duration duration, Path message, String field, Faults faults) {
    long time = time(duration, message, field, faults);
    if (time == 0) {
      faults.add(message.field(field), "0 s is not positive");
      return NO_TIME;
    }
    return time;
  }

  /** A duration in ns, at least 0, or {@link #NO_TIME}. */
  static long time(Duration duration, Path message, String field, Faults faults) {
    long seconds = duration.getSeconds();
    int nanos = duration.getNanos();
    // Most durations by far are here, and do without a path.
    return seconds >= 0
            && seconds < Long.MAX_VALUE / NANOS_PER_SECOND
            && nanos >= 0
            && nanos < NANOS_PER_SECOND
        ? seconds * NANOS_PER_SECOND + nanos
        : time(duration, message.field(field), faults);
  }

  /** A duration in ns, at least 0, or {@link #NO_TIME}. */
  static long time(Duration duration, Path field, Faults faults) {
    long seconds = duration.getSeconds();
    int nanos = duration.getNanos();
    if (Math.abs(seconds) > MAX_DURATION_SECONDS
        || seconds == Long.MIN_VALUE
        || Math.abs(nanos) >= NANOS_PER_SECOND
        || nanos == Integer.MIN_VALUE
        || seconds > 0 && nanos < 0
        || seconds < 0 && nanos > 0) {
      faults.add(field, text(duration) + " is not a valid duration");
      return NO_TIME;
    }
    if (seconds < 0 || nanos < 0) {
      faults.add(field, text(duration) + " is negative");
      return NO_TIME;
    }
    long time = seconds * NANOS_PER_SECOND + nanos;
    if (seconds > Long.MAX_VALUE / NANOS_PER_SECOND || time < 0) {
      faults.add(field, text(duration) + " exceeds 2^63 - 1 ns");
      return NO_TIME;
    }
    return time;
  }

  /** Checks that an instant is one that google.protobuf.Timestamp allows. */
  static boolean isTimestamp(Timestamp timestamp, Path message, String field, Faults faults) {
    if (timestamp.getSeconds() < MIN_TIMESTAMP_SECONDS
        || timestamp.getSeconds() > MAX_TIMESTAMP_SECONDS
        || timestamp.getNanos() < 0
        || timestamp.getNanos() >= NANOS_PER_SECOND) {
      faults.add(
          message.field(field),
          timestamp.getSeconds()
              + " s and "
              + timestamp.getNanos()
              + " ns is not a valid timestamp");
      return false;
    }
    return true;
  }

  private static String text(Duration duration) {
    return duration.getSeconds() + " s and " + duration.getNanos() + " ns";
  }
}
