// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What becomes of the calls of one run, as it becomes known. Safe for use by several threads. Times
 * are in nanoseconds; a call is known by when it is due, counted from the end of the warm-up, and
 * one of the warm-up is due before 0 and does not count.
 */
final class LoadRecord {
  private static final int DIGITS = 3;
  private static final int DIGITS_OF_A_SECOND = 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Histogram answered = new Histogram(DIGITS);
  private final Histogram refused = new Histogram(DIGITS);
  private final Histogram failed = new Histogram(DIGITS);
  private final Histogram lateness = new Histogram(DIGITS);
  private final Map<Status.Code, Long> codes = new EnumMap<>(Status.Code.class);
  private final Map<Status.Code, String> messages = new EnumMap<>(Status.Code.class);
  private final Map<String, LoadReport.ServerShare> servers = new TreeMap<>();
  private final List<SecondRecord> seconds = new ArrayList<>();
  private final Instant began;
  private long made;
  private long notMade;
  private long over;

  /** For calls that are due for so long after the warm-up, which is over at a time. */
  LoadRecord(Instant began, Duration duration) {
    this.began = began;
    for (long begin = 0; begin < duration.toNanos(); begin += NANOS_PER_SECOND) {
      seconds.add(new SecondRecord());
    }
  }

  /** A call was made, so long after it was due. */
  synchronized void made(long due, long late) {
    if (due >= 0) {
      made++;
      lateness.recordValue(Math.max(0, late));
      second(due).due++;
    }
  }

  /** A call was not made, for too many were under way. */
  synchronized void notMade(long due) {
    if (due >= 0) {
      notMade++;
      second(due).due++;
      second(due).failed++;
    }
  }

  /** A call ended, so long after it was due. */
  synchronized void over(long due, Status status, String server, long latency) {
    if (due < 0) {
      return;
    }
    over++;
    codes.merge(status.getCode(), 1L, Long::sum);
    if (!status.isOk()) {
      messages.putIfAbsent(status.getCode(), message(status));
    }
    long nanos = Math.max(0, latency);
    SecondRecord second = second(due);
    switch (status.getCode()) {
      case OK -> {
        answered.recordValue(nanos);
        second.answered.recordValue(nanos);
        int at = (int) (due / NANOS_PER_SECOND);
        servers.merge(server, new LoadReport.ServerShare(1, at), LoadReport.ServerShare::plus);
      }
      case RESOURCE_EXHAUSTED -> {
        refused.recordValue(nanos);
        second.refused++;
      }
      default -> {
        failed.recordValue(nanos);
        second.failed++;
      }
    }
  }

  /** All that is known by now. */
  synchronized LoadReport report(Load load) {
    return new LoadReport(
        load,
        began,
        made + notMade,
        notMade,
        made - over,
        new EnumMap<>(codes),
        new EnumMap<>(messages),
        answered.copy(),
        refused.copy(),
        failed.copy(),
        lateness.copy(),
        new TreeMap<>(servers),
        seconds.stream().map(SecondRecord::report).toList());
  }

  private static String message(Status status) {
    String description = String.valueOf(status.getDescription());
    Throwable cause = status.getCause();
    return cause == null ? description : description + ": " + cause.getMessage();
  }

  private SecondRecord second(long due) {
    return seconds.get((int) (due / NANOS_PER_SECOND));
  }

  private static final class SecondRecord {
    private final Histogram answered = new Histogram(DIGITS_OF_A_SECOND);
    private long due;
    private long refused;
    private long failed;

    LoadReport.Second report() {
      return new LoadReport.Second(
          due, answered.getTotalCount(), refused, failed, Latency.of(answered));
    }
  }
}
