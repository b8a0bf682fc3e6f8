// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {
  /** The totals published with the reference implementations, for the 1,000 classes of ImageNet. */
  @ParameterizedTest
  @CsvSource({
    "RESNET_18, 18, 11689512",
    "RESNET_34, 34, 21797672",
    "RESNET_50, 50, 25557032",
  })
  void layers_forImageNet_addUpToThePublishedTotal(ResNet network, int layers, long parameters) {
    List<ResNet.Layer> all = network.layers(1000);
    assertEquals(layers, all.size());
    assertEquals(parameters, all.stream().mapToLong(ResNet.Layer::parameters).sum());
  }

  @Test
  void layers_ofResNet18_haveTheSizesOfTheirShapes() {
    List<ResNet.Layer> layers = ResNet.RESNET_18.layers(10);
    assertEquals(new ResNet.Layer("conv1", 3 * 64 * 49 + 2 * 64), layers.get(0));
    assertEquals(new ResNet.Layer("layer1.0.conv1", 64 * 64 * 9 + 2 * 64), layers.get(1));
    assertEquals(
        new ResNet.Layer("layer2.0.conv1", 64 * 128 * 9 + 2 * 128 + 64 * 128 + 2 * 128),
        layers.get(5));
    assertEquals(new ResNet.Layer("fc", 512 * 10 + 10), layers.get(17));
    assertEquals(20_520, layers.get(17).bytes());
  }

  @Test
  void layers_ofResNet50_countTheFirstProjectionThoughTheStrideIsOne() {
    assertEquals(
        new ResNet.Layer("layer1.0.conv1", 64 * 64 + 2 * 64 + 64 * 256 + 2 * 256),
        ResNet.RESNET_50.layers(10).get(1));
  }
}
