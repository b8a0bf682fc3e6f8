// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.evaluate.Progress;
import io.partialloading.planner.evaluate.Setting;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress as lines for a log: one for each figure, and one now and then between them. */
final class ProgressLines implements Progress {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private WorkLeft work;
  private long lastLine;
  private String setting = "";

  /**
   * Progress told to a log.
   *
   * @param nanoTime a clock in ns
   */
  ProgressLines(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.work = new WorkLeft(0, nanoTime);
  }

  /** What is to be done, in a line. */
  static String beginning(int settings, int known, long plans) {
    return String.format(
        Locale.ROOT,
        "%d %s%s, %,d plans to be made",
        settings,
        settings == 1 ? "setting" : "settings",
        known == 0 ? "" : ", " + known + " of them measured before",
        plans);
  }

  @Override
  public synchronized void begin(int settings, int known, long plans) {
    work = new WorkLeft(plans, nanoTime);
    lastLine = nanoTime.getAsLong();
    note(beginning(settings, known, plans));
  }

  @Override
  public synchronized void note(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public synchronized void measuring(Setting next) {
    setting = next.id();
  }

  @Override
  public synchronized void made(int plans) {
    work.done(plans);
    long now = nanoTime.getAsLong();
    if (now - lastLine >= INTERVAL_NANOS) {
      lastLine = now;
      note(work.percent() + " %, measuring " + setting + work.left());
    }
  }

  @Override
  public synchronized void finished(Figure figure) {
    note("figure " + figure.id() + " done");
  }
}
