// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.partialloading.planner.fixture.SeedRequests;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.SharingComponent;
import io.partialloading.planner.v1.SharingStructure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any library. */
class AnalyzeLibraryFuzzTest {
  /** What larger sums are stated as. */
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  @AutoClose private final FuzzedPlanner planner = new FuzzedPlanner();

  static Stream<AnalyzeLibraryRequest> seeds() {
    return SeedRequests.ofAtMost(64).stream()
        .map(
            request ->
                AnalyzeLibraryRequest.newBuilder()
                    .setBlockLibrary(request.getBlockLibrary())
                    .build());
  }

  @Timeout(60)
  @MethodSource("seeds")
  @FuzzTest
  void analyze_anyLibrary_isTakenApartOrBlamed(@NotNull AnalyzeLibraryRequest request) {
    planner
        .answer(() -> planner.stub().analyzeLibrary(request))
        .ifPresent(analysis -> assertWhole(request, analysis));
  }

  private static void assertWhole(AnalyzeLibraryRequest request, AnalyzeLibraryResponse analysis) {
    List<String> models = new ArrayList<>();
    SharingStructure mostIntricate = SharingStructure.SHARING_STRUCTURE_NONE;
    for (SharingComponent component : analysis.getComponentsList()) {
      SharingStructure structure = component.getSharingStructure();
      assertNotEquals(SharingStructure.SHARING_STRUCTURE_UNSPECIFIED, structure);
      mostIntricate = structure.compareTo(mostIntricate) > 0 ? structure : mostIntricate;
      assertTrue(component.getBreakingBlockIdsCount() <= component.getBreakingBlockCount());
      models.addAll(component.getModelIdsList());
    }
    assertEquals(
        request.getBlockLibrary().getModelsList().stream().map(Model::getId).sorted().toList(),
        models.stream().sorted().toList());
    assertEquals(mostIntricate, analysis.getSharingStructure());
    assertBytes(request.getBlockLibrary(), analysis);
  }

  private static void assertBytes(BlockLibrary library, AnalyzeLibraryResponse analysis) {
    Map<Integer, Long> sizes = new HashMap<>();
    library.getBlocksList().forEach(block -> sizes.put(block.getId(), block.getSizeBytes()));
    Set<Integer> used = new HashSet<>();
    BigInteger stored = BigInteger.ZERO;
    BigInteger unshared = BigInteger.ZERO;
    for (Model model : library.getModelsList()) {
      for (int block : model.getBlockIdsList()) {
        BigInteger size = BigInteger.valueOf(sizes.getOrDefault(block, 0L));
        unshared = unshared.add(size);
        stored = used.add(block) ? stored.add(size) : stored;
      }
    }
    assertEquals(stored.min(MOST).longValueExact(), analysis.getStoredBytes());
    assertEquals(unshared.min(MOST).longValueExact(), analysis.getUnsharedBytes());
  }
}
