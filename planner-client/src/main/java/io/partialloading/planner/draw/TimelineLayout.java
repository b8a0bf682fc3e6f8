// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Schedule;
import java.util.List;

/**
 * Where the columns and rows of a timeline are, in pixels: batch, model and users at the left; bars
 * over time; what is loaded and reused, and shares of the band at the right. One row for each
 * batch, lower ones and a longer axis for many.
 */
final class TimelineLayout {
  static final double MARGIN = 20;
  static final double FONT = 12;
  static final double SMALL_FONT = 11;

  /** How far below the middle a text's baseline is, in font sizes: figures are 0.7 high. */
  static final double CENTRED = 0.35;

  private static final double NUMBER_WIDTH = 34;
  private static final double MIN_MODEL_WIDTH = 44;
  private static final double MAX_MODEL_WIDTH = 150;
  private static final double USERS_WIDTH = 42;
  private static final double AMOUNT_WIDTH = 74;
  private static final double BLOCKS_WIDTH = 56;
  private static final double BYTES_BAR_WIDTH = 72;
  private static final double SHARES_WIDTH = 160;
  private static final double GAP = 16;
  private static final double SMALL_GAP = 10;

  private static final int FEW_BATCHES = 8;
  private static final int MANY_BATCHES = 24;

  private final int batches;
  private final double modelWidth;
  private final PlanTimes times;

  /** Lays a schedule out along an axis that reaches to the times' horizon. */
  TimelineLayout(Schedule schedule, PlanTimes times) {
    this.batches = schedule.getBatchesCount();
    this.modelWidth = modelWidth(schedule.getBatchesList());
    this.times = times;
  }

  private static double modelWidth(List<Batch> batches) {
    double longest =
        batches.stream()
            .mapToDouble(batch -> Lettering.room(batch.getModelId(), FONT))
            .max()
            .orElse(0);
    return Math.min(Math.max(longest, MIN_MODEL_WIDTH), MAX_MODEL_WIDTH);
  }

  boolean isDense() {
    return batches > MANY_BATCHES;
  }

  /** An empty schedule has a row too, which says so. */
  int rows() {
    return Math.max(batches, 1);
  }

  double rowHeight() {
    return batches <= FEW_BATCHES ? 34 : isDense() ? 18 : 24;
  }

  double barHeight() {
    return batches <= FEW_BATCHES ? 20 : isDense() ? 13 : 16;
  }

  double width() {
    return sharesLeft() + SHARES_WIDTH + MARGIN;
  }

  /** The right edge of the batches' numbers. */
  double numberRight() {
    return MARGIN + NUMBER_WIDTH;
  }

  double modelLeft() {
    return numberRight() + SMALL_GAP;
  }

  double modelWidth() {
    return modelWidth;
  }

  double usersRight() {
    return modelLeft() + modelWidth + USERS_WIDTH;
  }

  double plotLeft() {
    return usersRight() + GAP;
  }

  double plotWidth() {
    return isDense() ? 680 : 500;
  }

  double plotRight() {
    return plotLeft() + plotWidth();
  }

  /** Where a time is on the axis. */
  double x(double nanoseconds) {
    return plotLeft() + nanoseconds / times.horizon() * plotWidth();
  }

  /** Where the plan completes. */
  double planRight() {
    return x(times.completion());
  }

  double loadedRight() {
    return plotRight() + SMALL_GAP + AMOUNT_WIDTH;
  }

  double blocksRight() {
    return loadedRight() + BLOCKS_WIDTH;
  }

  double reusedRight() {
    return blocksRight() + AMOUNT_WIDTH;
  }

  double bytesBarLeft() {
    return reusedRight() + SMALL_GAP;
  }

  double bytesBarWidth() {
    return BYTES_BAR_WIDTH;
  }

  double sharesLeft() {
    return bytesBarLeft() + BYTES_BAR_WIDTH + GAP;
  }

  double sharesWidth() {
    return SHARES_WIDTH;
  }
}
