// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.sharing.SharingComponents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Least times of components whose sharing is nested, by a knapsack over counts on the block tree.
 *
 * <p>The block groups of such a component form a tree: the parent of a group is the smallest group
 * whose models include all of its own. A model's blocks are a path from the root to the node it
 * ends at. A depth-first visit that takes a node's own models after those below it transfers the
 * blocks of every node it touches exactly once, and pays the latency of a load only where it comes
 * to a node below which nobody is served. No order does better: a block that is used and not
 * resident has to be transferred at least once; and the first visited model of a node below which
 * nobody is served finds a predecessor without that node's blocks, so each such node has a load of
 * its own. Hence {@link BlockTimes} is exact. Resident blocks help the plan's first model only, and
 * save exactly its share of them; which model that is, the {@code first} curves decide.
 *
 * <p><b>Rounding.</b> A node's transfer time is the rounded time of the path down to it less that
 * of the path to its parent. Since {@code ⌈a⌉ − ⌈b⌉ ≤ ⌈a − b⌉ ≤ ⌈a⌉ − ⌈b⌉ + 1} in each of the two
 * stages, the curves never exceed the true least times and fall short of the time of their own plan
 * by at most {@link LoadTimes#ROUNDING_PER_LOAD} for each load. With that much added to every
 * latency, plans of the curves keep the budget whatever the rounding.
 *
 * <p>Time O(K²) and memory O(K·d) for K users in reach and a tree of depth d; both shrink to the
 * users that fit in the budget.
 */
final class NestedComponentSolver {
  private final Problem problem;
  private final Instance instance;
  private final SharingComponents sharing;
  private final StopSignal stop;
  private final long latency;
  private final long[] groupBytes;
  private final long[] missingGroupBytes;
  private final int[] nodeOfGroup;

  /**
   * A solver for the components of one instance.
   *
   * @param loadMargin added to the latency of every load, in ns
   */
  NestedComponentSolver(
      Problem problem, SharingComponents sharing, long loadMargin, StopSignal stop) {
    this.stop = stop;
    this.problem = problem;
    this.instance = problem.instance();
    this.sharing = sharing;
    this.latency =
        instance.loadTimes().isAffine() ? instance.loadTimes().latency() + loadMargin : 0;
    this.groupBytes = new long[sharing.groupCount()];
    this.missingGroupBytes = new long[sharing.groupCount()];
    this.nodeOfGroup = new int[sharing.groupCount()];
    Arrays.fill(nodeOfGroup, -1);
    if (instance.parameterSharing()) {
      for (int block = 0; block < instance.blockCount(); block++) {
        long bytes = instance.blockBytes(block);
        groupBytes[sharing.group(block)] += bytes;
        missingGroupBytes[sharing.group(block)] += instance.isResident(block) ? 0 : bytes;
      }
    }
  }

  /** A node of the block tree while it is put together; parents come before their children. */
  private static final class Node {
    final @Nullable Node parent;
    final BlockTimes.Costs costs;
    final List<ModelTimes> own = new ArrayList<>(1);
    final List<LeastTimes> below = new ArrayList<>(2);
    final long pathBytes;
    final long missingPathBytes;
    final long pathTime;
    final long missingPathTime;

    Node(
        @Nullable Node parent,
        long pathBytes,
        long missingPathBytes,
        LoadTimes loads,
        long latency,
        boolean residentMatters) {
      this.parent = parent;
      this.pathBytes = pathBytes;
      this.missingPathBytes = missingPathBytes;
      this.pathTime = loads.streamingTime(pathBytes);
      this.missingPathTime = residentMatters ? loads.streamingTime(missingPathBytes) : pathTime;
      this.costs =
          new BlockTimes.Costs(
              pathTime - (parent == null ? 0 : parent.pathTime),
              latency,
              missingPathTime - (parent == null ? 0 : parent.missingPathTime),
              missingPathBytes == 0 ? 0 : latency,
              residentMatters);
    }
  }

  private LeastTimes solveSingle(int model) {
    long load = problem.machine().loadTime(Machine.COLD, model);
    long firstLoad = problem.machine().loadTime(Machine.START, model);
    return new BlockTimes(
        new BlockTimes.Costs(load, 0, firstLoad, 0, firstLoad < load),
        null,
        new ModelTimes(problem, model),
        instance.budget(),
        stop);
  }

  /**
   * Exact least times of a nested component; of one model that shares with no other whatever the
   * transfer profile.
   *
   * @throws IllegalStateException if there are more models and the transfer profile is not affine
   */
  LeastTimes solve(SharingComponents.Component component) {
    if (component.size() == 1) {
      return solveSingle(component.models()[0]);
    }
    boolean residentMatters = hasResidentBlocks(component);
    List<Node> nodes = new ArrayList<>();
    for (int model : component.models()) {
      stop.throwIfCancelled();
      Node node = null;
      for (int group : sharing.groups(model)) {
        if (nodeOfGroup[group] < 0) {
          nodeOfGroup[group] = nodes.size();
          long pathBytes = node == null ? 0 : node.pathBytes;
          long missingPathBytes = node == null ? 0 : node.missingPathBytes;
          nodes.add(
              new Node(
                  node,
                  pathBytes + groupBytes[group],
                  missingPathBytes + missingGroupBytes[group],
                  instance.loadTimes(),
                  latency,
                  residentMatters));
        }
        node = nodes.get(nodeOfGroup[group]);
      }
      if (node != null) {
        node.own.add(new ModelTimes(problem, model));
      }
    }
    for (int i = nodes.size() - 1; i > 0; i--) {
      Node node = nodes.get(i);
      if (node.parent != null) {
        node.parent.below.add(leastTimes(node));
      }
    }
    return leastTimes(nodes.get(0));
  }

  private boolean hasResidentBlocks(SharingComponents.Component component) {
    if (!instance.hasResidentBlocks()) {
      return false;
    }
    for (int model : component.models()) {
      for (int group : sharing.groups(model)) {
        if (missingGroupBytes[group] < groupBytes[group]) {
          return true;
        }
      }
    }
    return false;
  }

  private LeastTimes leastTimes(Node node) {
    stop.throwIfCancelled();
    long budget = instance.budget();
    return new BlockTimes(
        node.costs,
        node.below.isEmpty() ? null : SumTimes.of(node.below, budget, stop),
        node.own.isEmpty() ? null : SumTimes.of(node.own, budget, stop),
        budget,
        stop);
  }
}
