package io.partialloading.planner.wire;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.wire.Library.LibraryModel;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Puts together an instance of those models that users want and those blocks that these models
 * have. Linear in the request.
 */
final class InstanceAssembly {
  private static final int UNUSED = -1;

  private final Library library;
  private final Users users;

  /** By model of the library, the model of the instance. */
  private final int[] models;

  /** By block of the library, the block of the instance. */
  private final int[] blocks;

  private final String[] modelIds;
  private final int[] blockIds;
  private final long[] blockBytes;

  InstanceAssembly(Library library, Users users) {
    this.library = library;
    this.users = users;
    this.models = new int[library.models().size()];
    this.blocks = new int[library.blockIds().length];
    Arrays.fill(models, UNUSED);
    Arrays.fill(blocks, UNUSED);
    for (int model : users.models()) {
      models[model] = 0;
    }
    int modelCount = number(models);
    this.modelIds = new String[modelCount];
    for (int i = 0; i < models.length; i++) {
      if (models[i] != UNUSED) {
        LibraryModel model = library.models().get(i);
        modelIds[models[i]] = model.id();
        for (int block : model.blocks()) {
          blocks[block] = 0;
        }
      }
    }
    int blockCount = number(blocks);
    this.blockIds = new int[blockCount];
    this.blockBytes = new long[blockCount];
    for (int i = 0; i < blocks.length; i++) {
      if (blocks[i] != UNUSED) {
        blockIds[blocks[i]] = library.blockIds()[i];
        blockBytes[blocks[i]] = library.blockBytes()[i];
      }
    }
  }

  /** Numbers the used entries in their order, and counts them. */
  private static int number(int[] entries) {
    int count = 0;
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] != UNUSED) {
        entries[i] = count++;
      }
    }
    return count;
  }

  ReadRequest assemble(String label, long budget, Uplink uplink, Server server, Options options) {
    int[] userModels = new int[users.models().length];
    Arrays.setAll(userModels, user -> models[users.models()[user]]);
    Instance.Builder builder =
        new Instance.Builder(budget, blockBytes, userModels, uplink.uploadTimes())
            .residentBlocks(residentBlocks(server))
            .loadTimes(server.loadTimes())
            .bandwidthSharing(options.bandwidthSharing());
    if (options.ignoreParameterSharing()) {
      builder.withoutParameterSharing();
    }
    if (Options.splitsAsPrinted(options.algorithm())) {
      builder.splitAsPrinted();
    }
    for (int i = 0; i < models.length; i++) {
      if (models[i] != UNUSED) {
        LibraryModel model = library.models().get(i);
        int[] own = new int[model.blocks().length];
        Arrays.setAll(own, at -> blocks[model.blocks()[at]]);
        builder.addModel(own, model.compute(), model.memory().largestBatch(server.gpuMemory()));
      }
    }
    return new ReadRequest(
        label,
        options.algorithm(),
        builder.build(),
        options.slot(),
        options.planningTimeLimit(),
        users.ids(),
        modelIds,
        blockIds,
        uplink.rates());
  }

  private BitSet residentBlocks(Server server) {
    BitSet resident = new BitSet(blockIds.length);
    for (int block : server.residentBlocks()) {
      if (blocks[block] != UNUSED) {
        resident.set(blocks[block]);
      }
    }
    return resident;
  }
}
