// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.FeatureMix;
import io.partialloading.planner.fixture.RandomRequests;
import io.partialloading.planner.fixture.RandomRequests.Structure;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.verify.Timing;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upload times as the planner reckons them in doubles, against the verifier's exact ones. */
class UnitTimesTest {
  /** Bits of a time that the roundings of doubles leave right. */
  private static final int PRECISE_BITS = 48;

  private static ReadRequest read(PlanRequest request) {
    return new RequestReader(Limits.DEFAULT).read(request, StopSignal.NEVER);
  }

  private static Map<String, UserChannel> channels(PlanRequest request) {
    Map<String, UserChannel> channels = new HashMap<>();
    for (UserChannel channel : request.getChannelState().getUserChannelsList()) {
      channels.put(channel.getUserId(), channel);
    }
    return channels;
  }

  @ParameterizedTest
  @EnumSource
  void unitTimes_areExactButForTheRoundingOfDoubles(FeatureMix mix) {
    for (int seed = 0; seed < 500; seed++) {
      assertTimes(RandomRequests.of(Structure.NONE, mix.features(), seed, 2, 12), 1, mix, seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void unitTimes_ofRoundNumbers_areExact(FeatureMix mix) {
    for (int seed = 0; seed < 500; seed++) {
      assertTimes(
          RandomRequests.withRoundNumbers(Structure.NONE, mix.features(), seed, 2, 12),
          0,
          mix,
          seed);
    }
  }

  private static void assertTimes(PlanRequest request, long most, FeatureMix mix, int seed) {
    Instance instance = read(request).instance();
    Timing timing = new Timing(request);
    Map<String, UserChannel> channels = channels(request);
    for (int user = 0; user < instance.userCount(); user++) {
      String message = mix + " " + seed + " " + user;
      UserChannel channel =
          channels.getOrDefault(
              request.getUserSnapshot().getUsers(user).getId(), UserChannel.getDefaultInstance());
      long bytes = request.getUserSnapshot().getUsers(user).getUploadBytes();
      assertEquals(instance.isInReach(user), timing.isInReach(channel, bytes), message);
      if (instance.isInReach(user)) {
        BigInteger exact = timing.unitUpload(channel, bytes);
        BigInteger off = exact.subtract(BigInteger.valueOf(instance.unitTime(user))).abs();
        BigInteger forgiven =
            most == 0
                ? BigInteger.ZERO
                : exact.shiftRight(PRECISE_BITS).add(BigInteger.valueOf(most));
        assertTrue(off.compareTo(forgiven) <= 0, () -> message + ": " + off + " ns of " + exact);
      }
    }
  }

  /** Whom the planner reaches the verifier does too, where a time is next to 2^63 ns. */
  @Test
  void timesNextTo64Bits_areInReachOfTheVerifierToo() {
    int reached = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      long bytes = 1 + (random.nextLong() >>> (2 + random.nextInt(61)));
      double hertz = 15_000 + 1e9 * random.nextDouble();
      double efficiency = 8e9 * bytes / hertz / 0x1p63;
      PlanRequest.Builder request = TestRequests.good();
      request.getUserSnapshotBuilder().getUsersBuilder(0).setUploadBytes(bytes);
      request
          .getChannelStateBuilder()
          .setBandwidthHz(hertz)
          .getUserChannelsBuilder(1)
          .setSpectralEfficiency(
              Math.min(100, efficiency + (random.nextInt(9) - 4) * Math.ulp(efficiency)));

      boolean isReached = read(request.build()).instance().isInReach(0);

      reached += isReached ? 1 : 0;
      if (isReached) {
        Timing timing = new Timing(request.build());
        UserChannel channel = request.getChannelStateBuilder().getUserChannels(1);
        assertTrue(timing.isInReach(channel, bytes), "seed " + seed);
      }
    }
    int inReach = reached;
    assertTrue(inReach > 500 && inReach < 2_500, () -> inReach + " in reach");
  }
}
