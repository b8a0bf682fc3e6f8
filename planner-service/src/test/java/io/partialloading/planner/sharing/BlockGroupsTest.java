// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks are digits, models words of them, and a group of blocks is a word too. */
class BlockGroupsTest {
  private static int[][] models(String words) {
    return Arrays.stream(words.split(" "))
        .map(word -> word.chars().map(digit -> digit - '0').toArray())
        .toArray(int[][]::new);
  }

  /** The blocks of a group in ascending order, and the number of its models. */
  private static String text(BlockGroups.Found found, int group, int[][] models) {
    return IntStream.rangeClosed(0, 9)
            .filter(block -> Arrays.stream(models).anyMatch(model -> contains(model, block)))
            .filter(block -> found.ofBlock()[block] == group)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining())
        + ":"
        + found.modelCounts()[group];
  }

  private static boolean contains(int[] model, int block) {
    return IntStream.of(model).anyMatch(b -> b == block);
  }

  @ParameterizedTest
  @CsvSource({
    "012, 012:1",
    "01 23, 01:1 | 23:1",
    "012 013, 01:2 2:1 | 01:2 3:1",
    // The same blocks twice, in another order.
    "012 210, 012:2 | 012:2",
    // A prefix, and a prefix of it.
    "0123 012 0, 0:3 12:2 3:1 | 0:3 12:2 | 0:3",
    // A ring.
    "01 12 20, 0:2 1:2 | 1:2 2:2 | 0:2 2:2",
    // A group whose blocks are not next to each other in one of the models, nor in the other.
    "0415 1054, 0145:2 | 0145:2",
    "0415 102, 01:2 45:1 | 01:2 2:1",
    // A part of a group that is not all next to each other.
    "0123 091, 01:2 23:1 | 01:2 9:1",
    // A group that is split twice.
    "0123 01 0, 0:3 1:2 23:1 | 0:3 1:2 | 0:3"
  })
  void of_models_groupsBlocksThatAreInTheSameModels(String words, String expected) {
    int[][] models = models(words);

    BlockGroups.Found found = BlockGroups.of(10, models, StopSignal.NEVER);

    String groups =
        Arrays.stream(found.ofModel())
            .map(
                ofModel ->
                    IntStream.of(ofModel)
                        .mapToObj(group -> text(found, group, models))
                        .sorted()
                        .collect(Collectors.joining(" ")))
            .collect(Collectors.joining(" | "));
    assertEquals(expected, groups);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 64, 65, 200})
  void ofModel_chain_hasTheGroupsOfMostModelsFirst(int length) {
    // Model i has blocks i to 0, so that block 0 is in all models and the last block in one.
    int[][] models = new int[length][];
    Arrays.setAll(models, i -> IntStream.rangeClosed(0, i).map(block -> i - block).toArray());

    BlockGroups.Found found = BlockGroups.of(length, models, StopSignal.NEVER);

    assertArrayEquals(
        IntStream.range(0, length).map(block -> found.ofBlock()[block]).toArray(),
        found.ofModel()[length - 1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 64, 65, 200})
  void ofModel_groupsInAsManyModels_areInAscendingOrder(int count) {
    // Model i has block i; the last model has all of them.
    int[][] models = new int[count + 1][];
    Arrays.setAll(models, i -> new int[] {i});
    models[count] = IntStream.range(0, count).map(block -> count - 1 - block).toArray();

    int[] groups = BlockGroups.of(count, models, StopSignal.NEVER).ofModel()[count];

    assertEquals(count, groups.length);
    assertArrayEquals(IntStream.of(groups).sorted().toArray(), groups);
  }

  @Test
  void of_thatNobodyWaitsFor_ends() {
    assertThrows(
        CancellationException.class, () -> BlockGroups.of(10, models("01"), Stop.cancelled()));
  }
}
