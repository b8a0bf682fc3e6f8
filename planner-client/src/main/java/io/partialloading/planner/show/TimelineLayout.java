// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Lettering;
import io.partialloading.planner.v1.Batch;
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

  static final double BYTES_BAR_WIDTH = 72;
  static final double SHARES_WIDTH = 160;

  private static final double NUMBER_WIDTH = 34;
  private static final double MIN_MODEL_WIDTH = 44;
  private static final double MAX_MODEL_WIDTH = 150;
  private static final double USERS_WIDTH = 42;
  private static final double AMOUNT_WIDTH = 74;
  private static final double BLOCKS_WIDTH = 56;
  private static final double GAP = 16;
  private static final double SMALL_GAP = 10;

  private static final int FEW_BATCHES = 8;
  private static final int MANY_BATCHES = 24;

  /** Whether there are many batches. */
  final boolean isDense;

  /** An empty schedule has a row too, which says so. */
  final int rows;

  final double rowHeight;
  final double barHeight;

  /** The right edge of the batches' numbers; the other columns follow it. */
  final double numberRight = MARGIN + NUMBER_WIDTH;

  final double modelLeft = numberRight + SMALL_GAP;
  final double modelWidth;
  final double usersRight;
  final double plotLeft;
  final double plotWidth;
  final double plotRight;
  final double loadedRight;
  final double blocksRight;
  final double reusedRight;
  final double bytesBarLeft;
  final double sharesLeft;
  final double width;

  private final PlanTimes times;

  /** Lays batches out along an axis that reaches to the times' horizon. */
  TimelineLayout(List<Batch> batches, PlanTimes times) {
    boolean few = batches.size() <= FEW_BATCHES;
    this.times = times;
    this.isDense = batches.size() > MANY_BATCHES;
    this.rows = Math.max(batches.size(), 1);
    this.rowHeight = few ? 34 : isDense ? 18 : 24;
    this.barHeight = few ? 20 : isDense ? 13 : 16;
    this.modelWidth = modelWidth(batches);
    this.usersRight = modelLeft + modelWidth + USERS_WIDTH;
    this.plotLeft = usersRight + GAP;
    this.plotWidth = isDense ? 680 : 500;
    this.plotRight = plotLeft + plotWidth;
    this.loadedRight = plotRight + SMALL_GAP + AMOUNT_WIDTH;
    this.blocksRight = loadedRight + BLOCKS_WIDTH;
    this.reusedRight = blocksRight + AMOUNT_WIDTH;
    this.bytesBarLeft = reusedRight + SMALL_GAP;
    this.sharesLeft = bytesBarLeft + BYTES_BAR_WIDTH + GAP;
    this.width = sharesLeft + SHARES_WIDTH + MARGIN;
  }

  private static double modelWidth(List<Batch> batches) {
    double longest =
        batches.stream()
            .mapToDouble(batch -> Lettering.room(batch.getModelId(), FONT))
            .max()
            .orElse(0);
    return Math.min(Math.max(longest, MIN_MODEL_WIDTH), MAX_MODEL_WIDTH);
  }

  /** Where a time is on the axis. */
  double x(double nanoseconds) {
    return plotLeft + nanoseconds / times.horizon() * plotWidth;
  }

  /** Where the plan completes. */
  double planRight() {
    return x(times.completion());
  }
}
