// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.SharingComponent;
import io.partialloading.planner.v1.SharingStructure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTableTest {
  private static String print(long lowerBound, int privateBlocks) {
    SharingComponent component =
        SharingComponent.newBuilder()
            .addAllModelIds(List.of("a", "b"))
            .setSharingStructure(SharingStructure.SHARING_STRUCTURE_GENERAL)
            .addAllPrivateBlockIds(IntStream.range(0, privateBlocks).boxed().toList())
            .setPrivateBytes(5_000_000)
            .setPrivateBytesLowerBound(lowerBound)
            .build();
    AnalyzeLibraryResponse analysis =
        AnalyzeLibraryResponse.newBuilder()
            .setSharingStructure(SharingStructure.SHARING_STRUCTURE_GENERAL)
            .addComponents(component)
            .build();
    return new AnalysisTable(BlockLibrary.getDefaultInstance(), analysis).print("title");
  }

  @Test
  void print_leastToMakePrivate_hasItsSizeAndBlocks() {
    String text = print(5_000_000, 2);

    assertTrue(
        text.contains(
            """

              least to make private (a copy for each model) for nested sharing
                      1  5.00 MB  block 0, block 1
            """),
        text);
  }

  @Test
  void print_whatMayNotBeTheLeast_hasItsBoundToo() {
    String text = print(4_000_000, 2);

    assertTrue(
        text.contains("\n          1  5.00 MB (at least 4.00 MB)  block 0, block 1\n"), text);
  }

  @Test
  void print_manyPrivateBlocks_countsThoseAfterTheTenth() {
    String text = print(5_000_000, 13);

    assertTrue(text.contains(" block 9, and 3 more\n"), text);
    assertTrue(!text.contains("block 10"), text);
  }

  @Test
  void print_nestedSharing_hasNothingToMakePrivate() {
    assertTrue(!print(0, 0).contains("private"));
  }
}
