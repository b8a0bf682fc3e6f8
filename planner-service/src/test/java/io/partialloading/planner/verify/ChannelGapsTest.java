// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.v1.ViolationKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Users with nothing to upload, and users whose channel is not known or hopeless, beside those who
 * upload, in schedules worked out by hand.
 *
 * <pre>
 * band     4 PRBs of 180 kHz at 1 bit/s/Hz, or 720 kHz: 90 bytes a ms
 * a, b     upload 90 bytes each, 4 ms on one PRB
 * c, d     have nothing to upload; d has a channel without quality
 * e, f     upload 90 bytes; e has no channel, the SINR of f is -250 dB
 *
 * start ms  batch             upload  compute
 *  0        a 2, b 2, c, d    2       1
 * </pre>
 */
class ChannelGapsTest {
  private static final double PRB_RATE = 180_000;

  private final PlanRequest onGrid = request(true);
  private final PlanRequest inHertz = request(false);

  @Test
  void nothingToUpload_needsNoShareAndTakesNoTime() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      Schedule schedule = schedule(request, 2, grants(request, 2, 2, 0, 0));

      assertFound(request, schedule);
      assertEquals(
          schedule, ScheduleVerifier.verify(request, schedule, () -> {}).getTimedSchedule());
    }
  }

  @Test
  void nothingToUpload_alone_computesAtOnce() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      assertFound(
          request, schedule(request, 0, grant(request, "c", 0, 0), grant(request, "d", 0, 0)));
    }
  }

  @Test
  void shareForNothing_isLawfulWithTheRateOfTheChannel() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      assertFound(
          request,
          schedule(
              request,
              4,
              grant(request, "a", 1, PRB_RATE),
              grant(request, "c", 2, 2 * PRB_RATE),
              grant(request, "d", 1, 0)));
    }
  }

  @Test
  void shareForNothing_countsInTheBand() {
    assertFound(onGrid, schedule(onGrid, 2, grants(onGrid, 2, 2, 1, 0)), "PRBS_EXCEED_GRID  1.0");
    assertFound(
        inHertz, schedule(inHertz, 2, grants(inHertz, 2, 2, 0, 1)), "FRACTIONS_EXCEED_BAND  0.25");
  }

  @Test
  void rateThatIsNotOfShareAndChannel_isFound() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      assertFound(
          request,
          schedule(request, 0, grant(request, "c", 0, PRB_RATE), grant(request, "d", 1, PRB_RATE)),
          "WRONG_UPLOAD_RATE c 180000.0",
          "WRONG_UPLOAD_RATE d 180000.0");
    }
  }

  @Test
  void noShareForAnUpload_isFound() {
    assertFound(
        onGrid,
        schedule(onGrid, 2, grant(onGrid, "a", 2, 2 * PRB_RATE), grant(onGrid, "b", 0, 0)),
        "NO_PRB b 1.0");
    assertFound(
        inHertz,
        schedule(inHertz, 2, grant(inHertz, "a", 2, 2 * PRB_RATE), grant(inHertz, "b", 0, 0)),
        "FRACTION_OUT_OF_RANGE b 0.0");
  }

  @Test
  void shareForNothingThatIsNoShare_isFound() {
    for (double fraction : new double[] {-1e-9, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertFound(
          inHertz,
          schedule(
              inHertz, 0, grant(inHertz, "c", 0, 0).toBuilder().setBandwidthFraction(fraction)),
          "FRACTION_OUT_OF_RANGE c 0.0");
    }
  }

  @Test
  void moreUsersThanPrbs_areLawfulWhereFewUpload() {
    PlanRequest.Builder narrow = onGrid.toBuilder();
    narrow.getChannelStateBuilder().getPrbGridBuilder().setPrbCount(2);
    BandwidthGrant.Builder half = BandwidthGrant.newBuilder();
    half.setPrbCount(1).setBandwidthFraction(0.5).setUploadRateBps(PRB_RATE);

    assertFound(
        narrow.build(),
        schedule(
            narrow.build(),
            4,
            half.clone().setUserId("a"),
            half.clone().setUserId("b"),
            BandwidthGrant.newBuilder().setUserId("c"),
            BandwidthGrant.newBuilder().setUserId("d")));

    narrow.getChannelStateBuilder().getPrbGridBuilder().setPrbCount(1);
    half.setBandwidthFraction(1);
    assertFound(
        narrow.build(),
        schedule(
            narrow.build(),
            4,
            half.clone().setUserId("a"),
            half.clone().setUserId("b"),
            BandwidthGrant.newBuilder().setUserId("c")),
        "MORE_USERS_THAN_PRBS  1.0",
        "PRBS_EXCEED_GRID  1.0");
  }

  @Test
  void moreUsersThanSubchannels_areLawfulWhereFewUpload() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      PlanRequest.Builder equal = request.toBuilder();
      equal.getOptionsBuilder().setEqualSubchannels(2);

      assertFound(equal.build(), schedule(equal.build(), 2, grants(request, 2, 2, 0, 0)));

      equal.getOptionsBuilder().setEqualSubchannels(1);
      assertFound(
          equal.build(),
          schedule(equal.build(), 2, grants(request, 2, 2, 0, 0)),
          "SUBCHANNELS_EXCEEDED  1.0");
    }
  }

  @Test
  void channelNotKnown_isOutOfReach() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      assertFound(
          request,
          schedule(request, 2, grant(request, "a", 2, 2 * PRB_RATE), grant(request, "e", 2, 0)),
          "USER_OUT_OF_REACH e 0.0");
    }
  }

  @Test
  void hopelessChannel_isOutOfReach() {
    for (PlanRequest request : List.of(onGrid, inHertz)) {
      Schedule schedule = schedule(request, 2, grant(request, "f", 2, 0));

      VerifyScheduleResponse judgement = ScheduleVerifier.verify(request, schedule, () -> {});

      assertEquals(
          ViolationKind.VIOLATION_KIND_USER_OUT_OF_REACH, judgement.getViolations(0).getKind());
      assertTrue(
          judgement.getViolationsList().stream()
              .anyMatch(v -> v.getKind() == ViolationKind.VIOLATION_KIND_BUDGET_EXCEEDED),
          judgement::toString);
    }
  }

  @Test
  void hopelessChannelWithNothingToUpload_isServed() {
    PlanRequest.Builder request = onGrid.toBuilder();
    request.getUserSnapshotBuilder().getUsersBuilder(5).setUploadBytes(0);

    assertFound(
        request.build(), schedule(request.build(), 0, grant(request.build(), "f", 2, 5e-19)));
  }

  private static BandwidthGrant[] grants(PlanRequest request, int a, int b, int c, int d) {
    return new BandwidthGrant[] {
      grant(request, "a", a, a * PRB_RATE),
      grant(request, "b", b, b * PRB_RATE),
      grant(request, "c", c, c * PRB_RATE),
      grant(request, "d", d, 0)
    };
  }

  private static BandwidthGrant grant(PlanRequest request, String user, int quarters, double rate) {
    return BandwidthGrant.newBuilder()
        .setUserId(user)
        .setBandwidthFraction(quarters / 4.0)
        .setPrbCount(request.getChannelState().hasPrbGrid() ? quarters : 0)
        .setUploadRateBps(rate)
        .build();
  }

  private static Schedule schedule(
      PlanRequest request, int uploadMillis, BandwidthGrant.Builder... grants) {
    return schedule(
        request,
        uploadMillis,
        List.of(grants).stream().map(BandwidthGrant.Builder::build).toArray(BandwidthGrant[]::new));
  }

  private static Schedule schedule(
      PlanRequest request, int uploadMillis, BandwidthGrant... grants) {
    return Schedule.newBuilder()
        .addBatches(
            Batch.newBuilder()
                .setModelId("m")
                .addAllGrants(List.of(grants))
                .addLoadBlockIds(1)
                .setLoadBytes(1)
                .setStart(Durations.ZERO)
                .setUpload(Durations.fromMillis(uploadMillis))
                .setLoad(Durations.ZERO)
                .setCompute(Durations.fromMillis(1))
                .setLatestStart(
                    Durations.subtract(
                        request.getLatencyBudget(), Durations.fromMillis(uploadMillis + 1))))
        .setCompletion(Durations.fromMillis(uploadMillis + 1))
        .build();
  }

  /** Exactly these violations, each as kind, user and excess. */
  private static void assertFound(PlanRequest request, Schedule schedule, String... expected) {
    String prefix = "VIOLATION_KIND_";
    assertEquals(
        List.of(expected),
        ScheduleVerifier.verify(request, schedule, () -> {}).getViolationsList().stream()
            .map(
                violation ->
                    "%s %s %s"
                        .formatted(
                            violation.getKind().name().substring(prefix.length()),
                            violation.getUserId(),
                            violation.getExcess()))
            .toList());
  }

  private static PlanRequest request(boolean grid) {
    PlanRequest.Builder request = PlanRequest.newBuilder();
    request.getBlockLibraryBuilder().addBlocksBuilder().setId(1).setSizeBytes(1);
    request
        .getBlockLibraryBuilder()
        .addModelsBuilder()
        .setId("m")
        .addBlockIds(1)
        .getComputeBuilder()
        .getAffineBuilder()
        .setPerBatch(Durations.fromMillis(1));
    if (grid) {
      request
          .getChannelStateBuilder()
          .getPrbGridBuilder()
          .setPrbCount(4)
          .setSubcarrierSpacingKhz(15);
    } else {
      request.getChannelStateBuilder().setBandwidthHz(4 * PRB_RATE);
    }
    Consumer<UserChannel.Builder> good = channel -> channel.setSpectralEfficiency(1);
    addUser(request, "a", 90, good);
    addUser(request, "b", 90, good);
    addUser(request, "c", 0, good);
    addUser(request, "d", 0, channel -> {});
    addUser(request, "e", 90, channel -> channel.setUserId("gone"));
    addUser(request, "f", 90, channel -> channel.setUplinkSinrDb(-250));
    request.getEdgeServerBuilder().setGpuMemoryBytes(1_000);
    return request.setLatencyBudget(Durations.fromMillis(20)).build();
  }

  private static void addUser(
      PlanRequest.Builder request, String id, long bytes, Consumer<UserChannel.Builder> quality) {
    request
        .getUserSnapshotBuilder()
        .addUsers(User.newBuilder().setId(id).setModelId("m").setUploadBytes(bytes));
    UserChannel.Builder channel = UserChannel.newBuilder().setUserId(id);
    quality.accept(channel);
    request.getChannelStateBuilder().addUserChannels(channel);
  }
}
