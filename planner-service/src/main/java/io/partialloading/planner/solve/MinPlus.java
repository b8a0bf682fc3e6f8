// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The (min,+) convolution of curves: {@code (a ⊕ b)[k] = min over i + j = k of a[i] + b[j]}, cut at
 * the budget.
 *
 * <p>Curves are non-decreasing from the first count they allow; entries below it are {@link
 * Instance#NEVER}.
 */
final class MinPlus {
  private MinPlus() {}

  /** Steps between two looks at the stop signal: some 30 µs. */
  private static final int STEPS_BETWEEN_POLLS = 1 << 16;

  /**
   * Convolves {@code a} from {@code aFrom} and {@code b} from {@code bFrom} upwards; O(|a|·|b|).
   *
   * @return the least times up to the largest count whose time is at most {@code budget}; {@link
   *     Instance#NEVER} for counts below {@code aFrom + bFrom}; at least one entry
   */
  static long[] convolve(long[] a, int aFrom, long[] b, int bFrom, long budget, StopSignal stop) {
    if (aFrom >= a.length || bFrom >= b.length) {
      return new long[] {Instance.NEVER};
    }
    if (b.length == 1 && b[0] == 0) {
      // Nobody to add. Common in block trees, where many nodes have no models of their own.
      long[] least = Arrays.copyOf(a, Math.max(affordable(a, aFrom, a.length, budget), 1));
      Arrays.fill(least, 0, Math.min(aFrom, least.length), Instance.NEVER);
      return least;
    }
    // The inner loop runs over the longer curve: it is the one the compiler vectorises.
    return a.length - aFrom <= b.length - bFrom
        ? convolveShorterWithLonger(a, aFrom, b, bFrom, budget, stop)
        : convolveShorterWithLonger(b, bFrom, a, aFrom, budget, stop);
  }

  private static long[] convolveShorterWithLonger(
      long[] a, int aFrom, long[] b, int bFrom, long budget, StopSignal stop) {
    int end = 0;
    for (int i = aFrom, bEnd = b.length; i < a.length; i++) {
      bEnd = affordable(b, bFrom, bEnd, budget - a[i]);
      if (bEnd <= bFrom) {
        break;
      }
      end = Math.max(end, i + bEnd);
    }
    long[] least = new long[Math.max(end, 1)];
    Arrays.fill(least, Instance.NEVER);
    int unpolled = 0;
    for (int i = aFrom, bEnd = b.length; i < a.length; i++) {
      long time = a[i];
      bEnd = affordable(b, bFrom, bEnd, budget - time);
      for (int j = bFrom; j < bEnd; j++) {
        least[i + j] = Math.min(least[i + j], time + b[j]);
      }
      unpolled += bEnd - bFrom;
      if (unpolled > STEPS_BETWEEN_POLLS) {
        unpolled = 0;
        stop.throwIfCancelled();
      }
    }
    return least;
  }

  /**
   * One past the last index from {@code from} below {@code end} whose time is within {@code time}.
   */
  private static int affordable(long[] curve, int from, int end, long time) {
    int affordable = end;
    while (affordable > from && curve[affordable - 1] > time) {
      affordable--;
    }
    return affordable;
  }

  /** The smaller of two curves, entry by entry, as long as the longer one. */
  static long @Nullable [] min(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    long[] longer = a.length >= b.length ? a : b;
    long[] shorter = longer == a ? b : a;
    long[] least = longer.clone();
    for (int k = 0; k < shorter.length; k++) {
      least[k] = Math.min(least[k], shorter[k]);
    }
    return least;
  }

  /**
   * The largest i with {@code a[i] + b[count - i] == time}, or -1 if there is none.
   *
   * @param aFrom least i
   * @param bFrom least {@code count - i}
   */
  static int findSplit(long[] a, int aFrom, long[] b, int bFrom, int count, long time) {
    for (int i = Math.min(a.length - 1, count - bFrom); i >= aFrom; i--) {
      int j = count - i;
      if (j >= b.length) {
        return -1;
      }
      if (a[i] + b[j] == time) {
        return i;
      }
    }
    return -1;
  }
}
