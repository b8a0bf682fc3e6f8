// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The time to bring blocks onto the GPU, V1 + V2 of equation (8): both transfer stages one after
 * the other.
 *
 * <p>What can be proved about plans depends on the profile V = V1 + V2. Where it is
 * <em>subadditive</em>, V(a + b) ≤ V(a) + V(b), loads keep the triangle inequality: going by way of
 * another model, or visiting a model twice, never saves time. Where it is <em>affine</em>, a
 * latency plus bytes over rate, the time of many loads follows from how many there are and what
 * they move together, whichever moves what.
 */
public final class LoadTimes {
  /**
   * Rounding makes a load at most this many ns longer than its exact time, one for each stage. Time
   * bounds that add up parts of loads are short by no more than this a load.
   */
  public static final long ROUNDING_PER_LOAD = 2;

  private static final int MAX_BREAKPOINTS = 500;

  private final TransferTime storageToHost;
  private final TransferTime hostToGpu;
  private @Nullable Boolean subadditive; // once somebody has asked; a race does no harm

  /**
   * Two stages.
   *
   * @param storageToHost V1
   * @param hostToGpu V2
   */
  public LoadTimes(TransferTime storageToHost, TransferTime hostToGpu) {
    this.storageToHost = storageToHost;
    this.hostToGpu = hostToGpu;
  }

  /** Time of one load of {@code bytes}, in ns, saturated at {@link Instance#NEVER}. */
  public long time(long bytes) {
    return bytes == 0 ? 0 : Instance.sum(storageToHost.time(bytes), hostToGpu.time(bytes));
  }

  /**
   * The same, saturated at {@link Long#MAX_VALUE}: what is told of times too long for any plan is
   * right that far.
   */
  public long longTime(long bytes) {
    return bytes == 0 ? 0 : Instance.longSum(storageToHost.time(bytes), hostToGpu.time(bytes));
  }

  /** Whether the profile is affine. */
  public boolean isAffine() {
    return storageToHost instanceof TransferTime.Affine && hostToGpu instanceof TransferTime.Affine;
  }

  /**
   * Whether the profile is subadditive; every affine one is. Takes some milliseconds for the
   * longest measured profiles when first asked.
   */
  public boolean isSubadditive(StopSignal stop) {
    Boolean known = subadditive;
    if (known == null) {
      known = isAffine() || isSubadditiveAtVertices(stop);
      subadditive = known;
    }
    return known;
  }

  /**
   * Fixed time of a load that moves anything, in ns, saturated at {@link Instance#NEVER}.
   *
   * @throws IllegalStateException if the profile is not affine
   */
  public long latency() {
    return Instance.sum(affine(storageToHost).latency(), affine(hostToGpu).latency());
  }

  /**
   * Time of {@code bytes} without the latency of the load, in ns, saturated at {@link
   * Instance#NEVER}. Non-decreasing in the bytes, and 0 for none.
   *
   * @throws IllegalStateException if the profile is not affine
   */
  public long streamingTime(long bytes) {
    return Instance.sum(
        affine(storageToHost).streamingTime(bytes), affine(hostToGpu).streamingTime(bytes));
  }

  private static TransferTime.Affine affine(TransferTime stage) {
    if (stage instanceof TransferTime.Affine affine) {
      return affine;
    }
    throw new IllegalStateException("not affine: " + stage);
  }

  /**
   * V(a) + V(b) − V(a + b) is linear in a and b between the lines on which a, b or a + b is a
   * breakpoint, and does not change with b once b is beyond them all; so it is nowhere negative if
   * it is not where two of these lines cross. O(n²) for n breakpoints; of profiles with more than
   * {@link #MAX_BREAKPOINTS} none is recognised.
   */
  private boolean isSubadditiveAtVertices(StopSignal stop) {
    if (breakpoints(storageToHost).count() + breakpoints(hostToGpu).count() > 2 * MAX_BREAKPOINTS) {
      return false; // however many of them are the same
    }
    long[] points =
        LongStream.concat(breakpoints(storageToHost), breakpoints(hostToGpu))
            .sorted()
            .distinct()
            .toArray();
    if (points.length > MAX_BREAKPOINTS) {
      return false;
    }
    double[] times = LongStream.of(points).mapToDouble(bytes -> new Walk().time(bytes)).toArray();
    for (int a = 0; a < points.length; a++) {
      stop.throwIfCancelled();
      Walk sums = new Walk();
      Walk differences = new Walk();
      for (int b = a; b < points.length; b++) {
        // A sum that overflows is of no library.
        boolean isTooLong =
            (points[b] <= Long.MAX_VALUE - points[a]
                    && exceeds(sums.time(points[a] + points[b]), times[a] + times[b]))
                || (b > a && exceeds(times[b], times[a] + differences.time(points[b] - points[a])));
        if (isTooLong) {
          return false;
        }
      }
    }
    return true;
  }

  /** A relative error of some units in the last place is no excess. */
  private static boolean exceeds(double time, double sum) {
    return time > sum + Math.ulp(sum) * 8;
  }

  private static LongStream breakpoints(TransferTime stage) {
    return stage instanceof TransferTime.PiecewiseLinear profile
        ? LongStream.of(profile.breakpoints())
        : LongStream.empty();
  }

  /** Both stages' times before rounding, for amounts that only grow. */
  private final class Walk {
    private int firstSegment;
    private int secondSegment;

    double time(long bytes) {
      firstSegment = segment(storageToHost, bytes, firstSegment);
      secondSegment = segment(hostToGpu, bytes, secondSegment);
      return exactTime(storageToHost, bytes, firstSegment)
          + exactTime(hostToGpu, bytes, secondSegment);
    }

    private static int segment(TransferTime stage, long bytes, int from) {
      return stage instanceof TransferTime.PiecewiseLinear profile
          ? profile.segment(bytes, from)
          : 0;
    }

    private static double exactTime(TransferTime stage, long bytes, int segment) {
      if (stage instanceof TransferTime.PiecewiseLinear profile) {
        return profile.exactTime(bytes, segment);
      }
      TransferTime.Affine affine = affine(stage);
      return bytes == 0 ? 0 : affine.latency() + bytes * 1e9 / affine.rate();
    }
  }
}
