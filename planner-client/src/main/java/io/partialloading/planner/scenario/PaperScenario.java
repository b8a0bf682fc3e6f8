package io.partialloading.planner.scenario;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.ChannelState;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.LinkBudget;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferProfile;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserSnapshot;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A point in the paper's parameter space, from which requests are drawn.
 *
 * @param kind how the library's models share layers
 * @param users number of users K, at least 0
 * @param models number of models I, at least 1
 * @param bandwidthHz bandwidth B in Hz, above 0
 * @param latencyBudget latency budget, above 0
 * @param sharing share θ of its layers that a model shares with its ancestor, on average, 0 to 1. A
 *     model's own share stays within 0 and 1 too, so the average is missed where the spread reaches
 *     beyond.
 */
public record PaperScenario(
    SharingKind kind,
    int users,
    int models,
    double bandwidthHz,
    Duration latencyBudget,
    double sharing) {

  public PaperScenario {
    require(users >= 0, "the number of users must be at least 0", users);
    require(models >= 1, "the number of models must be at least 1", models);
    require(
        bandwidthHz > 0 && Double.isFinite(bandwidthHz),
        "the bandwidth must be finite and above 0 Hz",
        bandwidthHz);
    require(
        !latencyBudget.isNegative() && !latencyBudget.isZero(),
        "the latency budget must be above 0",
        latencyBudget);
    require(sharing >= 0 && sharing <= 1, "the sharing must be from 0 to 1 (100 %)", sharing);
  }

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /** The paper's default setting of a kind of library. */
  public static PaperScenario defaults(SharingKind kind, ScenarioConstants constants) {
    return new PaperScenario(
        kind,
        constants.users(),
        constants.library(kind).models(),
        constants.bandwidthHz(),
        constants.latencyBudget(),
        constants.sharing());
  }

  /**
   * Draws a request. The same scenario, constants and seed give the same request on every machine.
   * Library, requests and radio are drawn from streams of their own: with the same seed, more users
   * or less bandwidth leave the library as it is, and the first users where they are.
   */
  public PlanRequest realisation(ScenarioConstants constants, long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom libraryStream = root.split();
    SplittableRandom requestStream = root.split();
    SplittableRandom radioStream = root.split();
    PlanRequest.Builder request =
        PlanRequest.newBuilder()
            .setLabel(kind.id() + " seed " + seed)
            .setBlockLibrary(FineTunedLibrary.draw(constants, kind, models, sharing, libraryStream))
            .setEdgeServer(edgeServer(constants))
            .setLatencyBudget(Durations.fromNanos(latencyBudget.toNanos()));
    UserSnapshot.Builder snapshot = request.getUserSnapshotBuilder();
    ChannelState.Builder channel = request.getChannelStateBuilder().setBandwidthHz(bandwidthHz);
    int digits = Math.max(3, Integer.toString(users - 1).length());
    for (int k = 0; k < users; k++) {
      // One user for each model where there are enough, the others any model.
      int model = users >= models && k < models ? k : requestStream.nextInt(models);
      String user = String.format(Locale.ROOT, "ue-%0" + digits + "d", k);
      snapshot.addUsers(
          User.newBuilder()
              .setId(user)
              .setModelId(request.getBlockLibrary().getModels(model).getId())
              .setUploadBytes(constants.uploadBytes()));
      channel.addUserChannels(
          UserChannel.newBuilder()
              .setUserId(user)
              .setLinkBudget(linkBudget(constants, radioStream)));
    }
    return request.build();
  }

  private EdgeServer edgeServer(ScenarioConstants constants) {
    TransferProfile stage =
        TransferProfile.newBuilder()
            .setAffine(
                AffineTransfer.newBuilder()
                    .setBytesPerSecond(2 * constants.library(kind).loadBytesPerSecond()))
            .build();
    return EdgeServer.newBuilder()
        .setGpuMemoryBytes(constants.gpuMemoryBytes())
        .setStorageToHost(stage)
        .setHostToGpu(stage)
        .build();
  }

  /** A place uniform over the disc, and Rayleigh fading: an exponential power gain of mean 1. */
  private static LinkBudget linkBudget(ScenarioConstants constants, SplittableRandom random) {
    // 1 - nextDouble() is above 0: no user stands in the antenna, and the logarithm is finite.
    double distance = constants.cellRadiusM() * Math.sqrt(1 - random.nextDouble());
    double gain = -StrictMath.log(1 - random.nextDouble());
    return LinkBudget.newBuilder()
        .setTransmitPsdWPerHz(constants.transmitPsdWPerHz())
        .setDistanceM(distance)
        .setPathLossExponent(constants.pathLossExponent())
        .setNoisePsdWPerHz(constants.noisePsdWPerHz())
        .setFadingPowerGain(gain)
        .build();
  }
}
