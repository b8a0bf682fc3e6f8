// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a block tree: a group of blocks, the models that end with it (its blocks and those of
 * its ancestors are all they have), and the nodes below it, whose models have more.
 *
 * <p>The nodes below are visited before the node's own models, which then find all their blocks
 * loaded. With C the sum of the nodes below, H that of the own models, each curve is the node's own
 * transfer time plus the smaller of two cases:
 *
 * <pre>
 *   cold[k]  = own +          min( (C ⊕ H)[k] with C serving someone,  latency + H[k] )
 *   first[k] = own not resident + min( (C.first ⊕ H)[k],  start latency + (H ⊕ C)[k] with H serving someone )
 * </pre>
 *
 * In the second case of {@code first} the plan begins with one of the node's own models; its load
 * has a latency unless all its blocks are resident.
 */
final class BlockTimes extends LeastTimes {
  private final Costs costs;
  private final @Nullable LeastTimes below;
  private final @Nullable LeastTimes own;
  private final Curves belowCurves;
  private final long[] ownTimes;

  /**
   * What it costs, in ns, to come to a node.
   *
   * @param transfer time to transfer the node's blocks as part of a load
   * @param latency fixed time of a load
   * @param firstTransfer time to transfer those of its blocks that are not resident
   * @param firstLatency fixed time of the plan's first load if it is of an own model: 0 where all
   *     its blocks are resident
   * @param residentMatters whether any block of the component is resident
   */
  record Costs(
      long transfer,
      long latency,
      long firstTransfer,
      long firstLatency,
      boolean residentMatters) {}

  /**
   * Puts a node together. At least one of {@code below} and {@code own} is there; own models have
   * no {@code first} curves.
   */
  BlockTimes(
      Costs costs,
      @Nullable LeastTimes below,
      @Nullable LeastTimes own,
      long budget,
      StopSignal stop) {
    this(
        costs,
        below,
        own,
        below == null ? Curves.NOBODY : below.curves(),
        own == null ? Curves.NOBODY.cold() : own.curves().cold(),
        budget,
        stop);
  }

  private BlockTimes(
      Costs costs,
      @Nullable LeastTimes below,
      @Nullable LeastTimes own,
      Curves belowCurves,
      long[] ownTimes,
      long budget,
      StopSignal stop) {
    super(
        new Curves(
            cold(costs, belowCurves.cold(), ownTimes, budget, stop),
            costs.residentMatters() ? first(costs, belowCurves, ownTimes, budget, stop) : null));
    this.costs = costs;
    this.below = below;
    this.own = own;
    this.belowCurves = belowCurves;
    this.ownTimes = ownTimes;
  }

  private static long[] cold(Costs costs, long[] below, long[] own, long budget, StopSignal stop) {
    long allowance = budget - costs.transfer();
    long[] times = MinPlus.convolve(below, 1, own, 0, allowance, stop);
    times = leastWithDelayed(times, own, costs.latency(), allowance);
    return delayed(times, costs.transfer(), 0);
  }

  private static long[] first(Costs costs, Curves below, long[] own, long budget, StopSignal stop) {
    long allowance = budget - costs.firstTransfer();
    long[] times =
        below.first() == null
            ? new long[] {Instance.NEVER}
            : MinPlus.convolve(below.first(), 1, own, 0, allowance, stop);
    long[] beginsHere = MinPlus.convolve(own, 1, below.cold(), 0, allowance, stop);
    times = leastWithDelayed(times, beginsHere, costs.firstLatency(), allowance);
    return delayed(times, costs.firstTransfer(), Instance.NEVER);
  }

  /** The smaller of {@code times}, which it may change, and {@code others} plus a delay. */
  private static long[] leastWithDelayed(long[] times, long[] others, long delay, long budget) {
    int end = others.length;
    while (end > 1 && others[end - 1] > budget - delay) {
      end--;
    }
    long[] least = times;
    if (end > times.length) {
      least = Arrays.copyOf(times, end);
      Arrays.fill(least, times.length, end, Instance.NEVER);
    }
    for (int k = 1; k < end; k++) {
      least[k] = Math.min(least[k], others[k] + delay);
    }
    return least;
  }

  /** Delays every time in place, with {@code none} for nobody. */
  private static long[] delayed(long[] times, long delay, long none) {
    times[0] = none;
    for (int k = 1; k < times.length; k++) {
      times[k] += delay;
    }
    return times;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    if (isFirst && costs.residentMatters()) {
      expandFirst(count, curves().times(true)[count] - costs.firstTransfer(), shares);
      return;
    }
    long time = curves().cold()[count] - costs.transfer();
    if (count < ownTimes.length && ownTimes[count] + costs.latency() == time) {
      addShare(shares, own, count, false);
      return;
    }
    int split = MinPlus.findSplit(belowCurves.cold(), 1, ownTimes, 0, count, time);
    addShare(shares, below, split, false);
    addShare(shares, own, count - split, false);
  }

  private void expandFirst(int count, long time, List<Share> shares) {
    long[] belowCold = belowCurves.cold();
    int split = MinPlus.findSplit(ownTimes, 1, belowCold, 0, count, time - costs.firstLatency());
    if (split >= 0) {
      addShare(shares, own, split, false);
      addShare(shares, below, count - split, false);
    } else {
      split = MinPlus.findSplit(belowCurves.times(true), 1, ownTimes, 0, count, time);
      addShare(shares, below, split, true);
      addShare(shares, own, count - split, false);
    }
  }

  private static void addShare(
      List<Share> shares, @Nullable LeastTimes part, int count, boolean isFirst) {
    if (part != null) {
      shares.add(new Share(part, count, isFirst));
    }
  }
}
