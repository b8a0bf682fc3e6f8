// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.verify.Timing;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Small valid requests at random, from hopeless to ample. A seed always gives the same request.
 *
 * <p>Times are of the order of milliseconds, in every fourth request of microseconds, where
 * rounding to nanoseconds is felt: a size unit of n bytes takes about n nanoseconds to load.
 */
final class RandomRequests {
  /** How the library is made. A random library may turn out simpler than that. */
  enum Structure {
    NONE,
    BOTTOM_LAYER,
    NESTED,
    GENERAL
  }

  /** What a request has beyond a band in hertz, efficiencies and affine profiles. */
  enum Feature {
    /** A PRB grid, often with fewer PRBs than users. */
    GRID,
    /** MCS indices of each table, strong signals, and a share of uplink slots. */
    RADIO,
    /** Tables of latency and memory, many of them with steps. */
    TABLES,
    /** Piecewise-linear transfer profiles that are concave, and so subadditive. */
    CONCAVE_TRANSFER,
    /** Piecewise-linear transfer profiles of any shape. */
    ANY_TRANSFER,
    /** Margins. */
    MARGINS
  }

  private final Structure structure;
  private final Set<Feature> features;
  private final boolean roundNumbers;
  private final Random random;
  private final long unit;
  private final Deque<Integer> freshBlockIds = new ArrayDeque<>();
  private final BlockLibrary.Builder library = BlockLibrary.newBuilder();
  private final UserSnapshot.Builder users = UserSnapshot.newBuilder();
  private final ChannelState.Builder channel = ChannelState.newBuilder();
  private final EdgeServer.Builder server = EdgeServer.newBuilder();
  private final PlanOptions.Builder options = PlanOptions.newBuilder();

  private RandomRequests(
      Structure structure, Set<Feature> features, long seed, boolean roundNumbers) {
    this.structure = structure;
    this.features = features;
    this.roundNumbers = roundNumbers;
    // Neighbouring seeds begin alike, so the first numbers are thrown away.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + structure.name().hashCode());
    random.nextLong();
    this.unit = oneIn(4) ? 1_000 : 1_000_000;
    List<Integer> ids = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
    Collections.shuffle(ids, random);
    freshBlockIds.addAll(ids);
  }

  /** A request of at most that many models and users. */
  static PlanRequest of(Structure structure, long seed, int maxModels, int maxUsers) {
    return of(structure, Set.of(), seed, maxModels, maxUsers);
  }

  /** A request with some features, of at most that many models and users. */
  static PlanRequest of(
      Structure structure, Set<Feature> features, long seed, int maxModels, int maxUsers) {
    return new RandomRequests(structure, features, seed, false).request(maxModels, maxUsers);
  }

  /**
   * A request with rates so round that a load takes whole nanoseconds a byte and that doubles round
   * every upload as exact arithmetic does: nothing in it turns on how times are rounded.
   */
  static PlanRequest withRoundNumbers(
      Structure structure, Set<Feature> features, long seed, int maxModels, int maxUsers) {
    return new RandomRequests(structure, features, seed, true).request(maxModels, maxUsers);
  }

  private PlanRequest request(int maxModels, int maxUsers) {
    addModels(1 + random.nextInt(maxModels));
    newBlock(); // in no model
    addUsers(random.nextInt(maxUsers + 1));
    setServer();
    setOptions();
    return PlanRequest.newBuilder()
        .setBlockLibrary(library)
        .setUserSnapshot(users)
        .setChannelState(channel)
        .setEdgeServer(server)
        .setOptions(options)
        .setLatencyBudget(Durations.fromNanos(budget()))
        .build();
  }

  private void setOptions() {
    if (oneIn(5)) {
      int most = channel.hasPrbGrid() ? Math.min(4, channel.getPrbGrid().getPrbCount()) : 4;
      options.setEqualSubchannels(1 + random.nextInt(most));
    }
    options.setIgnoreParameterSharing(oneIn(8));
    if (features.contains(Feature.MARGINS)) {
      options.setUploadMargin(margin()).setLoadMargin(margin()).setComputeMargin(margin());
    }
  }

  /** Of round numbers one that doubles or quadruples, which no double rounds. */
  private double margin() {
    double[] round = {0, 1, 3};
    double[] any = {0, 0.1, 0.25, 1, 2 * random.nextDouble()};
    return roundNumbers ? round[random.nextInt(3)] : any[random.nextInt(5)];
  }

  private void addModels(int count) {
    server.setGpuMemoryBytes(1_000 * unit);
    List<List<Integer>> shared = sharedBlocks(count);
    for (int i = 0; i < count; i++) {
      List<Integer> blocks = new ArrayList<>(shared.get(i));
      for (int own = ownBlockCount(blocks.isEmpty()); own > 0; own--) {
        blocks.add(newBlock());
      }
      if (structure == Structure.GENERAL || (structure == Structure.NESTED && oneIn(3))) {
        Collections.shuffle(blocks, random);
      }
      Model.Builder model =
          Model.newBuilder().setId("m" + i).addAllBlockIds(blocks).setCompute(compute());
      if (!oneIn(3)) {
        model.setMemory(features.contains(Feature.TABLES) && oneIn(2) ? memoryTable() : memory());
      }
      library.addModels(model);
    }
  }

  private int ownBlockCount(boolean needsOne) {
    int count = structure == Structure.NONE ? 1 + random.nextInt(3) : random.nextInt(3);
    return needsOne ? Math.max(1, count) : count;
  }

  /** The shared blocks of each model, from the bottom; contained and identical ones are likely. */
  private List<List<Integer>> sharedBlocks(int models) {
    List<List<Integer>> lists = new ArrayList<>();
    switch (structure) {
      case NONE -> lists.addAll(Collections.nCopies(models, List.of()));
      case BOTTOM_LAYER -> {
        List<List<Integer>> chains = List.of(newBlocks(4), newBlocks(oneIn(2) ? 3 : 0));
        for (int i = 0; i < models; i++) {
          List<Integer> chain = chains.get(random.nextInt(2));
          lists.add(chain.subList(0, random.nextInt(chain.size() + 1)));
        }
      }
      case NESTED -> {
        // Paths from the roots of a random forest.
        List<List<Integer>> paths = new ArrayList<>();
        for (int node = 2 + random.nextInt(5); node > 0; node--) {
          int parent = random.nextInt(paths.size() + 1);
          List<Integer> path =
              new ArrayList<>(parent == paths.size() ? List.of() : paths.get(parent));
          path.add(newBlock());
          paths.add(path);
        }
        for (int i = 0; i < models; i++) {
          lists.add(paths.get(random.nextInt(paths.size())));
        }
      }
      case GENERAL -> {
        List<Integer> pool = newBlocks(6);
        for (int i = 0; i < models; i++) {
          lists.add(pool.stream().filter(block -> random.nextBoolean()).toList());
        }
      }
    }
    return lists;
  }

  private List<Integer> newBlocks(int most) {
    List<Integer> blocks = new ArrayList<>();
    for (int count = most == 0 ? 0 : 1 + random.nextInt(most); count > 0; count--) {
      blocks.add(newBlock());
    }
    return blocks;
  }

  private int newBlock() {
    int id = freshBlockIds.remove();
    long bytes = 1L + random.nextInt(oneIn(6) ? 3 : Math.toIntExact(30 * unit));
    library.addBlocks(ParameterBlock.newBuilder().setId(id).setSizeBytes(bytes));
    return id;
  }

  private ComputeProfile.Builder compute() {
    ComputeProfile.Builder compute = ComputeProfile.newBuilder();
    if (features.contains(Feature.TABLES) && !oneIn(4)) {
      return compute.setTable(latencyTable());
    }
    return compute.setAffine(
        AffineCompute.newBuilder()
            .setPerBatch(time(oneIn(3) ? 0 : 20))
            .setPerSample(time(oneIn(4) ? 0 : 5)));
  }

  /** With steps, or growing faster than its batches, so that full ones need not be best. */
  private BatchLatencyTable latencyTable() {
    BatchLatencyTable.Builder table = BatchLatencyTable.newBuilder();
    boolean steps = oneIn(2);
    long latency = 0;
    for (int size = 1 + random.nextInt(8); size > 0; size--) {
      if (!steps || table.getLatencyCount() == 0 || oneIn(3)) {
        latency += Durations.toNanos(time(oneIn(3) ? 20 : 5));
      }
      table.addLatency(Durations.fromNanos(latency));
    }
    return table.build();
  }

  private MemoryProfile memoryTable() {
    MemoryTable.Builder table = MemoryTable.newBuilder();
    long bytes = 0;
    for (int size = 1 + random.nextInt(6); size > 0; size--) {
      bytes += oneIn(2) ? 0 : random.nextInt(Math.toIntExact(500 * unit));
      table.addBytes(bytes);
    }
    return MemoryProfile.newBuilder().setTable(table).build();
  }

  /** A profile that lets a batch of 0 (the model does not fit) to 8 into the GPU's memory. */
  private MemoryProfile memory() {
    int[] sizes = {0, 1, 1, 2, 2, 3, 8};
    int largest = sizes[random.nextInt(sizes.length)];
    long perSample = 1L + random.nextInt(Math.toIntExact(50 * unit));
    long spare = random.nextInt(Math.toIntExact(perSample));
    return MemoryProfile.newBuilder()
        .setAffine(
            AffineMemory.newBuilder()
                .setFixedBytes(server.getGpuMemoryBytes() - largest * perSample - spare)
                .setBytesPerSample(perSample))
        .build();
  }

  private void addUsers(int count) {
    setBand();
    boolean alike = oneIn(5);
    long bytesOfAll = uploadBytes();
    for (int i = 0; i < count; i++) {
      String id = "u" + i;
      users.addUsers(
          User.newBuilder()
              .setId(id)
              .setModelId("m" + random.nextInt(library.getModelsCount()))
              .setUploadBytes(alike ? bytesOfAll : uploadBytes()));
      UserChannel.Builder quality =
          alike && !oneIn(4) ? UserChannel.newBuilder().setSpectralEfficiency(4) : quality();
      channel.addUserChannels(random.nextInt(i + 1), quality.setUserId(id));
    }
  }

  private void setBand() {
    if (features.contains(Feature.GRID)) {
      channel
          .getPrbGridBuilder()
          .setPrbCount(1 + random.nextInt(oneIn(2) ? 6 : 30))
          .setSubcarrierSpacingKhz(15 << random.nextInt(5));
    } else {
      channel.setBandwidthHz(roundNumbers ? 1e7 : 1e6 * (2 + 18 * random.nextDouble()));
    }
    if (features.contains(Feature.RADIO)) {
      channel.setMcsTableValue(random.nextInt(McsTable.values().length - 1));
      if (!oneIn(3)) {
        double ratio = 1 - 0.9 * random.nextDouble();
        channel.setUplinkSlotRatio(roundNumbers ? 1.0 / (1 << random.nextInt(3)) : ratio);
      }
    }
  }

  private long uploadBytes() {
    return 1L + random.nextInt(Math.toIntExact(unit / 16));
  }

  private UserChannel.Builder quality() {
    UserChannel.Builder quality = UserChannel.newBuilder();
    boolean reachable = !oneIn(8);
    if (features.contains(Feature.RADIO) && !oneIn(3)) {
      return oneIn(4) && !roundNumbers
          ? quality.setUplinkSinrDb(80 * random.nextDouble() - 20)
          : quality.setUplinkMcs(random.nextInt(28));
    }
    switch (random.nextInt(roundNumbers ? 1 : 3)) {
      case 0 -> {
        double efficiency = roundNumbers ? 1 << random.nextInt(4) : 0.5 + 7 * random.nextDouble();
        quality.setSpectralEfficiency(reachable ? efficiency : 0);
      }
      case 1 ->
          quality.setUplinkSinrDb(
              reachable ? 35 * random.nextDouble() - 5 : Double.NEGATIVE_INFINITY);
      default -> {
        LinkBudget.Builder budget =
            LinkBudget.newBuilder()
                .setTransmitPsdWPerHz(reachable ? 1e-10 * Math.exp(4 * random.nextDouble()) : 0)
                .setDistanceM(50 + 200 * random.nextDouble())
                .setPathLossExponent(3 + random.nextDouble())
                .setNoisePsdWPerHz(3.98e-21);
        if (oneIn(2)) {
          budget.setFadingPowerGain(0.1 + 2 * random.nextDouble());
        }
        quality.setLinkBudget(budget);
      }
    }
    return quality;
  }

  private void setServer() {
    if (!oneIn(4)) {
      server.setStorageToHost(transfer());
    }
    if (!oneIn(4)) {
      server.setHostToGpu(transfer());
    }
    if (oneIn(2)) {
      for (ParameterBlock block : library.getBlocksList()) {
        if (random.nextBoolean()) {
          server.addResidentBlockIds(block.getId());
        }
      }
    } else if (oneIn(3)) {
      Model resident = library.getModels(random.nextInt(library.getModelsCount()));
      server.addAllResidentBlockIds(resident.getBlockIdsList());
    }
  }

  private TransferProfile transfer() {
    if (features.contains(Feature.ANY_TRANSFER) && !oneIn(4)) {
      return piecewiseLinear(false);
    }
    if (features.contains(Feature.CONCAVE_TRANSFER) && !oneIn(4)) {
      return piecewiseLinear(true);
    }
    double rate =
        roundNumbers ? 1e9 / (1 << random.nextInt(3)) : 1e9 * Math.exp(3 * random.nextDouble() - 1);
    return TransferProfile.newBuilder()
        .setAffine(
            AffineTransfer.newBuilder().setLatency(time(oneIn(2) ? 0 : 20)).setBytesPerSecond(rate))
        .build();
  }

  /**
   * Slopes are multiples of 1/4 ns a byte over lengths of multiples of 4 bytes: times are whole.
   */
  private TransferProfile piecewiseLinear(boolean concave) {
    int[] quarters = random.ints(1L + random.nextInt(4), 0, 17).toArray();
    if (concave || oneIn(2)) {
      Arrays.sort(quarters);
    }
    if (concave) {
      quarters = IntStream.of(quarters).map(slope -> 16 - slope).toArray(); // from steep to flat
    }
    PiecewiseLinearTransfer.Builder profile = PiecewiseLinearTransfer.newBuilder();
    long bytes = 0;
    long time = 0;
    for (int slope : quarters) {
      long length = 1L + random.nextInt(Math.toIntExact((oneIn(3) ? 1 : 10) * unit));
      bytes += 4 * length;
      time += slope * length;
      profile.addPoints(
          TransferPoint.newBuilder().setBytes(bytes).setDuration(Durations.fromNanos(time)));
    }
    return TransferProfile.newBuilder().setPiecewiseLinear(profile).build();
  }

  /** From next to nothing to three times what all users need one by one. */
  private long budget() {
    Timing timing = new Timing(channel.build(), server.build(), options.build());
    BigInteger total = BigInteger.valueOf(unit);
    for (Model model : library.getModelsList()) {
      long bytes = 0;
      for (ParameterBlock block : library.getBlocksList()) {
        bytes += model.getBlockIdsList().contains(block.getId()) ? block.getSizeBytes() : 0;
      }
      total = total.add(timing.load(bytes)).add(timing.compute(model, 2));
    }
    for (UserChannel userChannel : channel.getUserChannelsList()) {
      if (timing.spectralEfficiency(userChannel) > 0) {
        BigInteger units = BigInteger.valueOf(Math.max(1, channel.getPrbGrid().getPrbCount()));
        total = total.add(timing.unitUpload(userChannel, unit / 32).divide(units));
      }
    }
    double share =
        switch (random.nextInt(10)) {
          case 0 -> 0.01 * random.nextDouble();
          case 1 -> 3;
          default -> 0.05 + 0.95 * random.nextDouble();
        };
    return 1 + (long) (share * total.longValueExact());
  }

  private Duration time(int mostUnits) {
    return Durations.fromNanos(
        mostUnits == 0 ? 0 : random.nextInt(Math.toIntExact(mostUnits * unit)));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
