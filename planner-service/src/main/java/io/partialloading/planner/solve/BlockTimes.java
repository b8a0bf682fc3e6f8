package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
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
  BlockTimes(Costs costs, @Nullable LeastTimes below, @Nullable LeastTimes own, long budget) {
    this(
        costs,
        below,
        own,
        below == null ? Curves.NOBODY : below.curves(),
        own == null ? Curves.NOBODY.cold() : own.curves().cold(),
        budget);
  }

  private BlockTimes(
      Costs costs,
      @Nullable LeastTimes below,
      @Nullable LeastTimes own,
      Curves belowCurves,
      long[] ownTimes,
      long budget) {
    super(
        new Curves(
            cold(costs, belowCurves.cold(), ownTimes, budget),
            costs.residentMatters() ? first(costs, belowCurves, ownTimes, budget) : null));
    this.costs = costs;
    this.below = below;
    this.own = own;
    this.belowCurves = belowCurves;
    this.ownTimes = ownTimes;
  }

  private static long[] cold(Costs costs, long[] below, long[] own, long budget) {
    long allowance = budget - costs.transfer();
    long[] withBelow = MinPlus.convolve(below, 1, own, 0, allowance);
    long[] ownOnly = shifted(own, 1, costs.latency(), allowance);
    long[] cold = shifted(least(withBelow, ownOnly), 0, costs.transfer(), budget);
    cold[0] = 0;
    return cold;
  }

  private static long[] first(Costs costs, Curves below, long[] own, long budget) {
    long allowance = budget - costs.firstTransfer();
    long[] first =
        shifted(
            MinPlus.convolve(own, 1, below.cold(), 0, allowance),
            0,
            costs.firstLatency(),
            allowance);
    if (below.first() != null) {
      first = least(first, MinPlus.convolve(below.first(), 1, own, 0, allowance));
    }
    first = shifted(first, 0, costs.firstTransfer(), budget);
    first[0] = Instance.NEVER;
    return first;
  }

  private static long[] least(long[] a, long[] b) {
    return a.length >= b.length ? leastInto(a, b) : leastInto(b, a);
  }

  private static long[] leastInto(long[] longer, long[] shorter) {
    for (int k = 0; k < shorter.length; k++) {
      longer[k] = Math.min(longer[k], shorter[k]);
    }
    return longer;
  }

  /** The curve from {@code from} upwards, later by {@code delay}, cut at the budget. */
  private static long[] shifted(long[] curve, int from, long delay, long budget) {
    int end = curve.length;
    while (end > from && curve[end - 1] > budget - delay) {
      end--;
    }
    long[] shifted = new long[Math.max(end, 1)];
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] = k < from || k >= end ? Instance.NEVER : curve[k] + delay;
    }
    return shifted;
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
