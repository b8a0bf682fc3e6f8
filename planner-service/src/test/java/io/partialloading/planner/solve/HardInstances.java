// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.paper.MaximumOverlap;
import io.partialloading.planner.paper.PartialLoadingGen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Seeded single components like the {@code hard-*} test vectors: fine-tunes of one ResNet-18 that
 * keep some of its layers, at random positions but never the last.
 */
final class HardInstances {
  /** Bytes of a ResNet-18's layers in fp32, each convolution with its batch norm. */
  private static final long[] LAYER_BYTES = {
    38_144, 147_968, 147_968, 147_968, 147_968, 329_728, 590_848, 590_848, 590_848, 1_314_816,
    2_361_344, 2_361_344, 2_361_344, 5_251_072, 9_441_280, 9_441_280, 9_441_280, 20_520
  };

  private static final double BANDWIDTH_HZ = 200e6;
  private static final double UPLOAD_BITS = 49_152 * 8;
  private static final double RADIUS_M = 250;
  private static final double PSD_OVER_NOISE = 5e-9 / 3.981071705534973e-21;

  private HardInstances() {}

  /** The planner that the service uses, without what it is asked for. */
  static AdaptivePlanner planner(double effort) {
    return new AdaptivePlanner(
        List.of(
            new PartialLoadingGen(10_000_000),
            new PartialLoadingGen(1_000_000),
            new MaximumOverlap()),
        effort);
  }

  /** An instance; a budget of 250 to 450 ms for up to 25 models, and in proportion beyond. */
  static Instance draw(int models, int users, long seed) {
    Random random = new Random(seed);
    double share = uniform(random, 0.65, 0.9);
    long budget = (long) (uniform(random, 250e6, 450e6) * Math.max(1, models / 25.0));
    double bytesPerSecond = uniform(random, 1.2e9, 1.8e9);
    List<Long> blockBytes = new ArrayList<>();
    Arrays.stream(LAYER_BYTES).forEach(blockBytes::add);
    List<int[]> blocks = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      blocks.add(fineTune(random, share + uniform(random, -0.05, 0.05), blockBytes));
    }
    int[] userModels = new int[users];
    long[] uploadTimes = new long[users];
    for (int user = 0; user < users; user++) {
      userModels[user] = user < models ? user : random.nextInt(models);
      uploadTimes[user] = uploadTime(random);
    }
    Instance.Builder builder =
        new Instance.Builder(
            budget,
            blockBytes.stream().mapToLong(Long::longValue).toArray(),
            userModels,
            uploadTimes);
    for (int[] ofModel : blocks) {
      builder.addModel(ofModel, ComputeTimes.affine(4_000_000, 200_000), 64);
    }
    TransferTime stage = TransferTime.affine(0, bytesPerSecond);
    return builder.loadTimes(new LoadTimes(stage, stage)).build();
  }

  /** The blocks of a model that keeps so much of its ancestor's layers; new ones are added. */
  private static int[] fineTune(Random random, double share, List<Long> blockBytes) {
    int last = LAYER_BYTES.length - 1;
    List<Integer> layers = new ArrayList<>(IntStream.range(0, last).boxed().toList());
    Collections.shuffle(layers, random);
    int kept = (int) Math.min(last, Math.round(share * LAYER_BYTES.length));
    int[] blocks = new int[LAYER_BYTES.length];
    Arrays.fill(blocks, -1);
    layers.subList(0, kept).forEach(layer -> blocks[layer] = layer);
    for (int layer = 0; layer < blocks.length; layer++) {
      if (blocks[layer] < 0) {
        blocks[layer] = blockBytes.size();
        blockBytes.add(LAYER_BYTES[layer]);
      }
    }
    return blocks;
  }

  /** Of a user somewhere in the disc, with Rayleigh fading and a path-loss exponent of 4. */
  private static long uploadTime(Random random) {
    double distance = Math.max(1, RADIUS_M * Math.sqrt(random.nextDouble()));
    double gain = -Math.log(1 - random.nextDouble());
    double efficiency = Math.log(1 + PSD_OVER_NOISE * gain * Math.pow(distance, -4)) / Math.log(2);
    return (long) Math.ceil(UPLOAD_BITS / (BANDWIDTH_HZ * efficiency) * 1e9);
  }

  private static double uniform(Random random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** The most users that can be served, by the exact program, however long that takes. */
  static int optimum(Instance instance) {
    int[] models = IntStream.range(0, instance.modelCount()).toArray();
    Problem problem = Problem.of(instance, StopSignal.NEVER);
    SubsetTimes exact = SubsetTimes.solve(problem, models, StopSignal.NEVER);
    if (exact == null) {
      throw new IllegalStateException("time was up");
    }
    return exact.curves().maxCount();
  }
}
