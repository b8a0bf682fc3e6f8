// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.v1.Batch;
import java.util.List;

/**
 * A schedule as a Gantt chart of characters, as wide as the terminal: a row for each batch up to
 * the budget, or, of many batches, all after one another in as many lines as give each about ten
 * characters.
 *
 * @param columns how wide the text may be, at least {@link #MIN_COLUMNS}
 */
record TextTimeline(List<Batch> batches, PlanTimes times, int columns) {
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

  TextTimeline {
    columns = Math.min(columns, MAX_COLUMNS);
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
    text.line("  timeline, " + Unit.text(column) + LEGEND);
    text.line(emptyHead + ticks(width, column));
    for (int i = 0; i < batches.size(); i++) {
      String model = Text.clipped(Text.printable(batches.get(i).getModelId()), modelWidth);
      TimeBars bars = new TimeBars(0, column, width);
      bars.drawVisibly(times.batches().get(i)).mark(times.budget(), BUDGET);
      String name = model + " ".repeat(modelWidth - model.length() + 2);
      text.line(rightward(Integer.toString(i + 1)) + name + bars);
    }
  }

  private String ticks(int width, double column) {
    TimeAxis axis = TimeAxis.upTo(times.horizon(), width / COLUMNS_PER_TICK);
    StringBuilder labels = new StringBuilder();
    for (TimeAxis.Tick tick : axis.ticks()) {
      int at = (int) Math.round(tick.nanoseconds() / column);
      if (at == 0) {
        labels.append(tick.label()).append(' ').append(axis.unit().asciiSymbol());
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
    text.line("  timeline, " + Unit.text(column) + LEGEND);
    text.line(
        rightward(axis.unit().asciiSymbol()) + "batches begin with their numbers, where these fit");
    for (TimeAxis.Tick tick : axis.ticks()) {
      if (tick.nanoseconds() < times.completion()) {
        TimeBars bars = line(new TimeBars(tick.nanoseconds(), column, width));
        text.line(rightward(tick.label()) + bars);
      }
    }
  }

  private TimeBars line(TimeBars bars) {
    int number = 0;
    for (BatchTimes batch : times.batches()) {
      bars.draw(batch).mark(batch, Integer.toString(++number));
    }
    return bars.mark(times.budget(), BUDGET);
  }

  private static String rightward(String text) {
    return " ".repeat(Math.max(0, TIME_WIDTH - text.length())) + text + "  ";
  }
}
