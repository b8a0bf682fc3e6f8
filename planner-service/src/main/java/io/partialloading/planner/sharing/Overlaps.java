// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.sharing;

import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;

/**
 * Finds the block groups whose models overlap in part with those of another group: some models have
 * both, and each is in a model that the other is not in.
 *
 * <p>Groups are taken by falling number of models. A group overlaps in part with one before it
 * exactly if not all of its models have the same of those before; so each model carries a number
 * that stands for the groups it has had. Groups for which all had the same lie within each other
 * along every model, and so form a forest, each below the smallest that contains it. A group for
 * which they had not is no part of it, but every tree node that contains some of its models and not
 * all of them overlaps with it, and leaves the forest. Each leaves once: time is linear in the
 * models of all groups, but for the paths to nodes that are left, which are halved on the way.
 */
final class Overlaps {
  private static final int NONE = -1;

  private final int[] modelCounts;
  private final int[] firstOf; // by group, where its models begin in modelsOf
  private final int[] modelsOf;
  private final boolean[] overlaps; // by group
  private final int[] parent; // by group in the forest
  private final int[] lowest; // by model, the smallest group of the forest that it has
  private final int[] history; // by model, stands for the groups it has had
  private final int[] next; // by such a number, the one that follows it with the group at hand
  private final int[] nextFor; // the group that this is for
  private int histories = 1;

  private Overlaps(int[][] groupsOfModel, int[] modelCounts) {
    this.modelCounts = modelCounts;
    this.firstOf = new int[modelCounts.length + 1];
    for (int group = 0; group < modelCounts.length; group++) {
      firstOf[group + 1] = firstOf[group] + modelCounts[group];
    }
    int references = firstOf[modelCounts.length];
    this.modelsOf = new int[references];
    int[] filled = Arrays.copyOf(firstOf, modelCounts.length);
    for (int model = 0; model < groupsOfModel.length; model++) {
      for (int group : groupsOfModel[model]) {
        modelsOf[filled[group]++] = model;
      }
    }
    this.overlaps = new boolean[modelCounts.length];
    this.parent = new int[modelCounts.length];
    this.lowest = new int[groupsOfModel.length];
    Arrays.fill(lowest, NONE);
    this.history = new int[groupsOfModel.length];
    this.next = new int[references + 1];
    this.nextFor = new int[references + 1];
    Arrays.fill(nextFor, NONE);
  }

  /**
   * The groups that overlap in part with another.
   *
   * @param groupsOfModel groups of each model
   * @param modelCounts number of models by group
   */
  static boolean[] find(int[][] groupsOfModel, int[] modelCounts, StopSignal stop) {
    Overlaps found = new Overlaps(groupsOfModel, modelCounts);
    for (int group : byFallingModelCount(groupsOfModel.length, modelCounts)) {
      stop.throwIfCancelled();
      if (modelCounts[group] > 1) {
        found.add(group);
      }
    }
    return found.overlaps;
  }

  private static int[] byFallingModelCount(int models, int[] modelCounts) {
    int[] places = new int[models + 2]; // by model count, where its groups end in the order
    for (int count : modelCounts) {
      places[count]++;
    }
    for (int count = models; count >= 0; count--) {
      places[count] += places[count + 1];
    }
    int[] order = new int[modelCounts.length];
    for (int group = 0; group < order.length; group++) {
      order[--places[modelCounts[group]]] = group;
    }
    return order;
  }

  private void add(int group) {
    int first = modelsOf[firstOf[group]];
    int before = history[first];
    int common = inForest(lowest[first]);
    for (int i = firstOf[group]; i < firstOf[group + 1]; i++) {
      int model = modelsOf[i];
      overlaps[group] |= history[model] != before;
      common = leaveButCommon(common, inForest(lowest[model]));
      if (nextFor[history[model]] != group) {
        nextFor[history[model]] = group;
        next[history[model]] = histories++;
      }
      history[model] = next[history[model]];
    }
    if (!overlaps[group]) {
      parent[group] = common;
      for (int i = firstOf[group]; i < firstOf[group + 1]; i++) {
        lowest[modelsOf[i]] = group;
      }
    }
  }

  /**
   * Takes out of the forest what lies on the way up from one of two nodes but not of the other.
   *
   * @return the first that lies on both ways
   */
  private int leaveButCommon(int node, int other) {
    int a = node;
    int b = other;
    while (a != b) {
      // The one of fewer models is not above the other.
      if (b == NONE || (a != NONE && modelCounts[a] <= modelCounts[b])) {
        overlaps[a] = true;
        a = inForest(parent[a]);
      } else {
        overlaps[b] = true;
        b = inForest(parent[b]);
      }
    }
    return a;
  }

  /** The node, or the first above it that has not left the forest. */
  private int inForest(int node) {
    int at = node;
    while (at != NONE && overlaps[at]) {
      int above = parent[at];
      if (above != NONE && overlaps[above]) {
        parent[at] = parent[above];
      }
      at = parent[at];
    }
    return at;
  }
}
