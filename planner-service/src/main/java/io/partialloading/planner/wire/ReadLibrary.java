// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

/**
 * A library in the planner's words: models and blocks by their places in it. The arrays are not to
 * be modified.
 *
 * @param blockIds id (unsigned) by block
 * @param blockBytes size by block, at least 1
 * @param modelIds id by model
 * @param modelBlocks blocks from bottom to top by model
 */
public record ReadLibrary(
    int[] blockIds, long[] blockBytes, String[] modelIds, int[][] modelBlocks) {
  static ReadLibrary of(Library library) {
    String[] modelIds = new String[library.models().size()];
    int[][] modelBlocks = new int[modelIds.length][];
    for (int model = 0; model < modelIds.length; model++) {
      modelIds[model] = library.models().get(model).id();
      modelBlocks[model] = library.models().get(model).blocks();
    }
    return new ReadLibrary(library.blockIds(), library.blockBytes(), modelIds, modelBlocks);
  }
}
