// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.stream.LongStream;

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
  private final boolean subadditive;

  /**
   * Two stages.
   *
   * @param storageToHost V1
   * @param hostToGpu V2
   */
  public LoadTimes(TransferTime storageToHost, TransferTime hostToGpu) {
    this.storageToHost = storageToHost;
    this.hostToGpu = hostToGpu;
    this.subadditive = isAffine() || isSubadditiveAtVertices();
  }

  /** Time of one load of {@code bytes}, in ns, saturated at {@link Instance#NEVER}. */
  public long time(long bytes) {
    return bytes == 0 ? 0 : saturatedSum(storageToHost.time(bytes), hostToGpu.time(bytes));
  }

  /** Whether the profile is affine. */
  public boolean isAffine() {
    return storageToHost instanceof TransferTime.Affine && hostToGpu instanceof TransferTime.Affine;
  }

  /** Whether the profile is subadditive; every affine one is. */
  public boolean isSubadditive() {
    return subadditive;
  }

  /**
   * Fixed time of a load that moves anything, in ns, saturated at {@link Instance#NEVER}.
   *
   * @throws IllegalStateException if the profile is not affine
   */
  public long latency() {
    return saturatedSum(affine(storageToHost).latency(), affine(hostToGpu).latency());
  }

  /**
   * Time of {@code bytes} without the latency of the load, in ns, saturated at {@link
   * Instance#NEVER}. Non-decreasing in the bytes, and 0 for none.
   *
   * @throws IllegalStateException if the profile is not affine
   */
  public long streamingTime(long bytes) {
    return saturatedSum(
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
  private boolean isSubadditiveAtVertices() {
    long[] points =
        LongStream.concat(breakpoints(storageToHost), breakpoints(hostToGpu))
            .sorted()
            .distinct()
            .toArray();
    if (points.length > MAX_BREAKPOINTS) {
      return false;
    }
    for (long a : points) {
      for (long b : points) {
        if (isSuperadditiveAt(a, b) || (b > a && isSuperadditiveAt(a, b - a))) {
          return false;
        }
      }
    }
    return true;
  }

  private static LongStream breakpoints(TransferTime stage) {
    return stage instanceof TransferTime.PiecewiseLinear profile
        ? LongStream.of(profile.breakpoints())
        : LongStream.empty();
  }

  private boolean isSuperadditiveAt(long a, long b) {
    if (a > Long.MAX_VALUE - b) {
      return false; // no library is that large
    }
    double sum = exactTime(a) + exactTime(b);
    // A relative error of some units in the last place is not a violation.
    return exactTime(a + b) > sum + Math.ulp(sum) * 8;
  }

  private double exactTime(long bytes) {
    return exactTime(storageToHost, bytes) + exactTime(hostToGpu, bytes);
  }

  private static double exactTime(TransferTime stage, long bytes) {
    if (stage instanceof TransferTime.PiecewiseLinear profile) {
      return profile.exactTime(bytes);
    }
    TransferTime.Affine affine = affine(stage);
    return bytes == 0 ? 0 : affine.latency() + bytes * 1e9 / affine.bytesPerSecond();
  }

  private static long saturatedSum(long a, long b) {
    return Math.min(Math.min(a, Instance.NEVER) + Math.min(b, Instance.NEVER), Instance.NEVER);
  }
}
