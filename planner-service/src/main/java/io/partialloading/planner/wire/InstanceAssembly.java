// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.wire.Library.LibraryModel;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Puts together instances of those models that users with a channel want and those blocks that
 * these models have: the requested one, and what it would be with everything scaled. Linear in the
 * users and the requested models' blocks, plus a look at a number for each block and model of the
 * library.
 */
final class InstanceAssembly {
  private static final int UNUSED = -1;

  private final Uplink uplink;
  private final Server server;
  private final long budget;
  private final Options options;
  private final Scaling margins;
  private final LoadTimes loadTimes;
  private final String[] userIds;
  private final int[] userModels;
  private final LibraryModel[] models;
  private final int[][] modelBlocks;
  private final int[] blockIds;
  private final long[] blockBytes;
  private final BitSet residentBlocks;

  InstanceAssembly(
      Library library,
      Users users,
      Uplink uplink,
      Server server,
      long budget,
      Options options,
      StopSignal stop) {
    this.uplink = uplink;
    this.server = server;
    this.budget = budget;
    this.options = options;
    this.margins = options.margins().scaling();
    this.loadTimes = margins.loadTimes(server);
    this.userIds = users.ids();

    int[] modelNumbers = new int[library.models().size()]; // by model of the library
    Arrays.fill(modelNumbers, UNUSED);
    for (int user = 0; user < userIds.length; user++) {
      if (uplink.isKnown(user)) {
        modelNumbers[users.models()[user]] = 0;
      }
    }
    this.models = new LibraryModel[number(modelNumbers)];
    this.userModels = numbers(users.models(), modelNumbers);

    int[] blockNumbers = new int[library.blockIds().length]; // by block of the library
    Arrays.fill(blockNumbers, UNUSED);
    for (int i = 0; i < modelNumbers.length; i++) {
      if (modelNumbers[i] != UNUSED) {
        stop.throwIfCancelled();
        models[modelNumbers[i]] = library.models().get(i);
        for (int block : library.models().get(i).blocks()) {
          blockNumbers[block] = 0;
        }
      }
    }
    this.blockIds = new int[number(blockNumbers)];
    this.blockBytes = new long[blockIds.length];
    for (int i = 0; i < blockNumbers.length; i++) {
      if (blockNumbers[i] != UNUSED) {
        blockIds[blockNumbers[i]] = library.blockIds()[i];
        blockBytes[blockNumbers[i]] = library.blockBytes()[i];
      }
    }
    this.modelBlocks = new int[models.length][];
    for (int model = 0; model < models.length; model++) {
      stop.throwIfCancelled();
      modelBlocks[model] = numbers(models[model].blocks(), blockNumbers);
    }
    this.residentBlocks = new BitSet(blockIds.length);
    for (int block : server.residentBlocks()) {
      if (blockNumbers[block] != UNUSED) {
        residentBlocks.set(blockNumbers[block]);
      }
    }
    stop.throwIfCancelled();
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

  private static int[] numbers(int[] elements, int[] numbersByElement) {
    int[] numbers = new int[elements.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbersByElement[elements[i]];
    }
    return numbers;
  }

  Uplink uplink() {
    return uplink;
  }

  Options options() {
    return options;
  }

  /** Id by user of the instances. */
  String[] userIds() {
    return userIds;
  }

  /** Id by model of the instances. */
  String[] modelIds() {
    String[] ids = new String[models.length];
    Arrays.setAll(ids, model -> models[model].id());
    return ids;
  }

  /** Id (unsigned) by block of the instances. */
  int[] blockIds() {
    return blockIds;
  }

  /**
   * An instance.
   *
   * @param extra what everything is scaled by in addition to the requested margins
   */
  Instance assemble(Scaling extra) {
    Scaling scaling = margins.times(extra);
    Instance.Builder builder =
        new Instance.Builder(
                scaling.latencyBudget(budget), blockBytes, userModels, unitTimes(scaling))
            .residentBlocks(residentBlocks)
            .loadTimes(extra.load() == 1 ? loadTimes : scaling.loadTimes(server))
            .bandwidthSharing(options.bandwidthSharing());
    if (options.ignoreParameterSharing()) {
      builder.withoutParameterSharing();
    }
    for (int model = 0; model < models.length; model++) {
      builder.addModel(
          modelBlocks[model],
          scaling.computeTimes(models[model].compute()),
          models[model].largestBatch(server.gpuMemory()));
    }
    return builder.build();
  }

  private long[] unitTimes(Scaling scaling) {
    double[] unitTimes = uplink.unitTimes();
    long[] times = new long[unitTimes.length];
    for (int user = 0; user < times.length; user++) {
      if (unitTimes[user] == Uplink.NO_CHANNEL) {
        times[user] = Instance.NO_CHANNEL;
      } else if (unitTimes[user] == Uplink.OUT_OF_REACH) {
        times[user] = Instance.OUT_OF_REACH;
      } else {
        times[user] = scaling.uploadTime(unitTimes[user]);
      }
    }
    return times;
  }
}
