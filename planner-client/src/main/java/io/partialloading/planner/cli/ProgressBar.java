// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Progress;
import io.partialloading.planner.evaluate.Setting;
import io.partialloading.planner.show.Text;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Progress as the last line of a terminal, drawn again and again. */
final class ProgressBar implements Progress {
  private static final long INTERVAL_NANOS = 100_000_000L;
  private static final int SEGMENTS = 24;

  /** Narrower than any terminal: a line that breaks cannot be drawn over. */
  private static final int WIDTH = 79;

  /** Back to the first column, and erase to the end of the line. */
  private static final String WIPE = "\r\u001B[K";

  private final PrintWriter terminal;
  private final LongSupplier nanoTime;
  private WorkLeft work;
  private long lastDrawn;
  private String setting = "";

  /**
   * Progress drawn on a terminal that knows ANSI escape sequences.
   *
   * @param nanoTime a clock in ns
   */
  ProgressBar(PrintWriter terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.work = new WorkLeft(0, nanoTime);
  }

  @Override
  public synchronized void begin(int settings, int known, long plans) {
    work = new WorkLeft(plans, nanoTime);
    note(ProgressLines.beginning(settings, known, plans));
  }

  @Override
  public synchronized void note(String line) {
    terminal.print(WIPE + line + System.lineSeparator());
    draw();
  }

  @Override
  public synchronized void measuring(Setting next) {
    setting = next.id();
    draw();
  }

  @Override
  public synchronized void made(int plans) {
    work.done(plans);
    if (nanoTime.getAsLong() - lastDrawn >= INTERVAL_NANOS) {
      draw();
    }
  }

  private void draw() {
    lastDrawn = nanoTime.getAsLong();
    int percent = work.percent();
    int filled = SEGMENTS * percent / 100;
    String line =
        "[%s%s] %3d %%  %s%s"
            .formatted(
                "#".repeat(filled), "-".repeat(SEGMENTS - filled), percent, setting, work.left());
    terminal.print(WIPE + Text.clipped(line, WIDTH));
    terminal.flush();
  }

  @Override
  public synchronized void end() {
    terminal.print(WIPE);
    terminal.flush();
  }
}
