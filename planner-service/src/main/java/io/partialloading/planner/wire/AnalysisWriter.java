// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.analyze.ComponentAnalysis;
import io.partialloading.planner.analyze.LibraryAnalysis;
import io.partialloading.planner.analyze.LibraryAnalysis.SharedBlock;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.SharingComponent;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Writes the analysis of a library in the caller's words. */
public final class AnalysisWriter {
  private static final int MAX_BREAKING_BLOCKS = 10;
  private static final int MAX_SHARED_BLOCKS = 10;

  private AnalysisWriter() {}

  /**
   * The answer about a library. Linear in the library.
   *
   * @param stop asked several times a millisecond whether anybody waits for the answer
   * @throws CancellationException if not
   */
  public static AnalyzeLibraryResponse write(
      ReadLibrary library, LibraryAnalysis analysis, StopSignal stop) {
    AnalyzeLibraryResponse.Builder response =
        AnalyzeLibraryResponse.newBuilder()
            .setSharingStructure(ResponseWriter.write(analysis.structure()))
            .setStoredBytes(analysis.storedBytes())
            .setUnsharedBytes(analysis.unsharedBytes());
    for (ComponentAnalysis component : analysis.components()) {
      stop.throwIfCancelled();
      response.addComponents(write(library, component));
    }
    List<SharedBlock> shared = analysis.sharedBlocks();
    for (SharedBlock block : shared.subList(0, Math.min(shared.size(), MAX_SHARED_BLOCKS))) {
      response.addMostSharedBlocks(
          io.partialloading.planner.v1.SharedBlock.newBuilder()
              .setBlockId(library.blockIds()[block.block()])
              .setSizeBytes(block.bytes())
              .setModelCount(block.modelCount()));
    }
    return response.build();
  }

  private static SharingComponent write(ReadLibrary library, ComponentAnalysis component) {
    SharingComponent.Builder message =
        SharingComponent.newBuilder()
            .setSharingStructure(ResponseWriter.write(component.structure()))
            .setStoredBytes(component.storedBytes())
            .setUnsharedBytes(component.unsharedBytes())
            .setPlannedExactly(component.plannedExactly())
            .setBreakingBlockCount(component.breakingBlocks().length)
            .setPrivateBytes(component.privateBytes())
            .setPrivateBytesLowerBound(component.privateBytesLowerBound());
    for (int model : component.models()) {
      message.addModelIds(library.modelIds()[model]);
    }
    int[] breaking = component.breakingBlocks();
    for (int i = 0; i < Math.min(breaking.length, MAX_BREAKING_BLOCKS); i++) {
      message.addBreakingBlockIds(library.blockIds()[breaking[i]]);
    }
    for (int block : component.privateBlocks()) {
      message.addPrivateBlockIds(library.blockIds()[block]);
    }
    return message.build();
  }
}
