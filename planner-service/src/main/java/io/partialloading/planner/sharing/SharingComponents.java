// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.sharing;

import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How a set of models shares blocks: which models are linked by shared blocks, directly or through
 * others, and what structure the sharing has in each such component.
 *
 * <p>Blocks that are in exactly the same models form a <em>block group</em> ({@link BlockGroups}).
 * A component is nested (its sets {models that contain block j} are laminar) exactly if in every
 * model the groups, sorted by how many models contain them, strictly decrease and each group
 * follows the same group in every model that contains it: then every set lies within that of its
 * predecessor, and two sets that meet in a model are both on that model's chain.
 */
public final class SharingComponents {
  private static final int UNSEEN = -2;
  private static final int ROOT = -1;

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

  private SharingComponents(BlockGroups.Found groups, int[][] modelBlocks, StopSignal stop) {
    this.groupOfBlock = groups.ofBlock();
    this.modelCountOfGroup = groups.modelCounts();
    this.groupsOfModel = groups.ofModel();
    this.modelBlocks = modelBlocks;
    this.components = findComponents(stop);
  }

  /**
   * How models share blocks.
   *
   * @param blockCount number of blocks
   * @param modelBlocks blocks of each model from bottom to top, each at most once; not copied
   */
  public static SharingComponents of(int blockCount, int[][] modelBlocks, StopSignal stop) {
    BlockGroups.Found groups = BlockGroups.of(blockCount, modelBlocks, stop);
    return new SharingComponents(groups, modelBlocks, stop);
  }

  /** Models whose blocks count as their own even where they are not: one group a model. */
  public static SharingComponents ofUnshared(int[][] modelBlocks, StopSignal stop) {
    int[] modelCounts = new int[modelBlocks.length];
    Arrays.fill(modelCounts, 1);
    int[][] groups = new int[modelBlocks.length][];
    Arrays.setAll(groups, model -> new int[] {model});
    return new SharingComponents(
        new BlockGroups.Found(new int[0], groups, modelCounts), modelBlocks, stop);
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

  /** Number of models that have the blocks of a group. */
  public int modelCount(int group) {
    return modelCountOfGroup[group];
  }

  /** The group of a block. Meaningless for blocks that no model has. */
  public int group(int block) {
    return groupOfBlock[block];
  }

  /** The groups of a model, those in most models first; not to be modified. */
  public int[] groups(int model) {
    return groupsOfModel[model];
  }

  /**
   * The blocks that keep a component from having bottom-layer sharing (Definition 2): shared blocks
   * that lie above a model's own blocks or out of the common order. Ascending; empty if there are
   * none.
   */
  public int[] blocksBreakingBottomLayer(Component component, StopSignal stop) {
    int[] layer = new int[groupOfBlock.length];
    Arrays.fill(layer, UNSEEN);
    findCommonLayers(component.models(), layer);
    BitSet breaking = new BitSet();
    for (int model : component.models()) {
      stop.throwIfCancelled();
      int[] blocks = modelBlocks[model];
      boolean inPrefix = true;
      for (int i = 0; i < blocks.length; i++) {
        inPrefix &= isShared(blocks[i]) && layer[blocks[i]] == i;
        if (!inPrefix && isShared(blocks[i])) {
          breaking.set(blocks[i]);
        }
      }
    }
    return breaking.stream().toArray();
  }

  /**
   * The groups that keep components from being nested: those whose models overlap in part with
   * those of another group. By group; linear in the groups of all models.
   */
  public boolean[] overlappingGroups(StopSignal stop) {
    return Overlaps.find(groupsOfModel, modelCountOfGroup, stop);
  }

  /** Whether several models have a block. Meaningless for blocks that no model has. */
  public boolean isShared(int block) {
    return modelCountOfGroup[groupOfBlock[block]] > 1;
  }

  private List<Component> findComponents(StopSignal stop) {
    int[][] members = members(stop);
    // Components have no groups in common, so they can share this table.
    int[] parent = new int[groupCount()];
    Arrays.fill(parent, UNSEEN);
    List<Component> found = new ArrayList<>();
    for (int[] models : members) {
      stop.throwIfCancelled();
      if (models.length > 0) {
        found.add(new Component(models, structureOf(models, parent)));
      }
    }
    return List.copyOf(found);
  }

  /** The models of each component, ascending, at its first model; nothing at the others. */
  private int[][] members(StopSignal stop) {
    int[] root = new int[groupsOfModel.length];
    Arrays.setAll(root, model -> model);
    int[] firstModel = new int[groupCount()];
    Arrays.fill(firstModel, UNSEEN);
    for (int model = 0; model < root.length; model++) {
      stop.throwIfCancelled();
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
    Arrays.setAll(members, model -> new int[sizes[model]]);
    int[] filled = new int[root.length];
    for (int model = 0; model < root.length; model++) {
      int r = find(root, model);
      members[r][filled[r]++] = model;
    }
    return members;
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
