// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.draw.BatchTimes;
import io.partialloading.planner.draw.PlanTimes;
import io.partialloading.planner.draw.TimeAxis;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.util.List;

/**
 * A schedule as a Gantt chart of characters, as wide as the terminal: a row for each batch up to
 * the budget, or, of many batches, all after one another in as many lines as give each about ten
 * characters.
 */
final class TextTimeline {
  /** Narrower terminals show too little. */
  static final int MIN_COLUMNS = 80;

  private static final int MAX_COLUMNS = 200;
  private static final int MAX_ROWS = 40;
  private static final int MAX_MODEL_WIDTH = 16;
  private static final int COLUMNS_PER_TICK = 10;
  private static final int COLUMNS_PER_BATCH = 10;
  private static final int TIME_WIDTH = 7;
  private static final int BUDGET_WIDTH = 1;
  private static final char BUDGET = '|';
  private static final String LEGEND =
      " a character: " + TimeBars.LEGEND + ", " + BUDGET + " budget";

  private final List<Batch> batches;
  private final PlanTimes times;
  private final int columns;

  /**
   * A timeline.
   *
   * @param columns how wide the text may be, at least {@link #MIN_COLUMNS}
   */
  TextTimeline(PlanRequest request, PlanResponse response, int columns) {
    this.batches = response.getSchedule().getBatchesList();
    this.times = PlanTimes.of(request, response);
    this.columns = Math.min(columns, MAX_COLUMNS);
  }

  void print(Text text) {
    if (batches.size() <= MAX_ROWS) {
      rows(text);
    } else {
      lines(text);
    }
  }

  private void rows(Text text) {
    int modelWidth =
        Math.min(
            batches.stream().mapToInt(batch -> batch.getModelId().length()).max().orElse(0),
            MAX_MODEL_WIDTH);
    String emptyHead = " ".repeat("  batch  ".length() + modelWidth + 2);
    int width = columns - emptyHead.length() - BUDGET_WIDTH;
    double column = times.horizon() / width;
    text.line("  timeline, " + TimeScale.text(column) + LEGEND);
    text.line(emptyHead + ticks(width, column));
    for (int i = 0; i < batches.size(); i++) {
      String model = Text.clipped(Text.printable(batches.get(i).getModelId()), modelWidth);
      TimeBars bars = new TimeBars(0, column, width);
      bars.drawVisibly(BatchTimes.of(batches.get(i))).mark(times.budget(), BUDGET);
      String head = padded(i + 1) + model + " ".repeat(modelWidth - model.length() + 2);
      text.line(head + bars);
    }
  }

  private static String padded(int number) {
    String digits = Integer.toString(number);
    return " ".repeat("  batch".length() - digits.length()) + digits + "  ";
  }

  private String ticks(int width, double column) {
    TimeAxis axis = TimeAxis.upTo(times.horizon(), width / COLUMNS_PER_TICK);
    StringBuilder labels = new StringBuilder();
    for (TimeAxis.Tick tick : axis.ticks()) {
      int at = (int) Math.round(tick.nanoseconds() / column);
      if (at == 0) {
        labels.append(tick.label()).append(' ').append(symbol(axis));
      } else if (at > labels.length() && at + tick.label().length() <= width + 1) {
        labels.append(" ".repeat(at - labels.length())).append(tick.label());
      }
    }
    return labels.toString();
  }

  private void lines(Text text) {
    int width = columns - TIME_WIDTH - "  ".length() - BUDGET_WIDTH;
    long wanted = (long) batches.size() * COLUMNS_PER_BATCH;
    int most = (int) Math.min(1 + wanted / width, MAX_ROWS);
    TimeAxis axis = TimeAxis.upTo(times.completion(), most);
    double column = axis.step() / width;
    text.line("  timeline, " + TimeScale.text(column) + LEGEND);
    text.line(rightward(symbol(axis)) + "batches begin with their numbers, where these fit");
    for (TimeAxis.Tick tick : axis.ticks()) {
      if (tick.nanoseconds() < times.completion()) {
        TimeBars bars = line(new TimeBars(tick.nanoseconds(), column, width));
        text.line(rightward(tick.label()) + bars);
      }
    }
  }

  private TimeBars line(TimeBars bars) {
    for (int i = 0; i < batches.size(); i++) {
      BatchTimes batch = BatchTimes.of(batches.get(i));
      bars.draw(batch).mark(batch, Integer.toString(i + 1));
    }
    return bars.mark(times.budget(), BUDGET);
  }

  private static String rightward(String time) {
    return " ".repeat(Math.max(0, TIME_WIDTH - time.length())) + time + "  ";
  }

  /** The rest of the table is ASCII. */
  private static String symbol(TimeAxis axis) {
    return axis.symbol().replace('µ', 'u');
  }
}
