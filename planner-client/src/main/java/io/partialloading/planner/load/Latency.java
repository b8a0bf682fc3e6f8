// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import org.HdrHistogram.Histogram;

/**
 * How long calls took, in nanoseconds from when they were due; all 0 if there were none.
 *
 * @param p50 as long or less for half of the calls
 * @param p90 for nine of ten
 * @param p99 for 99 of 100
 * @param p999 for 999 of 1000
 * @param max for all
 */
public record Latency(long p50, long p90, long p99, long p999, long max) {
  /** The latencies that a histogram of nanoseconds holds. */
  public static Latency of(Histogram histogram) {
    return new Latency(
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }
}
