// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.v1.Batch;

/**
 * When the steps of a batch end, in nanoseconds, none before the one before it.
 *
 * @param start when the upload begins
 * @param uploaded when the upload ends and the load begins
 * @param loaded when the load ends and computing begins
 * @param computed when the batch is complete
 */
public record BatchTimes(double start, double uploaded, double loaded, double computed) {
  /** The times that a batch states; durations below 0 count as 0. */
  public static BatchTimes of(Batch batch) {
    double start = Unit.nanoseconds(batch.getStart());
    double uploaded = start + Unit.nanoseconds(batch.getUpload());
    double loaded = uploaded + Unit.nanoseconds(batch.getLoad());
    return new BatchTimes(start, uploaded, loaded, loaded + Unit.nanoseconds(batch.getCompute()));
  }

  /** How long the upload takes. */
  public double upload() {
    return uploaded - start;
  }

  /** How long the load takes. */
  public double load() {
    return loaded - uploaded;
  }

  /** How long computing takes. */
  public double compute() {
    return computed - loaded;
  }
}
