// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BatchTable;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.wire.Library.LibraryModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the library, all of it, whether users want its models or not. */
final class LibraryReader {
  private static final ComputeTimes NO_COMPUTE = ComputeTimes.affine(0, 0);

  private final BlockLibrary library;
  private final Path libraryPath;
  private final Faults faults;
  private final BatchTableReader tables;
  private final BlockIndex blocks;
  private final long[] blockBytes;

  /** By block, the last model that was found to have it, plus 1. */
  private final int[] lastModel;

  private LibraryReader(BlockLibrary library, Path libraryPath, Faults faults) {
    this.library = library;
    this.libraryPath = libraryPath;
    this.faults = faults;
    this.tables = new BatchTableReader(faults);
    this.blocks = BlockIndex.of(library.getBlocksList(), faults);
    this.blockBytes = new long[library.getBlocksCount()];
    this.lastModel = new int[library.getBlocksCount()];
  }

  /** Reads a library. Linear in its size, but for block ids that are large numbers. */
  static Library read(BlockLibrary library, Path path, Faults faults) {
    return new LibraryReader(library, path, faults).read();
  }

  private Library read() {
    int[] blockIds = new int[blockBytes.length];
    long smallest = Long.MAX_VALUE;
    for (int block = 0; block < blockBytes.length; block++) {
      faults.step();
      ParameterBlock message = library.getBlocks(block);
      Path path = libraryPath.item("blocks", block);
      if (!message.hasId()) {
        faults.addMissing(path.field("id"));
      } else if (blocks.find(message.getId()) != block) {
        faults.add(
            path.field("id"),
            Integer.toUnsignedString(message.getId())
                + " is the id of blocks["
                + blocks.find(message.getId())
                + "] already");
      }
      blockIds[block] = message.getId();
      if (Ranges.isPositive(message.getSizeBytes(), path, "size_bytes", faults)) {
        blockBytes[block] = message.getSizeBytes();
      }
      smallest = Math.min(smallest, blockBytes[block]);
    }
    List<LibraryModel> models = new ArrayList<>(library.getModelsCount());
    Map<String, Integer> modelsById = new HashMap<>(2 * library.getModelsCount());
    for (int model = 0; model < library.getModelsCount(); model++) {
      faults.step();
      Model message = library.getModels(model);
      Path path = libraryPath.item("models", model);
      if (Ranges.isId(message.getId(), path, "id", faults)) {
        Integer earlier = modelsById.putIfAbsent(message.getId(), model);
        if (earlier != null) {
          faults.add(
              path.field("id"),
              Quoted.of(message.getId()) + " is the id of models[" + earlier + "] already");
        }
      }
      models.add(model(message, model, path));
    }
    long smallestBytes = blockBytes.length == 0 ? 0 : smallest;
    return new Library(blockIds, blockBytes, blocks, models, modelsById, smallestBytes);
  }

  private LibraryModel model(Model message, int model, Path path) {
    int[] own = new int[message.getBlockIdsCount()];
    if (own.length == 0) {
      faults.add(path.field("block_ids"), "has no blocks");
    }
    long bytes = 0;
    for (int i = 0; i < own.length; i++) {
      faults.step();
      int id = message.getBlockIds(i);
      int block = blocks.find(id);
      own[i] = block;
      if (block == BlockIndex.UNKNOWN) {
        faults.add(path.item("block_ids", i), Integer.toUnsignedString(id) + " is not a block");
        continue;
      }
      if (lastModel[block] == model + 1) {
        faults.add(
            path.item("block_ids", i), Integer.toUnsignedString(id) + " is in the model already");
        continue;
      }
      lastModel[block] = model + 1;
      // Once the sum has overflowed it stays negative.
      bytes = bytes < 0 ? bytes : bytes + blockBytes[block];
    }
    if (bytes < 0) {
      faults.add(path.field("block_ids"), "the blocks together exceed 2^63 - 1 bytes");
    }
    int maxBatchSize = message.getMaxBatchSize();
    return new LibraryModel(
        message.getId(),
        own,
        bytes,
        compute(message, path),
        memory(message, path),
        maxBatchSize <= 0 ? Integer.MAX_VALUE : maxBatchSize); // above 2^31 - 1 it is negative
  }

  private ComputeTimes compute(Model message, Path model) {
    Path path = model.field("compute");
    if (!message.hasCompute()) {
      faults.addMissing(path);
      return NO_COMPUTE;
    }
    ComputeProfile profile = message.getCompute();
    switch (profile.getProfileCase()) {
      case AFFINE:
        return affine(profile.getAffine(), path.field("affine"));
      case TABLE:
        BatchTable times = tables.read(profile.getTable(), path.field("table"));
        return times == null ? NO_COMPUTE : new ComputeTimes.Table(times);
      default:
        faults.addMissing(path.field("profile"));
        return NO_COMPUTE;
    }
  }

  private ComputeTimes affine(AffineCompute affine, Path path) {
    long perBatch = Ranges.time(affine.getPerBatch(), path, "per_batch", faults);
    long perSample = Ranges.time(affine.getPerSample(), path, "per_sample", faults);
    if (perBatch == Ranges.NO_TIME || perSample == Ranges.NO_TIME) {
      return NO_COMPUTE;
    }
    if (perBatch > Long.MAX_VALUE - perSample) {
      faults.add(path, "a batch of 1 takes longer than 2^63 - 1 ns");
    }
    return ComputeTimes.affine(perBatch, perSample);
  }

  private BatchMemory memory(Model message, Path model) {
    if (!message.hasMemory()) {
      return BatchMemory.NONE;
    }
    Path path = model.field("memory");
    MemoryProfile profile = message.getMemory();
    switch (profile.getProfileCase()) {
      case AFFINE:
        AffineMemory affine = profile.getAffine();
        Path affinePath = path.field("affine");
        Ranges.isSigned(affine.getFixedBytes(), affinePath, "fixed_bytes", faults);
        Ranges.isSigned(affine.getBytesPerSample(), affinePath, "bytes_per_sample", faults);
        return new BatchMemory.Affine(affine.getFixedBytes(), affine.getBytesPerSample());
      case TABLE:
        BatchTable bytes = tables.read(profile.getTable(), path.field("table"));
        return bytes == null ? BatchMemory.NONE : new BatchMemory.Table(bytes);
      default:
        faults.addMissing(path.field("profile"));
        return BatchMemory.NONE;
    }
  }
}
