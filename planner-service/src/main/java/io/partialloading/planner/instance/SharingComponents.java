// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a set of models shares blocks: which models are linked by shared blocks, directly or through
 * others, and what structure the sharing has in each such component.
 *
 * <p>Blocks that are in exactly the same models cannot be told apart by any plan; they form a
 * <em>block group</em>. Groups are found by partition refinement, in time linear in the number of
 * block references. A component is nested (its sets {models that contain block j} are laminar)
 * exactly if in every model the groups, sorted by how many models contain them, strictly decrease
 * and each group follows the same group in every model that contains it: then every set lies within
 * that of its predecessor, and two sets that meet in a model are both on that model's chain.
 */
public final class SharingComponents {
  private static final int UNSEEN = -2;
  private static final int ROOT = -1;
  private static final int MAX_INSERTION_SORT = 64;

  private final int[] groupOfBlock;
  private final int[] modelCountOfGroup;
  private final int[][] groupsOfModel;
  private final int[][] modelBlocks;
  private final List<Component> components;

  /**
   * Models linked by shared blocks.
   *
   * @param models the models, ascending; not to be modified
   * @param structure how they share
   */
  public record Component(int[] models, SharingStructure structure) {
    /** Number of models. */
    public int size() {
      return models.length;
    }
  }

  private SharingComponents(
      int[] groupOfBlock, int[] modelCountOfGroup, int[][] groupsOfModel, int[][] modelBlocks) {
    this.groupOfBlock = groupOfBlock;
    this.modelCountOfGroup = modelCountOfGroup;
    this.groupsOfModel = groupsOfModel;
    this.modelBlocks = modelBlocks;
    this.components = findComponents();
  }

  static SharingComponents of(Instance instance) {
    int[][] modelBlocks = new int[instance.modelCount()][];
    for (int model = 0; model < modelBlocks.length; model++) {
      modelBlocks[model] = instance.model(model).blocks();
    }
    return instance.parameterSharing()
        ? of(instance.blockCount(), modelBlocks)
        : ofUnshared(modelBlocks);
  }

  /** Models whose blocks count as their own even where they are not: one group a model. */
  private static SharingComponents ofUnshared(int[][] modelBlocks) {
    int[] modelCounts = new int[modelBlocks.length];
    Arrays.fill(modelCounts, 1);
    int[][] groups = new int[modelBlocks.length][];
    Arrays.setAll(groups, model -> new int[] {model});
    return new SharingComponents(new int[0], modelCounts, groups, modelBlocks);
  }

  /**
   * How models share blocks.
   *
   * @param blockCount number of blocks
   * @param modelBlocks blocks of each model from bottom to top, each at most once; not copied
   */
  public static SharingComponents of(int blockCount, int[][] modelBlocks) {
    // Partition refinement. All blocks start in group 0; each model splits every group that it
    // contains in part. The part it contains becomes the new group.
    int references = 0;
    for (int[] blocks : modelBlocks) {
      references += blocks.length;
    }
    int[] groupOf = new int[blockCount];
    int maxGroups = Math.min(references, blockCount) + 1;
    int[] size = new int[maxGroups];
    int[] contained = new int[maxGroups]; // blocks of the group in the current model
    int[] splitInto = new int[maxGroups];
    size[0] = blockCount;
    int groupCount = 1;
    for (int[] blocks : modelBlocks) {
      // By runs of blocks of one group: neighbouring layers mostly are in the same models.
      for (int i = 0, end; i < blocks.length; i = end) {
        int group = groupOf[blocks[i]];
        end = endOfRun(blocks, i, group, groupOf);
        contained[group] += end - i;
      }
      for (int i = 0, end; i < blocks.length; i = end) {
        int group = groupOf[blocks[i]];
        end = endOfRun(blocks, i, group, groupOf);
        int left = contained[group];
        if (left == 0) {
          continue; // the whole group is in this model
        }
        if (left == size[group]) {
          contained[group] = 0;
          continue;
        }
        if (left > 0) {
          // First run of the part to be split off; from here on the count is negative.
          size[group] -= left;
          size[groupCount] = left;
          left = -left;
          splitInto[group] = groupCount++;
        }
        for (int j = i; j < end; j++) {
          groupOf[blocks[j]] = splitInto[group];
        }
        contained[group] = left + end - i;
      }
    }
    int[][] groupsOf = new int[modelBlocks.length][];
    int[] modelCount = new int[groupCount];
    int[] seenIn = new int[groupCount];
    int[] found = new int[groupCount];
    for (int model = 0; model < modelBlocks.length; model++) {
      int count = 0;
      int[] blocks = modelBlocks[model];
      for (int i = 0; i < blocks.length; i = endOfRun(blocks, i, groupOf[blocks[i]], groupOf)) {
        int group = groupOf[blocks[i]];
        if (seenIn[group] != model + 1) {
          seenIn[group] = model + 1;
          modelCount[group]++;
          found[count++] = group;
        }
      }
      groupsOf[model] = Arrays.copyOf(found, count);
    }
    for (int[] groups : groupsOf) {
      sortByDescendingModelCount(groups, modelCount);
    }
    return new SharingComponents(groupOf, modelCount, groupsOf, modelBlocks);
  }

  /** One past the last of the blocks from {@code from} on that are all in one group. */
  private static int endOfRun(int[] blocks, int from, int group, int[] groupOf) {
    int end = from + 1;
    while (end < blocks.length && groupOf[blocks[end]] == group) {
      end++;
    }
    return end;
  }

  /**
   * Sorts by descending model count, then ascending; by insertion, as lists are short and sorted in
   * part.
   */
  private static void sortByDescendingModelCount(int[] groups, int[] modelCount) {
    if (groups.length > MAX_INSERTION_SORT) {
      sortLong(groups, modelCount);
      return;
    }
    for (int i = 1; i < groups.length; i++) {
      int group = groups[i];
      int count = modelCount[group];
      int j = i - 1;
      while (j >= 0
          && (modelCount[groups[j]] < count
              || (modelCount[groups[j]] == count && groups[j] > group))) {
        groups[j + 1] = groups[j];
        j--;
      }
      groups[j + 1] = group;
    }
  }

  private static void sortLong(int[] groups, int[] modelCount) {
    long[] keys = new long[groups.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) (Integer.MAX_VALUE - modelCount[groups[i]]) << Integer.SIZE | groups[i];
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      groups[i] = (int) keys[i];
    }
  }

  /** The components, by their first model. */
  public List<Component> components() {
    return components;
  }

  /** The structure of the most intricate component. */
  public SharingStructure structure() {
    SharingStructure structure = SharingStructure.NONE;
    for (Component component : components) {
      if (component.structure().compareTo(structure) > 0) {
        structure = component.structure();
      }
    }
    return structure;
  }

  /** Number of block groups. */
  public int groupCount() {
    return modelCountOfGroup.length;
  }

  /** The group of a block. Meaningless for blocks that no model has. */
  public int group(int block) {
    return groupOfBlock[block];
  }

  /** The groups of a model, those in most models first; not to be modified. */
  public int[] groups(int model) {
    return groupsOfModel[model];
  }

  /** Number of models that contain a group. */
  public int modelCount(int group) {
    return modelCountOfGroup[group];
  }

  /**
   * The blocks that keep a component from having bottom-layer sharing (Definition 2): shared blocks
   * that lie above a model's own blocks or out of the common order. Ascending; empty if there are
   * none.
   */
  public int[] blocksBreakingBottomLayer(Component component) {
    int[] layer = new int[groupOfBlock.length];
    Arrays.fill(layer, UNSEEN);
    findCommonLayers(component.models(), layer);
    List<Integer> breaking = new ArrayList<>();
    for (int model : component.models()) {
      int[] blocks = modelBlocks[model];
      boolean inPrefix = true;
      for (int i = 0; i < blocks.length; i++) {
        inPrefix &= isShared(blocks[i]) && layer[blocks[i]] == i;
        if (!inPrefix && isShared(blocks[i])) {
          breaking.add(blocks[i]);
        }
      }
    }
    return breaking.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
  }

  /**
   * The blocks that keep a component from being nested: those whose models are neither all, nor
   * none, of the models of some other block. Ascending; empty if there are none.
   */
  public int[] blocksBreakingNesting(Component component) {
    List<Integer> breaking = new ArrayList<>();
    boolean[] breaks = new boolean[groupCount()];
    int[] parent = new int[groupCount()];
    Arrays.fill(parent, UNSEEN);
    for (int model : component.models()) {
      int[] groups = groupsOfModel[model];
      for (int i = 0; i < groups.length; i++) {
        int expected = i == 0 ? ROOT : groups[i - 1];
        if (i > 0 && modelCountOfGroup[groups[i]] == modelCountOfGroup[groups[i - 1]]) {
          breaks[groups[i]] = true;
          breaks[groups[i - 1]] = true;
        } else if (parent[groups[i]] != UNSEEN && parent[groups[i]] != expected) {
          breaks[groups[i]] = true;
        }
        parent[groups[i]] = expected;
      }
    }
    for (int model : component.models()) {
      for (int block : modelBlocks[model]) {
        if (breaks[groupOfBlock[block]]) {
          breaking.add(block);
        }
      }
    }
    return breaking.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
  }

  /** Whether several models have a block. Meaningless for blocks that no model has. */
  public boolean isShared(int block) {
    return modelCountOfGroup[groupOfBlock[block]] > 1;
  }

  private List<Component> findComponents() {
    int[] root = new int[groupsOfModel.length];
    Arrays.setAll(root, model -> model);
    int[] firstModel = new int[groupCount()];
    Arrays.fill(firstModel, UNSEEN);
    for (int model = 0; model < root.length; model++) {
      for (int group : groupsOfModel[model]) {
        if (firstModel[group] == UNSEEN) {
          firstModel[group] = model;
        } else {
          int a = find(root, firstModel[group]);
          int b = find(root, model);
          root[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    int[] sizes = new int[root.length];
    for (int model = 0; model < root.length; model++) {
      sizes[find(root, model)]++;
    }
    int[][] members = new int[root.length][];
    List<Component> found = new ArrayList<>();
    int[] filled = new int[root.length];
    for (int model = 0; model < root.length; model++) {
      int r = find(root, model);
      if (members[r] == null) {
        members[r] = new int[sizes[r]];
      }
      members[r][filled[r]++] = model;
    }
    // Components have no groups in common, so they can share this table.
    int[] parent = new int[groupCount()];
    Arrays.fill(parent, UNSEEN);
    for (int[] models : members) {
      if (models != null) {
        found.add(new Component(models, structureOf(models, parent)));
      }
    }
    return List.copyOf(found);
  }

  private static int find(int[] root, int model) {
    int r = model;
    while (root[r] != r) {
      root[r] = root[root[r]];
      r = root[r];
    }
    return r;
  }

  private SharingStructure structureOf(int[] models, int[] parent) {
    if (models.length == 1) {
      return SharingStructure.NONE;
    }
    if (!isNested(models, parent)) {
      return SharingStructure.GENERAL;
    }
    return isBottomLayer(models) ? SharingStructure.BOTTOM_LAYER : SharingStructure.NESTED;
  }

  private boolean isNested(int[] models, int[] parent) {
    for (int model : models) {
      int[] groups = groupsOfModel[model];
      for (int i = 0; i < groups.length; i++) {
        int expected = i == 0 ? ROOT : groups[i - 1];
        if (i > 0 && modelCountOfGroup[groups[i]] == modelCountOfGroup[groups[i - 1]]) {
          return false;
        }
        if (parent[groups[i]] == UNSEEN) {
          parent[groups[i]] = expected;
        } else if (parent[groups[i]] != expected) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isBottomLayer(int[] models) {
    // The ordered list of shared layers in Definition 2, as far as the models seen have it.
    int[] layers = new int[0];
    for (int model : models) {
      int[] blocks = modelBlocks[model];
      int depth = 0;
      while (depth < blocks.length && isShared(blocks[depth])) {
        depth++;
      }
      int known = Math.min(depth, layers.length);
      if (!Arrays.equals(blocks, 0, known, layers, 0, known)) {
        return false;
      }
      if (depth > known) {
        layers = Arrays.copyOf(blocks, depth);
      }
      for (int i = depth; i < blocks.length; i++) {
        if (isShared(blocks[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Finds the ordered list of shared layers in Definition 2, as the position of each block in it:
   * the shared blocks of the model that has most of them.
   */
  private void findCommonLayers(int[] models, int[] layer) {
    int most = -1;
    int reference = models[0];
    for (int model : models) {
      int shared = 0;
      for (int block : modelBlocks[model]) {
        shared += isShared(block) ? 1 : 0;
      }
      if (shared > most) {
        most = shared;
        reference = model;
      }
    }
    for (int i = 0; i < modelBlocks[reference].length; i++) {
      layer[modelBlocks[reference][i]] = i;
    }
  }
}
