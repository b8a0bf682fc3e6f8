// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.BlockLibrary;
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
import java.util.function.Function;

/** A cell of users, and what they ask of the server beside its base station. */
record Cell(ScenarioConstants constants, int users, double bandwidthHz, Duration latencyBudget) {
  /**
   * Draws a request. Library, requests and radio are drawn from streams of their own: with the same
   * seed, more users or less bandwidth leave the library as it is, and the first users where they
   * are.
   *
   * @param library draws the library
   */
  PlanRequest draw(
      String label,
      Function<SplittableRandom, BlockLibrary> library,
      EdgeServer.Builder server,
      long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom libraryStream = root.split();
    SplittableRandom requestStream = root.split();
    SplittableRandom radioStream = root.split();
    PlanRequest.Builder request =
        PlanRequest.newBuilder()
            .setLabel(label + " seed " + seed)
            .setBlockLibrary(library.apply(libraryStream))
            .setEdgeServer(server)
            .setLatencyBudget(Durations.fromNanos(latencyBudget.toNanos()));
    UserSnapshot.Builder snapshot = request.getUserSnapshotBuilder();
    ChannelState.Builder channel = request.getChannelStateBuilder().setBandwidthHz(bandwidthHz);
    int models = request.getBlockLibrary().getModelsCount();
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
          UserChannel.newBuilder().setUserId(user).setLinkBudget(linkBudget(radioStream)));
    }
    return request.build();
  }

  /** A server that loads from storage, at a rate of both stages together. */
  static EdgeServer.Builder serverLoadingFromStorage(double bytesPerSecond) {
    TransferProfile stage = transfer(2 * bytesPerSecond);
    return EdgeServer.newBuilder().setStorageToHost(stage).setHostToGpu(stage);
  }

  /** A server that has every block in host memory. */
  static EdgeServer.Builder serverLoadingFromHost(double bytesPerSecond) {
    return EdgeServer.newBuilder().setHostToGpu(transfer(bytesPerSecond));
  }

  private static TransferProfile transfer(double bytesPerSecond) {
    return TransferProfile.newBuilder()
        .setAffine(AffineTransfer.newBuilder().setBytesPerSecond(bytesPerSecond))
        .build();
  }

  /** A place uniform over the disc, and Rayleigh fading: an exponential power gain of mean 1. */
  private LinkBudget linkBudget(SplittableRandom random) {
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
