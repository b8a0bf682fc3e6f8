// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Seeded instances for comparing solvers with each other. */
final class RandomInstances {
  private RandomInstances() {}

  /** How the models of a drawn instance share blocks. */
  enum Sharing {
    NESTED,
    GENERAL
  }

  /** An instance with one to {@code maxModels} models, mostly in one component. */
  static Instance draw(Random random, Sharing sharing, int maxModels, int maxUsersOfModel) {
    int modelCount = 1 + random.nextInt(maxModels);
    List<List<Integer>> blocks = new ArrayList<>();
    int blockCount =
        sharing == Sharing.NESTED
            ? drawNested(random, modelCount, blocks)
            : drawGeneral(random, modelCount, blocks);
    long[] blockBytes = new long[blockCount];
    for (int block = 0; block < blockCount; block++) {
      blockBytes[block] = 1 + random.nextInt(50_000_000);
    }
    List<Integer> userModels = new ArrayList<>();
    for (int model = 0; model < modelCount; model++) {
      for (int i = random.nextInt(maxUsersOfModel) + 1; i > 0; i--) {
        userModels.add(model);
      }
    }
    long[] uploadTimes = new long[userModels.size()];
    for (int user = 0; user < uploadTimes.length; user++) {
      uploadTimes[user] =
          random.nextInt(12) == 0 ? Instance.OUT_OF_REACH : 1 + random.nextInt(8_000_000);
    }
    long budget = 1 + (long) (random.nextDouble() * modelCount * 80e6);
    Instance.Builder builder =
        new Instance.Builder(
            budget,
            blockBytes,
            userModels.stream().mapToInt(Integer::intValue).toArray(),
            uploadTimes);
    for (List<Integer> ofModel : blocks) {
      int largestBatch = random.nextInt(3) == 0 ? random.nextInt(4) : Integer.MAX_VALUE;
      builder.addModel(
          ofModel.stream().mapToInt(Integer::intValue).toArray(),
          ComputeTimes.affine(random.nextInt(3_000_000), random.nextInt(500_000)),
          largestBatch);
    }
    if (random.nextBoolean()) {
      BitSet resident = new BitSet();
      for (int block = 0; block < blockCount; block++) {
        resident.set(block, random.nextInt(3) > 0);
      }
      builder.residentBlocks(resident);
    }
    if (random.nextInt(4) == 0) {
      builder.bandwidthSharing(BandwidthSharing.equalSubchannels(1 + random.nextInt(4)));
    }
    return builder
        .loadTimes(
            new LoadTimes(
                TransferTime.affine(
                    random.nextBoolean() ? 0 : random.nextInt(9_000_000), 1e9 / 0.7),
                random.nextBoolean() ? TransferTime.NONE : TransferTime.affine(1000, 3e9)))
        .build();
  }

  /** Models as paths down a random tree of blocks, some of them ending at the same node. */
  private static int drawNested(Random random, int modelCount, List<List<Integer>> blocks) {
    int nodes = 1 + random.nextInt(2 * modelCount);
    List<List<Integer>> paths = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      List<Integer> path = new ArrayList<>(node == 0 ? List.of() : paths.get(random.nextInt(node)));
      path.add(node);
      paths.add(path);
    }
    for (int model = 0; model < modelCount; model++) {
      blocks.add(paths.get(random.nextInt(nodes)));
    }
    return nodes;
  }

  private static int drawGeneral(Random random, int modelCount, List<List<Integer>> blocks) {
    int blockCount = 2 + random.nextInt(2 * modelCount);
    for (int model = 0; model < modelCount; model++) {
      List<Integer> ofModel = new ArrayList<>();
      for (int block = 0; block < blockCount; block++) {
        if (random.nextInt(5) < 2) {
          ofModel.add(block);
        }
      }
      if (ofModel.isEmpty()) {
        ofModel.add(random.nextInt(blockCount));
      }
      blocks.add(ofModel);
    }
    return blockCount;
  }
}
