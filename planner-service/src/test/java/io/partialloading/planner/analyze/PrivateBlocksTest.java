// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks to make private, against all sets of blocks tried. */
class PrivateBlocksTest {
  private static final PrivateBlocks.Limits NO_EFFORT = new PrivateBlocks.Limits(1 << 20, 100, 0);
  private static final PrivateBlocks.Limits NO_EDGES = new PrivateBlocks.Limits(0, 100, 1e6);

  private static LibraryAnalysis analysis(long[] bytes, int[]... models) {
    return LibraryAnalysis.of(bytes, models, StopSignal.NEVER);
  }

  private static int[] blocks(int... blocks) {
    return blocks;
  }

  @Test
  void nestedComponent_needsNone() {
    ComponentAnalysis tree =
        analysis(new long[] {5, 6, 7}, blocks(0, 1), blocks(0, 1, 2), blocks(0))
            .components()
            .get(0);

    assertEquals(SharingStructure.BOTTOM_LAYER, tree.structure());
    assertArrayEquals(blocks(), tree.privateBlocks());
    assertEquals(0, tree.privateBytes());
    assertEquals(0, tree.privateBytesLowerBound());
  }

  @Test
  void ring_keepsItsLargestBlock() {
    ComponentAnalysis ring =
        analysis(new long[] {5, 7, 6, 1}, blocks(0, 1), blocks(1, 2, 3), blocks(2, 0))
            .components()
            .get(0);

    assertArrayEquals(blocks(0, 2), ring.privateBlocks());
    assertEquals(11, ring.privateBytes());
    assertEquals(11, ring.privateBytesLowerBound());
  }

  @Test
  void blocksOfTheSameModels_goTogether() {
    // 0, 1 and 2 in the first two models, 3 in the last two: 3 is larger than each, not than all.
    ComponentAnalysis component =
        analysis(new long[] {5, 5, 5, 14}, blocks(0, 1, 2), blocks(0, 1, 2, 3), blocks(3))
            .components()
            .get(0);

    assertArrayEquals(blocks(3), component.privateBlocks());
    assertEquals(14, component.privateBytes());
  }

  @Test
  void sizesThatOverflow_areNotProven() {
    long huge = Long.MAX_VALUE / 2 + 1;
    ComponentAnalysis ring =
        analysis(new long[] {huge, huge, huge}, blocks(0, 1), blocks(1, 2), blocks(2, 0))
            .components()
            .get(0);

    assertEquals(2, ring.privateBlocks().length);
    assertEquals(Long.MAX_VALUE, ring.privateBytes());
    assertTrue(ring.privateBytesLowerBound() < ring.privateBytes());
  }

  @Test
  void smallLibraries_areSolved() {
    int general = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      long[] bytes = random.longs(4 + random.nextInt(8), 1, 20).toArray();
      int[][] models = draw(random, bytes.length);
      String message = "seed " + seed;
      LibraryAnalysis exact = analysis(bytes, models);
      general += exact.structure() == SharingStructure.GENERAL ? 1 : 0;
      long least = leastBytes(bytes, models);
      assertEquals(least, check(exact, bytes, models, message), message);
      assertEquals(least, lowerBound(exact), message);
      for (PrivateBlocks.Limits limits : List.of(NO_EFFORT, NO_EDGES)) {
        LibraryAnalysis rough = LibraryAnalysis.of(bytes, models, limits, StopSignal.NEVER);
        assertTrue(least <= check(rough, bytes, models, message), message);
        assertTrue(lowerBound(rough) <= least, message);
      }
    }
    assertTrue(general > 1_000, general + " general");
  }

  /** One to seven models with blocks as likely as each other, or inherited from another model. */
  private static int[][] draw(Random random, int blockCount) {
    int[][] models = new int[1 + random.nextInt(7)][];
    boolean inherit = random.nextBoolean();
    for (int m = 0; m < models.length; m++) {
      int[] parent =
          inherit && m > 0 ? models[random.nextInt(m)] : IntStream.range(0, blockCount).toArray();
      int one = parent[random.nextInt(parent.length)];
      int keep = inherit ? 3 : 1 + random.nextInt(3);
      models[m] = Arrays.stream(parent).filter(b -> b == one || random.nextInt(4) < keep).toArray();
    }
    return models;
  }

  /** The size of the private blocks of all components, if these leave them nested. */
  private static long check(
      LibraryAnalysis analysis, long[] bytes, int[][] models, String message) {
    BitSet all = new BitSet();
    long sum = 0;
    for (ComponentAnalysis component : analysis.components()) {
      long own = 0;
      int before = -1;
      for (int block : component.privateBlocks()) {
        assertTrue(block > before, message);
        before = block;
        own += bytes[block];
        all.set(block);
      }
      assertEquals(own, component.privateBytes(), message);
      assertTrue(component.privateBytesLowerBound() <= own, message);
      sum += own;
    }
    assertTrue(isNested(modelsOfBlocks(bytes.length, models), all), message);
    return sum;
  }

  private static long lowerBound(LibraryAnalysis analysis) {
    return analysis.components().stream().mapToLong(c -> c.privateBytesLowerBound()).sum();
  }

  /** Over all sets of blocks. */
  private static long leastBytes(long[] bytes, int[][] models) {
    List<BitSet> modelsOf = modelsOfBlocks(bytes.length, models);
    long least = Long.MAX_VALUE;
    for (int set = 0; set < 1 << bytes.length; set++) {
      long sum = 0;
      for (int block = 0; block < bytes.length; block++) {
        sum += (set & (1 << block)) != 0 ? bytes[block] : 0;
      }
      if (sum < least && isNested(modelsOf, BitSet.valueOf(new long[] {set}))) {
        least = sum;
      }
    }
    return least;
  }

  private static List<BitSet> modelsOfBlocks(int blockCount, int[][] models) {
    List<BitSet> modelsOf = new ArrayList<>();
    for (int block = 0; block < blockCount; block++) {
      modelsOf.add(new BitSet());
    }
    for (int model = 0; model < models.length; model++) {
      for (int block : models[model]) {
        modelsOf.get(block).set(model);
      }
    }
    return modelsOf;
  }

  /** Whether the models of any two blocks that are not private are nested or disjoint. */
  private static boolean isNested(List<BitSet> modelsOf, BitSet isPrivate) {
    for (int a = 0; a < modelsOf.size(); a++) {
      for (int b = 0; b < a; b++) {
        BitSet both = (BitSet) modelsOf.get(a).clone();
        both.and(modelsOf.get(b));
        if (!isPrivate.get(a)
            && !isPrivate.get(b)
            && !both.isEmpty()
            && !both.equals(modelsOf.get(a))
            && !both.equals(modelsOf.get(b))) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void longRing_isSolved() {
    // Every other of 1,001 blocks of one byte, and one more.
    int[][] models =
        IntStream.range(0, 1001).mapToObj(i -> blocks(i, (i + 1) % 1001)).toArray(int[][]::new);
    long[] bytes = new long[1001];
    Arrays.fill(bytes, 1);

    ComponentAnalysis ring = analysis(bytes, models).components().get(0);

    assertEquals(501, ring.privateBytes());
    assertEquals(501, ring.privateBytesLowerBound());
  }

  @Test
  void fineTunesThatKeepRandomLayers_areSolved() {
    Random random = new Random(1);
    long[] bytes = random.longs(60, 1, 1_000_000).toArray();
    int[][] models = new int[25][];
    Arrays.setAll(models, m -> IntStream.range(0, 60).filter(b -> random.nextInt(4) > 0).toArray());

    LibraryAnalysis analysis = analysis(bytes, models);

    assertEquals(check(analysis, bytes, models, ""), lowerBound(analysis));
  }

  @Test
  void moreGroupsThanAreSearched_getASetAndABound() {
    Random random = new Random(2);
    long[] bytes = random.longs(6_000, 1, 1_000).toArray();
    int[][] models = new int[300][];
    Arrays.setAll(
        models,
        m -> IntStream.range(0, bytes.length).filter(b -> random.nextInt(60) == 0).toArray());

    LibraryAnalysis analysis = analysis(bytes, models);

    long found = check(analysis, bytes, models, "");
    assertTrue(lowerBound(analysis) > 0.7 * found, lowerBound(analysis) + " of " + found);
    assertEquals(found, check(analysis(bytes, models), bytes, models, ""));
  }

  @Test
  void searchThatNobodyWaitsFor_ends() {
    int[][] models = {blocks(0, 1), blocks(1, 2), blocks(2, 0)};
    Stop all = Stop.never();
    LibraryAnalysis.of(new long[] {1, 2, 3}, models, all);
    for (long poll = 0; poll < all.polls(); poll++) {
      Stop stop = Stop.cancelledAfter(poll);
      assertThrows(
          CancellationException.class,
          () -> LibraryAnalysis.of(new long[] {1, 2, 3}, models, stop));
    }
  }
}
