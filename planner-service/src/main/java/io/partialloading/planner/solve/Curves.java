// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times to serve k users of a part of an instance, for every k. The arrays are not to be modified.
 *
 * @param cold {@code cold[k]}: the part is visited after something that shares no block with it.
 *     {@code cold[0] = 0}; non-decreasing; ends at the last k whose time is within the budget
 * @param first {@code first[k]}: one of the part's visits is the first of the whole plan and finds
 *     the resident blocks on the GPU. Absent where that makes no difference. {@code first[0]} is
 *     {@link Instance#NEVER}: a part that serves nobody cannot come first
 */
record Curves(long[] cold, long @Nullable [] first) {
  /** Of nobody. */
  static final Curves NOBODY = new Curves(new long[] {0}, null);

  /** A table of times up to its last entry within the budget, with {@code none} for nobody. */
  static long[] withinBudget(long[] times, long none, long budget) {
    int end = times.length;
    while (end > 1 && times[end - 1] > budget) {
      end--;
    }
    long[] curve = Arrays.copyOf(times, end);
    curve[0] = none;
    return curve;
  }

  /** The curve that holds if the plan's first visit is, or is not, of this part. */
  long[] times(boolean isFirst) {
    return isFirst && first != null ? first : cold;
  }

  /** The most users that can be served within the budget. */
  int maxCount() {
    return Math.max(cold.length, first == null ? 0 : first.length) - 1;
  }

  /**
   * The curves of this part and another one that shares no block with it, one after the other;
   * O(|a|·|b|).
   */
  Curves plus(Curves other, long budget, StopSignal stop) {
    return new Curves(
        MinPlus.convolve(cold, 0, other.cold, 0, budget, stop),
        MinPlus.min(
            first == null ? null : MinPlus.convolve(first, 1, other.cold, 0, budget, stop),
            other.first == null ? null : MinPlus.convolve(cold, 0, other.first, 1, budget, stop)));
  }

  /** The curves of all parts together; O(K²) for K users in all. */
  static Curves sum(List<Curves> parts, long budget, StopSignal stop) {
    if (parts.size() <= 1) {
      return parts.isEmpty() ? NOBODY : parts.get(0);
    }
    int half = parts.size() / 2;
    return sum(parts.subList(0, half), budget, stop)
        .plus(sum(parts.subList(half, parts.size()), budget, stop), budget, stop);
  }

  /** Time to serve the users if the part may come first or not. */
  long leastTime(int count) {
    return times(isSoonerFirst(count))[count];
  }

  /** Whether the users are served sooner if the part comes first. */
  boolean isSoonerFirst(int count) {
    return first != null
        && count < first.length
        && (count >= cold.length || first[count] < cold[count]);
  }
}
