// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Times to serve k users of a part of an instance, the least where the part can be solved exactly,
 * and the visits behind each. Parts are put together from smaller ones; a plan is read back from
 * the outermost.
 *
 * <p>Splits are not stored: a plan is read back by finding again the split that gave its time,
 * which costs no more than looking at each part's curve once.
 */
abstract sealed class LeastTimes
    permits ModelTimes, SumTimes, BlockTimes, SubsetTimes, OrderTimes, GivenPlanTimes, BoundTimes {
  private final Curves curves;

  LeastTimes(Curves curves) {
    this.curves = curves;
  }

  /** A smaller part's share in a plan: {@code count} users of it. */
  record Share(LeastTimes part, int count, boolean isFirst) {}

  /** The times of this part's plans. */
  final Curves curves() {
    return curves;
  }

  /** Times that no plan of this part beats: the plans' own where they are optimal. */
  Curves bounds() {
    return curves;
  }

  /**
   * Gives the visits that serve {@code count} users, at least 1, in {@code
   * curves().times(isFirst)}: either adds them to {@code visits}, or the shares of smaller parts
   * that have them to {@code shares}, in their order in the plan.
   */
  abstract void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares);

  /** The visits that serve {@code count} users, in their order. */
  final List<Visit> visits(int count, boolean isFirst) {
    List<Visit> visits = new ArrayList<>();
    // A stack instead of recursion: block trees can be as deep as there are models.
    Deque<Share> open = new ArrayDeque<>();
    open.push(new Share(this, count, isFirst));
    List<Share> shares = new ArrayList<>();
    while (!open.isEmpty()) {
      Share share = open.pop();
      if (share.count() == 0) {
        continue;
      }
      share.part().expand(share.count(), share.isFirst(), visits, shares);
      for (int i = shares.size() - 1; i >= 0; i--) {
        open.push(shares.get(i));
      }
      shares.clear();
    }
    return visits;
  }
}
