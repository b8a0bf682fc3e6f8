// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * The residual networks that the paper fine-tunes, layer by layer, as published: K. He, X. Zhang,
 * S. Ren, J. Sun, <i>Deep Residual Learning for Image Recognition</i>, 2016, table 1, with
 * projection shortcuts where the width changes.
 */
public enum ResNet {
  RESNET_18("resnet18", false, 2, 2, 2, 2),
  RESNET_34("resnet34", false, 3, 4, 6, 3),
  RESNET_50("resnet50", true, 3, 4, 6, 3);

  private static final int STEM_WIDTH = 64;

  /** How much wider than its inside a bottleneck block's output is. */
  private static final int BOTTLENECK_EXPANSION = 4;

  private final String id;
  private final boolean bottleneck;
  private final int[] blocksPerStage;

  ResNet(String id, boolean bottleneck, int... blocksPerStage) {
    this.id = id;
    this.bottleneck = bottleneck;
    this.blocksPerStage = blocksPerStage;
  }

  /** The name by which it is known, such as {@code resnet18}. */
  public String id() {
    return id;
  }

  /**
   * A layer with weights: a convolution with its batch normalisation, or the classifier.
   *
   * @param name such as {@code layer3.0.conv1}, the name common frameworks give it
   * @param parameters number of trained parameters; a normalisation has a weight and a bias a
   *     channel
   */
  public record Layer(String name, long parameters) {
    /** The size in bytes with 32-bit floating-point parameters. */
    public long bytes() {
      return 4 * parameters;
    }
  }

  /**
   * The layers from the input to the classifier, as many as the network's name says. The projection
   * of a shortcut counts with the first layer of its residual block.
   *
   * @param classes number of classes that the last layer tells apart, at least 1
   */
  public List<Layer> layers(int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer("conv1", convolution(3, STEM_WIDTH, 7)));
    int channels = STEM_WIDTH;
    for (int stage = 0; stage < blocksPerStage.length; stage++) {
      int width = STEM_WIDTH << stage;
      int output = bottleneck ? BOTTLENECK_EXPANSION * width : width;
      for (int block = 0; block < blocksPerStage[stage]; block++) {
        String prefix = "layer" + (stage + 1) + "." + block + ".conv";
        long projection = channels == output ? 0 : convolution(channels, output, 1);
        if (bottleneck) {
          layers.add(new Layer(prefix + 1, convolution(channels, width, 1) + projection));
          layers.add(new Layer(prefix + 2, convolution(width, width, 3)));
          layers.add(new Layer(prefix + 3, convolution(width, output, 1)));
        } else {
          layers.add(new Layer(prefix + 1, convolution(channels, width, 3) + projection));
          layers.add(new Layer(prefix + 2, convolution(width, width, 3)));
        }
        channels = output;
      }
    }
    layers.add(new Layer("fc", (long) channels * classes + classes));
    return List.copyOf(layers);
  }

  /** A square convolution without bias and the normalisation of its output. */
  private static long convolution(int inputs, int outputs, int size) {
    return (long) inputs * outputs * size * size + 2L * outputs;
  }
}
