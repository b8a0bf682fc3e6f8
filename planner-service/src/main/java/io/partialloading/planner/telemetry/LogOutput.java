// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.partialloading.planner.settings.Logging;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The process's log: one line a record on a stream. What exceeds {@value #LINES_PER_SECOND} lines a
 * second is counted, so that nothing that goes wrong at every call fills a disk; the lines of
 * {@link CallLog} have a limit of their own.
 */
public final class LogOutput extends Handler implements AutoCloseable {
  static final int LINES_PER_SECOND = 100;

  /**
   * Told from WARNING on: what these say below concerns the transport of single connections. Held,
   * since java.util.logging forgets the level of a logger that nobody holds.
   */
  private static final List<Logger> NOISY =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("sun.net.httpserver"));

  private static final Logger ROOT = Logger.getLogger("");
  private static final long SECOND = 1_000_000_000;

  private final OutputStream out;
  private final Handler[] replaced = ROOT.getHandlers();
  private final @Nullable Level replacedLevel = ROOT.getLevel();
  private long second;
  private int linesLeft = LINES_PER_SECOND;
  private long leftOut;

  private LogOutput(OutputStream out) {
    this.out = out;
  }

  /** Has all that the process logs written to a stream, and to nothing else. */
  public static LogOutput install(Logging settings, OutputStream out) {
    LogOutput output = new LogOutput(out);
    output.setFormatter(new LogFormat(settings.format()));
    for (Handler handler : output.replaced) {
      ROOT.removeHandler(handler);
    }
    Level level = level(settings.level());
    ROOT.setLevel(level);
    Level least = level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING;
    NOISY.forEach(logger -> logger.setLevel(least));
    ROOT.addHandler(output);
    return output;
  }

  private static Level level(Logging.Level level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARNING -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line)) {
      publish(line, System.nanoTime());
    }
  }

  /** Writes a record at some time, in ns from any moment. */
  synchronized void publish(LogRecord line, long now) {
    if (now - second >= SECOND) {
      second = now;
      linesLeft = LINES_PER_SECOND;
      if (leftOut > 0) {
        LogRecord count = new LogRecord(Level.WARNING, leftOut + " lines of the log were left out");
        count.setLoggerName(LogOutput.class.getName());
        leftOut = 0;
        write(count);
      }
    }
    if (CallLog.LOGGER.getName().equals(line.getLoggerName())) {
      write(line);
    } else if (linesLeft > 0) {
      linesLeft--;
      write(line);
    } else {
      leftOut++;
    }
  }

  private void write(LogRecord line) {
    try {
      out.write(getFormatter().format(line).getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException | RuntimeException e) {
      reportError(null, e, java.util.logging.ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public void flush() {
    // nothing is kept back
  }

  /** Leaves logging as it was before. */
  @Override
  public void close() {
    ROOT.removeHandler(this);
    ROOT.setLevel(replacedLevel);
    for (Handler handler : replaced) {
      ROOT.addHandler(handler);
    }
  }
}
