// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Two parts that share no block, one after the other: the (min,+) convolution of their curves. The
 * part with the plan's first visit goes first, otherwise the order does not matter.
 */
final class SumTimes extends LeastTimes {
  private final LeastTimes left;
  private final LeastTimes right;

  private SumTimes(LeastTimes left, LeastTimes right, long budget, StopSignal stop) {
    super(left.curves().plus(right.curves(), budget, stop));
    this.left = left;
    this.right = right;
  }

  /**
   * All parts, at least one, one after another. Halving the list keeps the curves that are needed
   * to read the plan back at O(K log n) for n parts with K users in all; O(K²) time.
   */
  static LeastTimes of(List<? extends LeastTimes> parts, long budget, StopSignal stop) {
    return of(parts, 0, parts.size(), budget, stop);
  }

  private static LeastTimes of(
      List<? extends LeastTimes> parts, int from, int to, long budget, StopSignal stop) {
    if (to - from == 1) {
      return parts.get(from);
    }
    int middle = (from + to) >>> 1;
    return new SumTimes(
        of(parts, from, middle, budget, stop), of(parts, middle, to, budget, stop), budget, stop);
  }

  /**
   * The shares of the parts of a sum, or of its only part, in the least time to serve {@code count}
   * users.
   */
  static List<Share> shares(LeastTimes sum, int count) {
    List<Share> open = new ArrayList<>();
    open.add(new Share(sum, count, sum.curves().isSoonerFirst(count)));
    List<Share> shares = new ArrayList<>();
    List<Visit> none = new ArrayList<>();
    while (!open.isEmpty()) {
      Share share = open.remove(open.size() - 1);
      if (share.count() > 0 && share.part() instanceof SumTimes part) {
        part.expand(share.count(), share.isFirst(), none, open);
      } else {
        shares.add(share);
      }
    }
    return shares;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    Curves a = left.curves();
    Curves b = right.curves();
    long time = curves().times(isFirst)[count];
    if (!isFirst || curves().first() == null) {
      int split = MinPlus.findSplit(a.cold(), 0, b.cold(), 0, count, time);
      shares.add(new Share(left, split, false));
      shares.add(new Share(right, count - split, false));
      return;
    }
    int split = a.first() == null ? -1 : MinPlus.findSplit(a.first(), 1, b.cold(), 0, count, time);
    if (split >= 0) {
      shares.add(new Share(left, split, true));
      shares.add(new Share(right, count - split, false));
    } else {
      split = MinPlus.findSplit(a.cold(), 0, b.times(true), 1, count, time);
      shares.add(new Share(right, count - split, true));
      shares.add(new Share(left, split, false));
    }
  }
}
