// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small instances by seed: 1 to 4 models of 1 to 6 users in all, of every sharing structure. */
final class RandomInstance {
  private static final int SHARED_BLOCKS = 6;
  private static final int[] LARGEST_BATCHES = {0, 1, 1, 2, 2, 3, 3, 4, 20, 20, 20};

  private RandomInstance() {}

  static Instance of(Random random) {
    int modelCount = 1 + random.nextInt(4);
    int userCount = 1 + random.nextInt(6);
    int structure = random.nextInt(4);
    List<int[]> models = new ArrayList<>();
    for (int model = 0; model < modelCount; model++) {
      List<Integer> blocks =
          switch (structure) {
            case 0 -> new ArrayList<>();
            case 1 -> layersOfAChain(random);
            case 2 -> pathInATree(random);
            default -> anyBlocks(random);
          };
      if (blocks.isEmpty() || random.nextInt(3) > 0) {
        blocks.add(SHARED_BLOCKS + model);
      }
      if (structure == 2) {
        Collections.shuffle(blocks, random);
      }
      models.add(blocks.stream().mapToInt(Integer::intValue).toArray());
    }
    long[] blockBytes = random.longs(SHARED_BLOCKS + modelCount, 1, 20).toArray();
    int[] userModels = random.ints(userCount, 0, modelCount).toArray();
    long[] uploadTimes = random.longs(userCount, 1, 15).toArray();
    if (random.nextInt(8) == 0) {
      uploadTimes[0] = Instance.OUT_OF_REACH;
    }
    Instance.Builder builder =
        new Instance.Builder(40 + random.nextInt(200), blockBytes, userModels, uploadTimes)
            .loadTimes(
                new LoadTimes(
                    TransferTime.affine(random.nextInt(4), 1.5e9), TransferTime.affine(0, 0.7e9)));
    if (random.nextBoolean()) {
      builder.residentBlocks(BitSet.valueOf(new long[] {random.nextInt(1 << blockBytes.length)}));
    }
    if (random.nextInt(5) == 0) {
      builder.bandwidthSharing(BandwidthSharing.equalSubchannels(1 + random.nextInt(3)));
    }
    if (random.nextInt(8) == 0) {
      builder.withoutParameterSharing();
    }
    for (int[] blocks : models) {
      ComputeTimes compute = ComputeTimes.affine(random.nextInt(5), random.nextInt(4));
      builder.addModel(blocks, compute, LARGEST_BATCHES[random.nextInt(LARGEST_BATCHES.length)]);
    }
    return builder.build();
  }

  /** A prefix of blocks 0, 1, 2 or of 3, 4, 5. */
  private static List<Integer> layersOfAChain(Random random) {
    int bottom = 3 * random.nextInt(2);
    List<Integer> blocks = new ArrayList<>();
    for (int layer = random.nextInt(4); layer > 0; layer--) {
      blocks.add(bottom + blocks.size());
    }
    return blocks;
  }

  /** The way from block 0, the root, to one of blocks 0 to 5 in a binary heap. */
  private static List<Integer> pathInATree(Random random) {
    List<Integer> blocks = new ArrayList<>();
    for (int block = random.nextInt(SHARED_BLOCKS); block > 0; block = (block - 1) / 2) {
      blocks.add(block);
    }
    blocks.add(0);
    return blocks;
  }

  private static List<Integer> anyBlocks(Random random) {
    List<Integer> blocks = new ArrayList<>();
    for (int block = 0; block < SHARED_BLOCKS; block++) {
      if (random.nextBoolean()) {
        blocks.add(block);
      }
    }
    Collections.shuffle(blocks, random);
    return blocks;
  }
}
