// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.analyze.LibraryAnalysis.SharedBlock;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LibraryAnalysisTest {
  private static final long MB = 1_000_000;

  private static int[] blocks(int... blocks) {
    return blocks;
  }

  @Test
  void of_noModels_isEmpty() {
    assertEquals(
        new LibraryAnalysis(SharingStructure.NONE, List.of(), 0, 0, List.of()),
        LibraryAnalysis.of(new long[] {MB}, new int[0][], StopSignal.NEVER));
  }

  @Test
  void of_severalComponents_putsTheLargestFirst() {
    // Model 0 is alone, 1 and 2 are a chain, 3 to 5 a ring; block 9 is in no model.
    LibraryAnalysis analysis =
        LibraryAnalysis.of(
            new long[] {MB, 2 * MB, 3 * MB, 4 * MB, 5 * MB, 6 * MB, 7 * MB, 8 * MB, 9 * MB, MB},
            new int[][] {
              blocks(0), blocks(1, 2), blocks(1, 3), blocks(4, 5), blocks(5, 6), blocks(6, 4, 7, 8)
            },
            StopSignal.NEVER);

    assertEquals(SharingStructure.GENERAL, analysis.structure());
    assertEquals(3, analysis.components().size());
    ComponentAnalysis ring = analysis.components().get(0);
    assertArrayEquals(blocks(3, 4, 5), ring.models());
    assertEquals(SharingStructure.GENERAL, ring.structure());
    assertArrayEquals(blocks(4, 5, 6), ring.breakingBlocks());
    assertEquals((5 + 6 + 7 + 8 + 9) * MB, ring.storedBytes());
    assertEquals((11 + 13 + 29) * MB, ring.unsharedBytes());
    assertTrue(ring.plannedExactly());
    ComponentAnalysis chain = analysis.components().get(1);
    assertArrayEquals(blocks(1, 2), chain.models());
    assertEquals(SharingStructure.BOTTOM_LAYER, chain.structure());
    assertArrayEquals(blocks(), chain.breakingBlocks());
    assertArrayEquals(blocks(0), analysis.components().get(2).models());
    assertEquals(45 * MB, analysis.storedBytes());
    assertEquals((1 + 5 + 6 + 53) * MB, analysis.unsharedBytes());
    assertEquals(
        List.of(
            new SharedBlock(6, 7 * MB, 2),
            new SharedBlock(5, 6 * MB, 2),
            new SharedBlock(4, 5 * MB, 2),
            new SharedBlock(1, 2 * MB, 2)),
        analysis.sharedBlocks());
  }

  @Test
  void of_nestedComponent_namesWhatBreaksBottomLayerSharing() {
    // Block 0 is shared at the bottom; block 1 above a block of the model's own.
    ComponentAnalysis component =
        LibraryAnalysis.of(
                new long[] {MB, MB, MB, MB},
                new int[][] {blocks(0, 2, 1), blocks(0, 1), blocks(0)},
                StopSignal.NEVER)
            .components()
            .get(0);

    assertEquals(SharingStructure.NESTED, component.structure());
    assertArrayEquals(blocks(1), component.breakingBlocks());
    assertTrue(component.plannedExactly());
  }

  @Test
  void of_largeRing_isPlannedBySearchWhileSmallOnesAreExact() {
    int[][] models = new int[26][];
    for (int i = 0; i < 20; i++) {
      models[i] = blocks(i, (i + 1) % 20);
    }
    for (int i = 0; i < 6; i++) {
      models[20 + i] = blocks(20 + i, 20 + (i + 1) % 6);
    }
    long[] bytes = new long[26];
    Arrays.fill(bytes, MB);

    LibraryAnalysis analysis = LibraryAnalysis.of(bytes, models, StopSignal.NEVER);

    assertFalse(analysis.components().get(0).plannedExactly());
    assertTrue(analysis.components().get(1).plannedExactly());
  }

  @Test
  void of_sizesThatOverflow_saturates() {
    LibraryAnalysis analysis =
        LibraryAnalysis.of(
            new long[] {Long.MAX_VALUE, 1, 1},
            new int[][] {blocks(0), blocks(0), blocks(1, 2)},
            StopSignal.NEVER);

    assertEquals(Long.MAX_VALUE, analysis.storedBytes());
    assertEquals(Long.MAX_VALUE, analysis.unsharedBytes());
    assertEquals(Long.MAX_VALUE, analysis.components().get(0).unsharedBytes());
  }

  @Test
  void of_randomLibraries_agreesWithTheDefinitions() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int blockCount = 1 + random.nextInt(12);
      long[] bytes = random.longs(blockCount, 1, 100).toArray();
      int[][] models = new int[1 + random.nextInt(8)][];
      for (int m = 0; m < models.length; m++) {
        List<Integer> own = new ArrayList<>();
        for (int block = 0; block < blockCount; block++) {
          if (random.nextInt(4) == 0) {
            own.add(random.nextInt(own.size() + 1), block);
          }
        }
        models[m] =
            own.isEmpty()
                ? blocks(random.nextInt(blockCount))
                : own.stream().mapToInt(Integer::intValue).toArray();
      }

      LibraryAnalysis analysis = LibraryAnalysis.of(bytes, models, StopSignal.NEVER);

      String message = "seed " + seed;
      long unshared = 0;
      Set<Integer> used = new HashSet<>();
      int[] counts = new int[blockCount];
      for (int[] own : models) {
        for (int block : own) {
          unshared += bytes[block];
          used.add(block);
          counts[block]++;
        }
      }
      assertEquals(unshared, analysis.unsharedBytes(), message);
      assertEquals(used.stream().mapToLong(b -> bytes[b]).sum(), analysis.storedBytes(), message);
      assertEquals(
          Arrays.stream(counts).filter(count -> count > 1).count(),
          analysis.sharedBlocks().size(),
          message);
      analysis
          .sharedBlocks()
          .forEach(b -> assertEquals(counts[b.block()], b.modelCount(), message));
      int size = Integer.MAX_VALUE;
      long stored = 0;
      for (ComponentAnalysis component : analysis.components()) {
        assertTrue(component.models().length <= size, message);
        size = component.models().length;
        stored += component.storedBytes();
        boolean isSimple = component.structure().compareTo(SharingStructure.NESTED) < 0;
        assertEquals(isSimple, component.breakingBlocks().length == 0, message);
        for (int block : component.breakingBlocks()) {
          assertTrue(counts[block] > 1, message);
        }
      }
      assertEquals(analysis.storedBytes(), stored, message);
    }
  }
}
