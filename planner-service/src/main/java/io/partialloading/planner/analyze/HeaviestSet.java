// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import io.partialloading.planner.instance.StopSignal;

/**
 * The heaviest set of vertices of a graph no two of which are adjacent, by branch and bound; what
 * it leaves out is the lightest vertex cover.
 *
 * <p>Bound: weights are taken off cliques, of which a set has one vertex at most, again and again:
 * the vertex of the fewest neighbours that have weight left gives all of its own, and a clique of
 * these as much each. What is taken bounds every set of the vertices that have none left; on
 * chordal graphs it is the weight of the heaviest one (Frank, 1975). Branching goes through the
 * vertices in the opposite order, each with those before it.
 *
 * <p>The work is counted, not timed, so that the same graph gives the same set on every machine. If
 * it does not suffice, the heaviest set found remains, and a bound.
 */
final class HeaviestSet {
  private static final double STEPS_BETWEEN_POLLS = 1 << 16;

  private final long[] weights;
  private final long[][] adjacent; // by vertex, its neighbours as bits
  private final StopSignal stop;
  private final long[] residual; // scratch of a bound: by vertex, the weight left
  private final int[] degree; // and its neighbours that have some
  private final int[] members; // and those that have some
  private long[] best;
  private long bestWeight;
  private final long bound;
  private double effort;
  private double unpolled;

  /**
   * Searches.
   *
   * @param weights weight by vertex, at least 1, together at most {@link Long#MAX_VALUE}
   * @param neighbours neighbours by vertex
   * @param effort steps to take, each about a nanosecond
   */
  HeaviestSet(long[] weights, int[][] neighbours, double effort, StopSignal stop) {
    this.weights = weights;
    this.stop = stop;
    this.effort = effort;
    int words = (weights.length + Long.SIZE - 1) / Long.SIZE;
    this.adjacent = new long[weights.length][words];
    this.residual = new long[weights.length];
    this.degree = new int[weights.length];
    this.members = new int[weights.length];
    this.best = new long[words];
    long[] all = new long[words];
    for (int v = 0; v < weights.length; v++) {
      stop.throwIfCancelled();
      add(all, v);
      for (int u : neighbours[v]) {
        add(adjacent[v], u);
      }
    }
    this.bound = Math.max(search(all, new long[words], 0), bestWeight);
  }

  /** Whether a vertex is in the set found. */
  boolean contains(int vertex) {
    return has(best, vertex);
  }

  /** No set weighs more. */
  long bound() {
    return bound;
  }

  /** The steps that are left. */
  double effortLeft() {
    return effort;
  }

  /**
   * Looks at the sets of what is taken and some of the candidates, none of them adjacent to it.
   *
   * @param candidates used up
   * @return none of these sets weighs more, or more than the best one
   */
  private long search(long[] candidates, long[] taken, long weight) {
    long[] with = taken.clone();
    long fixed = weight + takeThoseOutweighingTheirNeighbours(candidates, with);
    long most = fixed;
    Bounds bounds = new Bounds(candidates);
    improve(bounds, with, fixed);
    for (int i = bounds.order.length - 1; i >= 0; i--) {
      long mostHere = fixed + bounds.mostUpTo[i];
      if (mostHere <= bestWeight) {
        return most;
      }
      if (effort <= 0) {
        return Math.max(most, mostHere);
      }
      int v = bounds.order[i];
      remove(candidates, v);
      long[] compatible = candidates.clone();
      removeAll(compatible, adjacent[v]);
      add(with, v);
      most = Math.max(most, search(compatible, with, fixed + weights[v]));
      remove(with, v);
    }
    return most;
  }

  /**
   * Takes candidates that weigh as much as all their neighbours, without which no set is heavier.
   *
   * @return their weight
   */
  private long takeThoseOutweighingTheirNeighbours(long[] candidates, long[] taken) {
    long weight = 0;
    for (long before = -1; before < weight; ) {
      before = weight;
      for (int v = next(candidates, 0); v >= 0; v = next(candidates, v + 1)) {
        if (gain(v, candidates) >= 0) {
          weight += weights[v];
          add(taken, v);
          remove(candidates, v);
          removeAll(candidates, adjacent[v]);
        }
      }
      spend((double) weights.length);
    }
    return weight;
  }

  /** What a vertex weighs more than its neighbours in a set; not exact if that is negative. */
  private long gain(int vertex, long[] set) {
    long gain = weights[vertex];
    int u = nextOfBoth(set, adjacent[vertex], 0);
    while (u >= 0 && gain >= 0) {
      gain -= weights[u];
      u = nextOfBoth(set, adjacent[vertex], u + 1);
    }
    return gain;
  }

  /**
   * Takes candidates as they fit together: from the last to the first those whose weight a clique
   * was begun with, which on chordal graphs is best, then the others.
   */
  private void improve(Bounds bounds, long[] taken, long weight) {
    int[] order = bounds.order;
    spend(2.0 * order.length * taken.length);
    long[] set = taken.clone();
    long sum = weight;
    for (int i = 2 * order.length - 1; i >= 0; i--) {
      int v = order[i % order.length];
      boolean isTurn = has(bounds.beginners, v) == (i >= order.length);
      if (isTurn && nextOfBoth(set, adjacent[v], 0) < 0) {
        add(set, v);
        sum += weights[v];
      }
    }
    if (sum > bestWeight) {
      best = set;
      bestWeight = sum + exchange(set);
    }
  }

  /**
   * Takes vertices in instead of their neighbours in a set where they weigh more.
   *
   * @return the weight that it gains
   */
  private long exchange(long[] set) {
    long gained = 0;
    for (long before = -1; before < gained; ) {
      before = gained;
      for (int v = 0; v < weights.length; v++) {
        long gain = gain(v, set);
        if (gain > 0 && !has(set, v)) {
          gained += gain;
          removeAll(set, adjacent[v]);
          add(set, v);
        }
      }
      spend((double) weights.length * set.length);
    }
    return gained;
  }

  private void spend(double steps) {
    effort -= steps;
    unpolled += steps;
    if (unpolled > STEPS_BETWEEN_POLLS) {
      unpolled = 0;
      stop.throwIfCancelled();
    }
  }

  /** Candidates in the order in which they lose their weight, with what was taken by then. */
  private final class Bounds {
    final int[] order;
    final long[] mostUpTo; // no set of the vertices up to here weighs more
    final long[] beginners; // the candidates that cliques were begun with
    private final long[] weighted; // the candidates that have weight left
    private int memberCount;
    private int ordered;
    private long sum;

    Bounds(long[] candidates) {
      this.beginners = new long[candidates.length];
      this.weighted = candidates.clone();
      for (int v = next(candidates, 0); v >= 0; v = next(candidates, v + 1)) {
        members[memberCount++] = v;
        residual[v] = weights[v];
        degree[v] = common(adjacent[v], candidates);
      }
      this.order = new int[memberCount];
      this.mostUpTo = new long[memberCount];
      spend((double) memberCount * candidates.length);
      while (ordered < order.length) {
        takeOff(vertexOfFewestNeighbours());
      }
    }

    private int vertexOfFewestNeighbours() {
      int fewest = -1;
      int kept = 0;
      for (int i = 0; i < memberCount; i++) {
        int v = members[i];
        if (has(weighted, v)) {
          members[kept++] = v;
          fewest = fewest < 0 || degree[v] < degree[fewest] ? v : fewest;
        }
      }
      spend(memberCount);
      memberCount = kept;
      return fewest;
    }

    /** Takes the weight that is left of a vertex off a clique of it and others that have some. */
    private void takeOff(int vertex) {
      long taken = residual[vertex];
      sum += taken;
      add(beginners, vertex);
      long[] clique = weighted.clone();
      for (int v = vertex; v >= 0; v = next(clique, 0)) {
        intersect(clique, adjacent[v]);
        residual[v] -= Math.min(residual[v], taken);
        if (residual[v] == 0) {
          lose(v);
        }
        spend(2 * clique.length);
      }
    }

    private void lose(int vertex) {
      order[ordered] = vertex;
      mostUpTo[ordered++] = sum;
      remove(weighted, vertex);
      spend(degree[vertex] + weighted.length);
      for (int word = 0; word < weighted.length; word++) {
        for (long bits = weighted[word] & adjacent[vertex][word]; bits != 0; bits &= bits - 1) {
          degree[word * Long.SIZE + Long.numberOfTrailingZeros(bits)]--;
        }
      }
    }
  }

  private static void add(long[] set, int vertex) {
    set[vertex / Long.SIZE] |= 1L << vertex;
  }

  private static void remove(long[] set, int vertex) {
    set[vertex / Long.SIZE] &= ~(1L << vertex);
  }

  private static boolean has(long[] set, int vertex) {
    return (set[vertex / Long.SIZE] & 1L << vertex) != 0;
  }

  /** The first vertex from one on, -1 if there is none. */
  private static int next(long[] set, int from) {
    return nextOfBoth(set, set, from);
  }

  /** The first vertex of two sets from one on, -1 if there is none. */
  private static int nextOfBoth(long[] set, long[] other, int from) {
    int word = from / Long.SIZE;
    long bits = word < set.length ? set[word] & other[word] & -1L << from : 0;
    while (bits == 0 && ++word < set.length) {
      bits = set[word] & other[word];
    }
    return bits == 0 ? -1 : word * Long.SIZE + Long.numberOfTrailingZeros(bits);
  }

  private static void intersect(long[] set, long[] other) {
    for (int word = 0; word < set.length; word++) {
      set[word] &= other[word];
    }
  }

  private static void removeAll(long[] set, long[] other) {
    for (int word = 0; word < set.length; word++) {
      set[word] &= ~other[word];
    }
  }

  private static int common(long[] set, long[] other) {
    int count = 0;
    for (int word = 0; word < set.length; word++) {
      count += Long.bitCount(set[word] & other[word]);
    }
    return count;
  }
}
