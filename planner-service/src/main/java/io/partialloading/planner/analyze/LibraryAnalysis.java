// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingComponents;
import io.partialloading.planner.sharing.SharingComponents.Component;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * How the models of a library share blocks.
 *
 * @param structure that of the most intricate component
 * @param components models linked by shared blocks, the component of most models first, equal ones
 *     by their first model
 * @param storedBytes size of all blocks that some model has, each counted once, saturated
 * @param unsharedBytes size if every model had blocks of its own, saturated
 * @param sharedBlocks the blocks that two models or more have: those in most models first, then
 *     larger ones, then in library order
 */
public record LibraryAnalysis(
    SharingStructure structure,
    List<ComponentAnalysis> components,
    long storedBytes,
    long unsharedBytes,
    List<SharedBlock> sharedBlocks) {

  /** Users of each model that are reckoned with to tell what is planned exactly. */
  private static final int USERS_OF_MODEL = 4;

  private static final int COMPARISONS_BETWEEN_POLLS = 256;

  private static final Comparator<SharedBlock> MOST_SHARED_FIRST =
      Comparator.comparingInt(SharedBlock::modelCount)
          .thenComparingLong(SharedBlock::bytes)
          .reversed();

  /**
   * A block that several models have.
   *
   * @param block the block
   * @param bytes its size
   * @param modelCount number of models that have it, at least 2
   */
  public record SharedBlock(int block, long bytes, int modelCount) {}

  public LibraryAnalysis {
    components = List.copyOf(components);
    sharedBlocks = List.copyOf(sharedBlocks);
  }

  /**
   * Analyses a library. Linear in its block references, but for sorting, and for tables of all
   * blocks for each component that is not bottom-layer.
   *
   * @param blockBytes size by block
   * @param modelBlocks blocks of each model from bottom to top, each at most once; not copied
   * @param stop asked several times a millisecond whether anybody waits for the analysis
   * @throws CancellationException if not
   */
  public static LibraryAnalysis of(long[] blockBytes, int[][] modelBlocks, StopSignal stop) {
    SharingComponents sharing = SharingComponents.of(blockBytes.length, modelBlocks, stop);
    List<Component> components = new ArrayList<>(sharing.components());
    components.sort(Comparator.comparingInt(Component::size).reversed());
    Method[] methods = Method.choose(components, true, c -> (long) USERS_OF_MODEL * c.size());
    List<ComponentAnalysis> analyses = new ArrayList<>(components.size());
    int[] modelCounts = new int[blockBytes.length];
    long stored = 0;
    long unshared = 0;
    for (int c = 0; c < methods.length; c++) {
      Component component = components.get(c);
      long componentStored = 0;
      long componentUnshared = 0;
      for (int model : component.models()) {
        stop.throwIfCancelled();
        for (int block : modelBlocks[model]) {
          componentUnshared = sum(componentUnshared, blockBytes[block]);
          if (modelCounts[block]++ == 0) {
            componentStored = sum(componentStored, blockBytes[block]);
          }
        }
      }
      stored = sum(stored, componentStored);
      unshared = sum(unshared, componentUnshared);
      analyses.add(
          new ComponentAnalysis(
              component.models(),
              component.structure(),
              ComponentAnalysis.breakingBlocks(sharing, component, stop),
              componentStored,
              componentUnshared,
              methods[c].isExact()));
    }
    return new LibraryAnalysis(
        sharing.structure(),
        analyses,
        stored,
        unshared,
        sharedBlocks(blockBytes, modelCounts, stop));
  }

  private static List<SharedBlock> sharedBlocks(
      long[] blockBytes, int[] modelCounts, StopSignal stop) {
    List<SharedBlock> shared = new ArrayList<>();
    for (int block = 0; block < modelCounts.length; block++) {
      if (modelCounts[block] > 1) {
        shared.add(new SharedBlock(block, blockBytes[block], modelCounts[block]));
      }
    }
    // Sorting takes tens of milliseconds, and only a comparison can end it.
    int[] comparisons = {0};
    shared.sort(
        (a, b) -> {
          if (++comparisons[0] % COMPARISONS_BETWEEN_POLLS == 0) {
            stop.throwIfCancelled();
          }
          return MOST_SHARED_FIRST.compare(a, b);
        });
    return shared;
  }

  /** The sum of two sizes, or the largest number if it is larger. */
  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
