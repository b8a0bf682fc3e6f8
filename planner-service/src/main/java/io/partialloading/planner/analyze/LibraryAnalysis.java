// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingComponents;
import io.partialloading.planner.sharing.SharingComponents.Component;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.Method;
import java.util.ArrayList;
import java.util.BitSet;
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
   * Analyses a library. Linear in its block references, but for sorting, for tables of all blocks
   * for each component that is nested, and for the search of private blocks, whose work is bounded.
   *
   * @param blockBytes size by block
   * @param modelBlocks blocks of each model from bottom to top, each at most once; not copied
   * @param stop asked several times a millisecond whether anybody waits for the analysis
   * @throws CancellationException if not
   */
  public static LibraryAnalysis of(long[] blockBytes, int[][] modelBlocks, StopSignal stop) {
    return of(blockBytes, modelBlocks, PrivateBlocks.DEFAULT, stop);
  }

  static LibraryAnalysis of(
      long[] blockBytes, int[][] modelBlocks, PrivateBlocks.Limits limits, StopSignal stop) {
    SharingComponents sharing = SharingComponents.of(blockBytes.length, modelBlocks, stop);
    List<Component> components = new ArrayList<>(sharing.components());
    components.sort(Comparator.comparingInt(Component::size).reversed());
    Method[] methods = Method.choose(components, true, c -> (long) USERS_OF_MODEL * c.size());
    int[] modelCounts = modelCounts(blockBytes.length, modelBlocks, stop);
    boolean[] overlapping = sharing.overlappingGroups(stop);
    PrivateBlocks.Sizes[] sizes = new PrivateBlocks.Sizes[methods.length];
    boolean[] isPrivate =
        PrivateBlocks.choose(
            sharing,
            components,
            groupBytes(sharing, blockBytes, modelCounts),
            overlapping,
            sizes,
            limits,
            stop);
    List<ComponentAnalysis> analyses = new ArrayList<>(components.size());
    long stored = 0;
    long unshared = 0;
    for (int c = 0; c < methods.length; c++) {
      Component component = components.get(c);
      Blocks blocks = Blocks.of(component, modelBlocks, blockBytes, stop);
      stored = sum(stored, blocks.stored);
      unshared = sum(unshared, blocks.unshared);
      boolean isNested = component.structure() == SharingStructure.NESTED;
      analyses.add(
          new ComponentAnalysis(
              component.models(),
              component.structure(),
              isNested
                  ? sharing.blocksBreakingBottomLayer(component, stop)
                  : blocks.in(sharing, overlapping),
              blocks.stored,
              blocks.unshared,
              blocks.in(sharing, isPrivate),
              sizes[c].bytes,
              sizes[c].lowerBound,
              methods[c].isExact()));
    }
    return new LibraryAnalysis(
        sharing.structure(),
        analyses,
        stored,
        unshared,
        sharedBlocks(blockBytes, modelCounts, stop));
  }

  /** Number of models by block. */
  private static int[] modelCounts(int blocks, int[][] modelBlocks, StopSignal stop) {
    int[] counts = new int[blocks];
    for (int[] ofModel : modelBlocks) {
      stop.throwIfCancelled();
      for (int block : ofModel) {
        counts[block]++;
      }
    }
    return counts;
  }

  /** Size of its blocks by group, saturated. */
  private static long[] groupBytes(
      SharingComponents sharing, long[] blockBytes, int[] modelCounts) {
    long[] bytes = new long[sharing.groupCount()];
    for (int block = 0; block < blockBytes.length; block++) {
      int group = sharing.group(block);
      bytes[group] = modelCounts[block] == 0 ? bytes[group] : sum(bytes[group], blockBytes[block]);
    }
    return bytes;
  }

  /**
   * The blocks of a component.
   *
   * @param blocks each once
   * @param stored their size, saturated
   * @param unshared that if each model had blocks of its own, saturated
   */
  private record Blocks(BitSet blocks, long stored, long unshared) {
    static Blocks of(Component component, int[][] modelBlocks, long[] blockBytes, StopSignal stop) {
      BitSet blocks = new BitSet();
      long stored = 0;
      long unshared = 0;
      for (int model : component.models()) {
        stop.throwIfCancelled();
        for (int block : modelBlocks[model]) {
          unshared = sum(unshared, blockBytes[block]);
          stored = blocks.get(block) ? stored : sum(stored, blockBytes[block]);
          blocks.set(block);
        }
      }
      return new Blocks(blocks, stored, unshared);
    }

    /** Those of some groups, ascending. */
    int[] in(SharingComponents sharing, boolean[] groups) {
      return blocks.stream().filter(block -> groups[sharing.group(block)]).toArray();
    }
  }

  private static List<SharedBlock> sharedBlocks(
      long[] blockBytes, int[] modelCounts, StopSignal stop) {
    List<SharedBlock> shared = new ArrayList<>();
    for (int block = 0; block < modelCounts.length; block++) {
      if (modelCounts[block] > 1) {
        shared.add(new SharedBlock(block, blockBytes[block], modelCounts[block]));
      }
    }
    sort(shared, MOST_SHARED_FIRST, stop);
    return shared;
  }

  /** Sorts a list, which may take tens of milliseconds: only a comparison can end it. */
  static <T> void sort(List<T> list, Comparator<T> order, StopSignal stop) {
    int[] comparisons = {0};
    list.sort(
        (a, b) -> {
          if (++comparisons[0] % COMPARISONS_BETWEEN_POLLS == 0) {
            stop.throwIfCancelled();
          }
          return order.compare(a, b);
        });
  }

  /** The sum of two sizes, or the largest number if it is larger. */
  static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
