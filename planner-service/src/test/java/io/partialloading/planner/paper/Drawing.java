// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.fixture.Visits;
import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.solve.Solution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An instance written down in a few lines. Models are called A, B, … in the order drawn. A model's
 * blocks are words like {@code base89}: a name and the size, of which a unit takes 1 ms to load.
 * Its users are their full-band upload times in ms. Computing takes no time unless said.
 */
final class Drawing {
  private static final long MILLISECOND = 1_000_000;

  private final long budget;
  private final Map<String, Integer> blocks = new LinkedHashMap<>();
  private final List<int[]> models = new ArrayList<>();
  private final List<int[]> uploads = new ArrayList<>();
  private final BitSet residentBlocks = new BitSet();
  private ComputeTimes compute = ComputeTimes.affine(0, 0);
  private int largestBatch = Integer.MAX_VALUE;
  private BandwidthSharing bandwidthSharing = BandwidthSharing.optimal();
  private boolean parameterSharing = true;

  private Drawing(long budget) {
    this.budget = budget;
  }

  static Drawing withinMillis(int budget) {
    return new Drawing(millis(budget));
  }

  static long millis(int millis) {
    return millis * MILLISECOND;
  }

  Drawing model(String modelBlocks, int... uploadMillis) {
    models.add(blocks(modelBlocks));
    uploads.add(uploadMillis);
    return this;
  }

  Drawing resident(String residentBlocks) {
    for (int block : blocks(residentBlocks)) {
      this.residentBlocks.set(block);
    }
    return this;
  }

  Drawing computing(int perBatchMillis, int perSampleMillis) {
    compute = ComputeTimes.affine(millis(perBatchMillis), millis(perSampleMillis));
    return this;
  }

  Drawing largestBatch(int largestBatch) {
    this.largestBatch = largestBatch;
    return this;
  }

  Drawing equalSubchannels(int equalSubchannels) {
    bandwidthSharing = BandwidthSharing.equalSubchannels(equalSubchannels);
    return this;
  }

  Drawing withoutParameterSharing() {
    parameterSharing = false;
    return this;
  }

  Instance instance() {
    long[] blockBytes =
        blocks.keySet().stream()
            .mapToLong(word -> Long.parseLong(word.replaceAll("\\D", "")))
            .toArray();
    int[] userModels =
        IntStream.range(0, models.size())
            .flatMap(model -> Arrays.stream(uploads.get(model)).map(upload -> model))
            .toArray();
    long[] uploadTimes =
        uploads.stream().flatMapToInt(Arrays::stream).mapToLong(Drawing::millis).toArray();
    Instance.Builder builder =
        new Instance.Builder(budget, blockBytes, userModels, uploadTimes)
            .residentBlocks(residentBlocks)
            .loadTimes(new LoadTimes(TransferTime.NONE, TransferTime.affine(0, 1000)))
            .bandwidthSharing(bandwidthSharing);
    if (!parameterSharing) {
      builder.withoutParameterSharing();
    }
    for (int[] model : models) {
      builder.addModel(model, compute, largestBatch);
    }
    return builder.build();
  }

  /** Visits like {@code A3 B1}: three users of the first model, then one of the second. */
  static String plan(Solution solution) {
    return Visits.of(solution).stream().map(Drawing::visit).collect(Collectors.joining(" "));
  }

  private static String visit(Visit visit) {
    return Character.toString('A' + visit.model()) + visit.count();
  }

  private int[] blocks(String words) {
    return Arrays.stream(words.split(" "))
        .mapToInt(word -> blocks.computeIfAbsent(word, w -> blocks.size()))
        .toArray();
  }
}
