// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingComponents.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharingComponentsTest {
  @Test
  void of_withoutCommonBlocks_isNone() {
    SharingComponents sharing = of(new int[] {0, 1}, new int[] {2}, new int[] {3, 4});
    assertEquals(SharingStructure.NONE, sharing.structure());
    assertEquals(3, sharing.components().size());
  }

  @Test
  void of_prefixesOfOneList_isBottomLayer() {
    SharingComponents sharing =
        of(new int[] {0, 1, 2, 9}, new int[] {0, 8}, new int[] {0, 1, 2}, new int[] {5});
    assertEquals(SharingStructure.BOTTOM_LAYER, sharing.structure());
    assertArrayEquals(new int[] {0, 1, 2}, sharing.components().get(0).models());
  }

  @Test
  void of_sharedBlockAboveOwn_isNestedAndNamesIt() {
    SharingComponents sharing = of(new int[] {0, 3, 1}, new int[] {0, 1, 4}, new int[] {0, 5});
    assertEquals(SharingStructure.NESTED, sharing.structure());
    assertArrayEquals(
        new int[] {1},
        sharing.blocksBreakingBottomLayer(sharing.components().get(0), StopSignal.NEVER));
  }

  @Test
  void of_ring_isGeneralAndNamesItsBlocks() {
    SharingComponents sharing = of(new int[] {0, 1}, new int[] {1, 2}, new int[] {2, 0});
    assertEquals(SharingStructure.GENERAL, sharing.structure());
    assertEquals(List.of(0, 1, 2), overlapping(sharing, 3));
  }

  @Test
  void of_sameBlocksTwice_isOneBottomLayerComponent() {
    SharingComponents sharing = of(new int[] {0, 1}, new int[] {0, 1});
    assertEquals(SharingStructure.BOTTOM_LAYER, sharing.structure());
    assertEquals(1, sharing.groups(0).length);
  }

  @Test
  void of_randomLibraries_followsTheDefinitions() {
    for (int seed = 0; seed < 20_000; seed++) {
      int[][] models = draw(new Random(seed));
      SharingComponents sharing = of(models);
      String message = "seed " + seed;
      assertGroupsAreOfBlocksInTheSameModels(models, sharing, message);
      int linked = 0;
      for (Component component : sharing.components()) {
        linked += component.size();
        for (int model : component.models()) {
          assertEquals(reachable(models, model), BitSet.valueOf(mask(component)), message);
        }
        assertEquals(structureByDefinition(models, component), component.structure(), message);
        assertEquals(
            component.structure().compareTo(SharingStructure.BOTTOM_LAYER) <= 0,
            sharing.blocksBreakingBottomLayer(component, StopSignal.NEVER).length == 0,
            message);
      }
      assertEquals(
          overlappingByDefinition(models), overlapping(sharing, blockCount(models)), message);
      assertEquals(models.length, linked, message);
    }
  }

  @Test
  void of_blocksThatOverlapInPart_namesBoth() {
    SharingComponents sharing = of(new int[] {1, 2}, new int[] {1}, new int[] {1}, new int[] {2});
    assertEquals(List.of(1, 2), overlapping(sharing, 3));
  }

  @Test
  void of_largeRandomLibraries_namesAllBlocksThatOverlapInPart() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int[][] models = new int[5 + random.nextInt(12)][];
      int blocks = 15 + random.nextInt(30);
      int[][] chains = new int[models.length][];
      for (int model = 0; model < models.length; model++) {
        int rare = 2 + random.nextInt(6);
        int parent = model == 0 ? 0 : random.nextInt(model);
        int[] inherited = model == 0 ? IntStream.range(0, blocks / 2).toArray() : chains[parent];
        chains[model] = IntStream.of(inherited).filter(b -> random.nextInt(9) > 0).toArray();
        models[model] =
            IntStream.concat(
                    IntStream.of(chains[model]),
                    IntStream.range(blocks / 2, blocks).filter(b -> random.nextInt(rare) == 0))
                .toArray();
      }
      assertEquals(
          overlappingByDefinition(models),
          overlapping(of(models), blockCount(models)),
          "seed " + seed);
    }
  }

  /** The blocks below some number that are in a group which overlaps in part with another. */
  private static List<Integer> overlapping(SharingComponents sharing, int blocks) {
    boolean[] groups = sharing.overlappingGroups(StopSignal.NEVER);
    return IntStream.range(0, blocks).filter(b -> groups[sharing.group(b)]).boxed().toList();
  }

  /** All pairs of blocks tried. */
  private static List<Integer> overlappingByDefinition(int[][] models) {
    List<BitSet> modelsOfBlock = new ArrayList<>();
    for (int model = 0; model < models.length; model++) {
      for (int block : models[model]) {
        while (modelsOfBlock.size() <= block) {
          modelsOfBlock.add(new BitSet());
        }
        modelsOfBlock.get(block).set(model);
      }
    }
    List<Integer> overlapping = new ArrayList<>();
    for (int block = 0; block < modelsOfBlock.size(); block++) {
      BitSet own = modelsOfBlock.get(block);
      boolean overlaps = false;
      for (BitSet other : modelsOfBlock) {
        BitSet both = (BitSet) own.clone();
        both.and(other);
        overlaps |= !both.isEmpty() && !both.equals(own) && !both.equals(other);
      }
      if (overlaps) {
        overlapping.add(block);
      }
    }
    return overlapping;
  }

  private static SharingComponents of(int[]... models) {
    return SharingComponents.of(blockCount(models), models, StopSignal.NEVER);
  }

  private static int blockCount(int[][] models) {
    return 1 + Arrays.stream(models).flatMapToInt(IntStream::of).max().orElse(0);
  }

  /** Random sets, paths in a tree in any order, or prefixes with blocks of their own. */
  private static int[][] draw(Random random) {
    int[][] models = new int[1 + random.nextInt(5)][];
    int kind = random.nextInt(3);
    for (int model = 0; model < models.length; model++) {
      List<Integer> blocks = new ArrayList<>();
      for (int block = random.nextInt(4); block < 7 && kind == 0; block++) {
        if (random.nextBoolean()) {
          blocks.add(block);
        }
      }
      for (int node = random.nextInt(7) + 1; node > 0 && kind == 1; node /= 2) {
        blocks.add(random.nextInt(2) * blocks.size(), node);
      }
      for (int block = random.nextInt(4); block >= 0 && kind == 2; block--) {
        blocks.add(0, block);
      }
      if (blocks.isEmpty() || random.nextInt(3) == 0) {
        blocks.add(10 + model);
      }
      models[model] = blocks.stream().mapToInt(Integer::intValue).toArray();
    }
    return models;
  }

  private static BitSet reachable(int[][] models, int from) {
    BitSet reached = new BitSet();
    reached.set(from);
    for (int before = 0; before != reached.cardinality(); ) {
      before = reached.cardinality();
      for (int a = 0; a < models.length; a++) {
        for (int b = 0; b < models.length; b++) {
          if (reached.get(a) && set(models[a]).intersects(set(models[b]))) {
            reached.set(b);
          }
        }
      }
    }
    return reached;
  }

  private static SharingStructure structureByDefinition(int[][] models, Component component) {
    if (component.size() == 1) {
      return SharingStructure.NONE;
    }
    List<BitSet> modelsOfBlock = new ArrayList<>();
    for (int block = 0; block < 20; block++) {
      BitSet having = new BitSet();
      for (int model : component.models()) {
        having.set(model, set(models[model]).get(block));
      }
      modelsOfBlock.add(having);
    }
    for (BitSet a : modelsOfBlock) {
      for (BitSet b : modelsOfBlock) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        if (!both.isEmpty() && !both.equals(a) && !both.equals(b)) {
          return SharingStructure.GENERAL;
        }
      }
    }
    List<Integer> longest = List.of();
    for (int model : component.models()) {
      List<Integer> shared = new ArrayList<>();
      for (int i = 0; i < models[model].length; i++) {
        if (modelsOfBlock.get(models[model][i]).cardinality() > 1) {
          if (shared.size() != i) {
            return SharingStructure.NESTED;
          }
          shared.add(models[model][i]);
        }
      }
      List<Integer> longer = shared.size() > longest.size() ? shared : longest;
      List<Integer> shorter = shared.size() > longest.size() ? longest : shared;
      if (!longer.subList(0, shorter.size()).equals(shorter)) {
        return SharingStructure.NESTED;
      }
      longest = longer;
    }
    return SharingStructure.BOTTOM_LAYER;
  }

  private static void assertGroupsAreOfBlocksInTheSameModels(
      int[][] models, SharingComponents sharing, String message) {
    for (int[] a : models) {
      for (int blockA : a) {
        for (int[] b : models) {
          for (int blockB : b) {
            boolean sameModels = true;
            for (int[] model : models) {
              sameModels &= set(model).get(blockA) == set(model).get(blockB);
            }
            assertEquals(sameModels, sharing.group(blockA) == sharing.group(blockB), message);
          }
        }
      }
    }
  }

  private static BitSet set(int[] blocks) {
    BitSet set = new BitSet();
    for (int block : blocks) {
      set.set(block);
    }
    return set;
  }

  private static long[] mask(Component component) {
    return set(component.models()).toLongArray();
  }
}
