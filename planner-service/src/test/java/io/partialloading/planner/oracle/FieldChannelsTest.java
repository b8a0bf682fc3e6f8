// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.FieldRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.Fault;
import io.partialloading.planner.wire.InvalidRequestException;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real radios report: rates that a carrier carries, and gaps that cost nobody else a plan. */
class FieldChannelsTest {
  private static final double MEGABIT = 1e6;

  private static PlanResponse plan(PlanRequest request) {
    PlanResponse response = new RequestPlanner(Limits.DEFAULT).plan(request, StopSignal.NEVER);
    assertEquals(
        List.of(),
        ScheduleVerifier.verify(request, response.getSchedule(), () -> {}).getViolationsList());
    return response;
  }

  private static ReadRequest read(PlanRequest request) {
    return new RequestReader(Limits.DEFAULT).read(request, StopSignal.NEVER);
  }

  /** The rate of the first user, who is served alone on the whole band. */
  private static double rate(PlanRequest request) {
    return plan(request).getSchedule().getBatches(0).getGrants(0).getUploadRateBps();
  }

  private static PlanRequest with(
      PlanRequest request, McsTable table, UserChannel.Builder channel) {
    PlanRequest.Builder changed = request.toBuilder();
    changed.getChannelStateBuilder().setMcsTable(table).setUserChannels(0, channel.setUserId("u1"));
    return changed.build();
  }

  @Test
  void highestMcsOn273Prbs_carries631MegabitsPerSecond() {
    PlanRequest request = FieldRequests.named("mcs-rate-above-transport-block");

    assertEquals(631 * MEGABIT, rate(request), 0.02 * 631 * MEGABIT);
    assertEquals(
        800_000 / (631 * MEGABIT) * 1e9,
        (double) Durations.toNanos(plan(request).getSchedule().getBatches(0).getUpload()),
        0.02 * 1.27e6);
  }

  @Test
  void sinrOf24Decibels_carriesWhatItsTableDoes() {
    PlanRequest request = FieldRequests.named("sinr-rate-above-what-is-scheduled");
    UserChannel.Builder channel = request.getChannelState().getUserChannels(0).toBuilder();

    // log2(1 + 10^2.1) bits on 156 of 180 of 18.36 MHz.
    assertEquals(111.18 * MEGABIT, rate(request), 0.01 * MEGABIT);
    assertEquals(
        88.39 * MEGABIT, rate(with(request, McsTable.MCS_TABLE_QAM64, channel)), 0.01 * MEGABIT);
  }

  /** SNR and MCS of 64-QAM as a base station logged them on 51 PRBs, and its rate in Mbit/s. */
  @ParameterizedTest
  @CsvSource({"24.0, 26, 81.4", "23.8, 28, 88.4", "28.9, 27, 84.8", "34.1, 28, 88.4"})
  void sinrReadings_areWorthLittleMoreThanWhatWasScheduled(
      double sinr, int scheduled, double megabits) {
    PlanRequest request = FieldRequests.named("sinr-rate-above-what-is-scheduled");

    double byMcs =
        rate(
            with(
                request,
                McsTable.MCS_TABLE_QAM64,
                UserChannel.newBuilder().setUplinkMcs(scheduled)));
    double bySinr =
        rate(
            with(
                request, McsTable.MCS_TABLE_QAM64, UserChannel.newBuilder().setUplinkSinrDb(sinr)));

    assertEquals(megabits * MEGABIT, byMcs, 0.05 * MEGABIT);
    assertTrue(byMcs <= bySinr && bySinr <= 1.09 * byMcs, () -> bySinr + " bit/s");
    assertTrue(bySinr <= 88.4 * MEGABIT, () -> bySinr + " bit/s");
  }

  @Test
  void bandwidthInMegahertz_isAFaultThatNamesTheUnit() {
    PlanRequest request = FieldRequests.named("bandwidth-in-mhz");

    assertEquals(
        List.of(
            new Fault(
                "channel_state.bandwidth_hz",
                "20.0 Hz is less than one sub-carrier, 15000 Hz: the unit is Hz")),
        assertThrows(InvalidRequestException.class, () -> read(request)).faults());
  }

  @Test
  void channelOfAUserWhoLeft_isIgnored() {
    PlanRequest request = FieldRequests.named("channel-without-user");

    PlanResponse response = plan(request);

    assertEquals(1, response.getServedUserCount());
    assertEquals(0, response.getUnservedUsersCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"user-without-channel", "user-without-measurement"})
  void userWhoseChannelIsNotKnown_isLeftOutAlone(String name) {
    PlanResponse response = plan(FieldRequests.named(name));

    assertEquals(1, response.getServedUserCount());
    assertEquals("u1", response.getSchedule().getBatches(0).getGrants(0).getUserId());
    assertEquals(
        List.of(
            UnservedUser.newBuilder()
                .setUserId("u2")
                .setReason(UnservedReason.UNSERVED_REASON_NO_CHANNEL)
                .build()),
        response.getUnservedUsersList());
  }

  @Test
  void uploadAlreadyDone_takesNoTime() {
    ReadRequest read = read(FieldRequests.named("upload-already-done"));

    assertTrue(read.instance().isInReach(1));
    assertEquals(0, read.instance().unitTime(1));
    assertTrue(read.instance().unitTime(0) > 0);
  }

  @Test
  void meanOfMcsIndices_isInterpolatedInEfficiency() {
    PlanRequest request = FieldRequests.named("mcs-rate-above-transport-block");
    UserChannel.Builder mean = UserChannel.newBuilder().setMeanUplinkMcs(18.6);

    // Indices 18 and 19 of 256-QAM: 6 · 822/1024 and 6 · 873/1024 bits, on 156 elements.
    double bits = 156 * (0.4 * 6 * 822 / 1024 + 0.6 * 6 * 873 / 1024);
    assertEquals(
        273 * bits * 2_000,
        rate(with(request, McsTable.MCS_TABLE_UNSPECIFIED, mean)),
        1e-6 * MEGABIT);
  }
}
