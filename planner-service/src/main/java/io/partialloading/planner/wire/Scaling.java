// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BatchTable;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;

/**
 * What if everything took that many times as long: for margins, and to see which resource a plan is
 * short of. Scaled durations are rounded up and the budget down, so that a plan never promises too
 * much; a factor of exactly 1 changes nothing.
 *
 * @param upload factor of upload times
 * @param load factor of load times, latencies included
 * @param compute factor of computing times
 * @param budget factor of the latency budget
 */
public record Scaling(double upload, double load, double compute, double budget) {
  /** Everything as requested. */
  public static final Scaling NONE = new Scaling(1, 1, 1, 1);

  /** Scaled durations end here, beyond every budget. */
  private static final long LONGEST = 1L << 62;

  /** No double is 1.1: without this, 10 ms and 10 % more would be 11 ms and a nanosecond. */
  private static final double FACTOR_ROUNDING = 0x1p-51;

  /**
   * Checks the factors.
   *
   * @throws IllegalArgumentException if one is not finite and above 0
   */
  public Scaling {
    for (double factor : new double[] {upload, load, compute, budget}) {
      if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a factor of " + factor);
      }
    }
  }

  /** Both scalings, one after the other. */
  public Scaling times(Scaling other) {
    return new Scaling(
        upload * other.upload, load * other.load, compute * other.compute, budget * other.budget);
  }

  /**
   * A scaled upload time in ns, at least 1; 0 for a time of 0.
   *
   * @param time the time in ns before rounding, below 2^63
   */
  long uploadTime(double time) {
    if (time == 0) {
      return 0; // nothing to upload
    }
    long scaled = upload == 1 ? (long) Math.ceil(time) : scaled(time, upload);
    return Math.max(1, scaled);
  }

  /** Scaled computing times. */
  ComputeTimes computeTimes(ComputeTimes times) {
    if (compute == 1) {
      return times;
    }
    if (times instanceof ComputeTimes.Affine affine) {
      return ComputeTimes.affine(
          scaled(affine.perBatch(), compute), scaled(affine.perSample(), compute));
    }
    BatchTable table = ((ComputeTimes.Table) times).times();
    return new ComputeTimes.Table(table.with(time -> scaled(time, compute)));
  }

  /** Scaled load times. */
  LoadTimes loadTimes(Server server) {
    return load == 1
        ? server.loadTimes()
        : new LoadTimes(transferTime(server.storageToHost()), transferTime(server.hostToGpu()));
  }

  private TransferTime transferTime(TransferTime time) {
    if (time instanceof TransferTime.Affine affine) {
      return affine.scaled(scaled(affine.latency(), load), load);
    }
    return ((TransferTime.PiecewiseLinear) time).scaled(load);
  }

  /** The scaled budget in ns, 1 to {@link Instance#MAX_BUDGET}. */
  long latencyBudget(long time) {
    return budget == 1
        ? time
        : Math.max(1, (long) Math.min(Math.floor(time * budget), Instance.MAX_BUDGET));
  }

  private static long scaled(double time, double factor) {
    return (long) Math.min(Math.ceil(time * factor * (1 - FACTOR_ROUNDING)), LONGEST);
  }
}
