// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.grpc.Status;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.settings.Logging;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A line for each call that fails, or for all. Calls never wait for it: a thread of its own writes,
 * and what it cannot keep up with is counted. Refusals are always counted, and so are failures
 * beyond {@value #FAILURES_PER_SECOND} a second: a line a second says how many there were.
 */
final class CallLog implements AutoCloseable {
  static final int FAILURES_PER_SECOND = 10;

  /** Held, since java.util.logging forgets the level of a logger that nobody holds. */
  static final Logger LOGGER = Logger.getLogger("io.partialloading.planner.calls");

  private static final int WAITING_LINES = 4_096;
  private static final long SECOND = 1_000_000_000;
  private static final long CLOSE_MILLISECONDS = 2_000;

  private final Logging.Calls calls;
  private final BlockingQueue<CallLine> lines = new ArrayBlockingQueue<>(WAITING_LINES);
  private final AtomicInteger failuresLeft = new AtomicInteger(FAILURES_PER_SECOND);
  private final AtomicLongArray refusals = new AtomicLongArray(RefusalReason.values().length);
  private final AtomicLongArray unwritten = new AtomicLongArray(Status.Code.values().length);
  private volatile boolean isClosed;
  private @Nullable Thread thread;

  CallLog(Logging.Calls calls) {
    this.calls = calls;
    // What --log-calls asks for is written whatever --log-level says.
    LOGGER.setLevel(calls == Logging.Calls.ALL ? Level.FINE : null);
  }

  /** Begins to write. */
  synchronized void start() {
    Thread writer = new Thread(this::write, "call-log");
    writer.setDaemon(true);
    writer.start();
    thread = writer;
  }

  /** A call, or a snapshot of a stream, has ended. */
  void ended(CallLine line) {
    if (calls == Logging.Calls.NONE || line.isOk() && calls != Logging.Calls.ALL) {
      return;
    }
    boolean isWritten =
        (line.isOk() || failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0)
            && lines.offer(line);
    if (!isWritten) {
      unwritten.incrementAndGet(line.code().ordinal());
    }
  }

  /** A request was refused. */
  void refused(RefusalReason reason) {
    if (calls != Logging.Calls.NONE) {
      refusals.incrementAndGet(reason.ordinal());
    }
  }

  private void write() {
    long lastCounts = System.nanoTime();
    try {
      while (!isClosed) {
        CallLine line = lines.poll(SECOND - (System.nanoTime() - lastCounts), TimeUnit.NANOSECONDS);
        if (line != null) {
          write(line);
        }
        if (System.nanoTime() - lastCounts >= SECOND) {
          lastCounts = System.nanoTime();
          writeCounts();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close writes the rest
    }
  }

  /** Writes the lines that wait. */
  void writeLines() {
    for (CallLine line = lines.poll(); line != null; line = lines.poll()) {
      write(line);
    }
  }

  private static void write(CallLine line) {
    Level level = line.isOk() ? Level.FINE : line.isServerFault() ? Level.WARNING : Level.INFO;
    log(level, line.isOk() ? "call answered" : "call failed", line.fields());
  }

  /** Writes what was counted since the last time, and lets failures have lines again. */
  void writeCounts() {
    failuresLeft.set(FAILURES_PER_SECOND);
    Map<String, Object> refused = new LinkedHashMap<>();
    for (RefusalReason reason : RefusalReason.values()) {
      count(refused, Labels.of(reason), refusals.getAndSet(reason.ordinal(), 0));
    }
    if (!refused.isEmpty()) {
      log(Level.WARNING, "requests refused, the server is busy", refused);
    }
    Map<String, Object> more = new LinkedHashMap<>();
    for (Status.Code code : Status.Code.values()) {
      count(more, code.name(), unwritten.getAndSet(code.ordinal(), 0));
    }
    if (!more.isEmpty()) {
      log(Level.WARNING, "more calls ended, without a line each", more);
    }
  }

  private static void count(Map<String, Object> counts, String name, long count) {
    if (count > 0) {
      counts.put(name, count);
    }
  }

  private static void log(Level level, String message, Map<String, Object> fields) {
    LogRecord line = new LogRecord(level, message);
    line.setLoggerName(LOGGER.getName());
    line.setParameters(new Object[] {new LogFields(fields)});
    LOGGER.log(line);
  }

  /** Writes what is left, and ends. */
  @Override
  public void close() {
    Thread writer;
    synchronized (this) {
      writer = thread;
      thread = null;
    }
    isClosed = true;
    if (writer != null) {
      writer.interrupt();
      try {
        writer.join(CLOSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    writeLines();
    writeCounts();
  }
}
