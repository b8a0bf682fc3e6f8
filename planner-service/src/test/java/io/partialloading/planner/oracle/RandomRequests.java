package io.partialloading.planner.oracle;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.verify.Timing;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
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

  private final Structure structure;
  private final boolean roundNumbers;
  private final Random random;
  private final long unit;
  private final Deque<Integer> freshBlockIds = new ArrayDeque<>();
  private final BlockLibrary.Builder library = BlockLibrary.newBuilder();
  private final UserSnapshot.Builder users = UserSnapshot.newBuilder();
  private final ChannelState.Builder channel = ChannelState.newBuilder();
  private final EdgeServer.Builder server = EdgeServer.newBuilder();

  private RandomRequests(Structure structure, long seed, boolean roundNumbers) {
    this.structure = structure;
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
    return new RandomRequests(structure, seed, false).request(maxModels, maxUsers);
  }

  /**
   * A request with rates so round that a load takes whole nanoseconds a byte and that doubles round
   * every upload as exact arithmetic does: nothing in it turns on how times are rounded.
   */
  static PlanRequest withRoundNumbers(Structure structure, long seed, int maxModels, int maxUsers) {
    return new RandomRequests(structure, seed, true).request(maxModels, maxUsers);
  }

  private PlanRequest request(int maxModels, int maxUsers) {
    addModels(1 + random.nextInt(maxModels));
    newBlock(); // in no model
    addUsers(random.nextInt(maxUsers + 1));
    setServer();
    PlanOptions.Builder options = PlanOptions.newBuilder();
    if (oneIn(5)) {
      options.setEqualSubchannels(1 + random.nextInt(4));
    }
    options.setIgnoreParameterSharing(oneIn(8));
    return PlanRequest.newBuilder()
        .setBlockLibrary(library)
        .setUserSnapshot(users)
        .setChannelState(channel)
        .setEdgeServer(server)
        .setOptions(options)
        .setLatencyBudget(Durations.fromNanos(budget()))
        .build();
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
          Model.newBuilder()
              .setId("m" + i)
              .addAllBlockIds(blocks)
              .setCompute(
                  ComputeProfile.newBuilder()
                      .setAffine(
                          AffineCompute.newBuilder()
                              .setPerBatch(time(oneIn(3) ? 0 : 20))
                              .setPerSample(time(oneIn(4) ? 0 : 5))));
      if (!oneIn(3)) {
        model.setMemory(memory());
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
    channel.setBandwidthHz(roundNumbers ? 1e7 : 1e6 * (2 + 18 * random.nextDouble()));
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

  private long uploadBytes() {
    return 1L + random.nextInt(Math.toIntExact(unit / 16));
  }

  private UserChannel.Builder quality() {
    UserChannel.Builder quality = UserChannel.newBuilder();
    boolean reachable = !oneIn(8);
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
    double rate =
        roundNumbers ? 1e9 / (1 << random.nextInt(3)) : 1e9 * Math.exp(3 * random.nextDouble() - 1);
    return TransferProfile.newBuilder()
        .setAffine(
            AffineTransfer.newBuilder().setLatency(time(oneIn(2) ? 0 : 20)).setBytesPerSecond(rate))
        .build();
  }

  /** From next to nothing to three times what all users need one by one. */
  private long budget() {
    Timing timing = new Timing(channel.build(), server.build(), PlanOptions.getDefaultInstance());
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
        total = total.add(timing.unitUpload(userChannel, unit / 32));
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
