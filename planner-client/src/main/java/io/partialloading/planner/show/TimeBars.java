// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import java.util.Arrays;

/**
 * Batches over a span of time, drawn in one line of characters, with room for a mark at its end.
 */
final class TimeBars {
  /** The characters of the steps. */
  private static final char[] STEPS = {'u', '=', 'c'};

  /** What the characters mean. */
  static final String LEGEND = "u upload, = load, c compute";

  private final double from;
  private final double columnNanoseconds;
  private final int width;
  private final char[] columns;

  /**
   * An empty line.
   *
   * @param from where it begins, in nanoseconds
   * @param columnNanoseconds how much time a character stands for
   * @param width number of characters, without the mark at the end
   */
  TimeBars(double from, double columnNanoseconds, int width) {
    this.from = from;
    this.columnNanoseconds = columnNanoseconds;
    this.width = width;
    this.columns = new char[width + 1];
    Arrays.fill(this.columns, ' ');
  }

  /** Draws what of a batch is in the span. Steps end at the nearest column. */
  TimeBars draw(BatchTimes batch) {
    for (int i = 0; i < STEPS.length; i++) {
      BatchTimes.Step step = batch.steps().get(i);
      Arrays.fill(columns, column(step.begin()), column(step.end()), STEPS[i]);
    }
    return this;
  }

  /** Draws a batch, if it is too short for a column as the longest of its steps. */
  TimeBars drawVisibly(BatchTimes batch) {
    draw(batch);
    int start = column(batch.start());
    if (start == column(batch.end()) && batch.end() > batch.start()) {
      columns[Math.min(start, width - 1)] = longestStep(batch);
    }
    return this;
  }

  /** Of steps that take as long as each other, it is the load, and then computing. */
  private static char longestStep(BatchTimes batch) {
    double longest = batch.longest();
    int step =
        batch.load().duration() == longest ? 1 : batch.compute().duration() == longest ? 2 : 0;
    return STEPS[step];
  }

  /** Writes over the beginning of a batch that is in the span, where the batch is longer. */
  TimeBars mark(BatchTimes batch, String text) {
    int start = column(batch.start());
    if (batch.start() >= from && column(batch.end()) - start > text.length()) {
      text.getChars(0, text.length(), columns, start);
    }
    return this;
  }

  /** Writes at a time in the span or at its end, where nothing is drawn. */
  TimeBars mark(double nanoseconds, char mark) {
    int column = column(nanoseconds);
    boolean isBeyond = nanoseconds > from + (width + 0.5) * columnNanoseconds;
    if (!isBeyond && columns[column] == ' ') {
      columns[column] = mark;
    }
    return this;
  }

  private int column(double nanoseconds) {
    long column = Math.round((nanoseconds - from) / columnNanoseconds);
    return (int) Math.min(Math.max(column, 0), width);
  }

  @Override
  public String toString() {
    return new String(columns);
  }
}
