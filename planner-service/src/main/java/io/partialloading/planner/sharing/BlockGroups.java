// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.sharing;

import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;

/**
 * Blocks grouped by the models they are in. Blocks of one group are in exactly the same models, so
 * no plan can tell them apart. The arrays are not to be modified.
 *
 * <p>Found by partition refinement, in time linear in the number of block references: all blocks
 * start in group 0, and each model splits every group that it contains in part; the part it
 * contains becomes the new group.
 */
final class BlockGroups {
  private static final int MAX_INSERTION_SORT = 64;

  private final int[][] modelBlocks;
  private final StopSignal stop;
  private final int[] groupOf; // by block
  private final int[] size; // by group
  private final int[] contained; // by group, its blocks in the current model
  private final int[] splitInto; // by group, the group of the part that the current model contains
  private int groupCount = 1;

  private BlockGroups(int blockCount, int[][] modelBlocks, StopSignal stop) {
    this.modelBlocks = modelBlocks;
    this.stop = stop;
    int references = 0;
    for (int[] blocks : modelBlocks) {
      references += blocks.length;
    }
    int maxGroups = Math.min(references, blockCount) + 1;
    this.groupOf = new int[blockCount];
    this.size = new int[maxGroups];
    this.contained = new int[maxGroups];
    this.splitInto = new int[maxGroups];
    size[0] = blockCount;
  }

  /**
   * The groups.
   *
   * @param ofBlock group by block; meaningless for blocks that no model has
   * @param ofModel the groups of each model, those in most models first
   * @param modelCounts number of models by group
   */
  record Found(int[] ofBlock, int[][] ofModel, int[] modelCounts) {}

  /** Groups the blocks of some models. */
  static Found of(int blockCount, int[][] modelBlocks, StopSignal stop) {
    BlockGroups groups = new BlockGroups(blockCount, modelBlocks, stop);
    for (int[] blocks : modelBlocks) {
      stop.throwIfCancelled();
      groups.count(blocks);
      groups.split(blocks);
    }
    return groups.found();
  }

  /** Counts by group the blocks of a model, by runs: neighbouring layers mostly share a group. */
  private void count(int[] blocks) {
    for (int i = 0, end; i < blocks.length; i = end) {
      int group = groupOf[blocks[i]];
      end = endOfRun(blocks, i, group);
      contained[group] += end - i;
    }
  }

  private void split(int[] blocks) {
    for (int i = 0, end; i < blocks.length; i = end) {
      int group = groupOf[blocks[i]];
      end = endOfRun(blocks, i, group);
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

  private Found found() {
    int[][] ofModel = new int[modelBlocks.length][];
    int[] modelCounts = new int[groupCount];
    int[] seenIn = new int[groupCount];
    int[] found = new int[groupCount];
    for (int model = 0; model < modelBlocks.length; model++) {
      stop.throwIfCancelled();
      int count = 0;
      int[] blocks = modelBlocks[model];
      for (int i = 0; i < blocks.length; i = endOfRun(blocks, i, groupOf[blocks[i]])) {
        int group = groupOf[blocks[i]];
        if (seenIn[group] != model + 1) {
          seenIn[group] = model + 1;
          modelCounts[group]++;
          found[count++] = group;
        }
      }
      ofModel[model] = Arrays.copyOf(found, count);
    }
    for (int[] groups : ofModel) {
      stop.throwIfCancelled();
      sortByDescendingModelCount(groups, modelCounts);
    }
    return new Found(groupOf, ofModel, modelCounts);
  }

  /** One past the last of the blocks from {@code from} on that are all in one group. */
  private int endOfRun(int[] blocks, int from, int group) {
    int end = from + 1;
    while (end < blocks.length && groupOf[blocks[end]] == group) {
      end++;
    }
    return end;
  }

  /**
   * Sorts by descending model count, then ascending; short lists by insertion, as they are mostly
   * sorted in part.
   */
  private static void sortByDescendingModelCount(int[] groups, int[] modelCounts) {
    if (groups.length > MAX_INSERTION_SORT) {
      long[] keys = new long[groups.length];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = (long) (Integer.MAX_VALUE - modelCounts[groups[i]]) << Integer.SIZE | groups[i];
      }
      Arrays.sort(keys);
      for (int i = 0; i < keys.length; i++) {
        groups[i] = (int) keys[i];
      }
      return;
    }
    for (int i = 1; i < groups.length; i++) {
      int group = groups[i];
      int count = modelCounts[group];
      int j = i - 1;
      while (j >= 0
          && (modelCounts[groups[j]] < count
              || (modelCounts[groups[j]] == count && groups[j] > group))) {
        groups[j + 1] = groups[j];
        j--;
      }
      groups[j + 1] = group;
    }
  }
}
