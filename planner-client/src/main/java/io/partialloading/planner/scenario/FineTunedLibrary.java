// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A library of models that were fine-tuned from ancestors, in turn from each. A model shares some
 * layers with its ancestor and so with its siblings; the rest is its own. The ancestors' layers
 * come first, whether a model has them or not, so that they have the same ids in every library.
 */
final class FineTunedLibrary {
  private final ScenarioConstants constants;
  private final BlockLibrary.Builder library = BlockLibrary.newBuilder();

  private FineTunedLibrary(ScenarioConstants constants) {
    this.constants = constants;
  }

  /**
   * Draws a library.
   *
   * @param ancestors what the models were fine-tuned from
   * @param models number of models, at least 1
   * @param sharing average share of layers shared, 0 to 1
   */
  static BlockLibrary draw(
      ScenarioConstants constants,
      List<ResNet> ancestors,
      SharingKind kind,
      int models,
      double sharing,
      SplittableRandom random) {
    FineTunedLibrary drawn = new FineTunedLibrary(constants);
    int[] firstLayerId = new int[ancestors.size()];
    for (int n = 0; n < firstLayerId.length; n++) {
      ResNet network = ancestors.get(n);
      firstLayerId[n] = drawn.library.getBlocksCount() + 1;
      for (ResNet.Layer layer : network.layers(constants.classes())) {
        drawn.addBlock(network.id() + "." + layer.name(), layer);
      }
    }
    // Enough digits that the ids sort as the models do.
    int digits = Math.max(2, Integer.toString(models - 1).length());
    for (int i = 0; i < models; i++) {
      int ancestor = i % ancestors.size();
      double spread = constants.sharingSpread() * (2 * random.nextDouble() - 1);
      double ownSharing = Math.min(1, Math.max(0, sharing + spread));
      drawn.addModel(
          String.format(Locale.ROOT, "m%0" + digits + "d", i),
          ancestors.get(ancestor),
          firstLayerId[ancestor],
          kind,
          ownSharing,
          random);
    }
    return drawn.library.build();
  }

  private void addModel(
      String id,
      ResNet network,
      int firstLayerId,
      SharingKind kind,
      double sharing,
      SplittableRandom random) {
    List<ResNet.Layer> layers = network.layers(constants.classes());
    BitSet shared = kind.sharedLayers(layers.size(), sharing, random);
    Model.Builder model =
        library
            .addModelsBuilder()
            .setId(id)
            .setCompute(Profiles.compute(constants.compute(network)))
            .setMemory(Profiles.memory(constants, 0));
    for (int position = 0; position < layers.size(); position++) {
      ResNet.Layer layer = layers.get(position);
      model.addBlockIds(
          shared.get(position)
              ? firstLayerId + position
              : addBlock(id + "." + layer.name(), layer));
    }
  }

  private int addBlock(String name, ResNet.Layer layer) {
    int id = library.getBlocksCount() + 1;
    library.addBlocks(
        ParameterBlock.newBuilder().setId(id).setName(name).setSizeBytes(layer.bytes()));
    return id;
  }
}
