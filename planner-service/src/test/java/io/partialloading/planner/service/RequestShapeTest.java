// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestShapeTest {
  private static long shape(PlanRequest.Builder request) {
    return RequestShape.ofPlan(request.build().toByteArray()).number();
  }

  private static RequestShape ofSnapshot(PlanRequest.Builder request) {
    return RequestShape.ofSnapshot(
        StreamPlansRequest.newBuilder().setRequest(request).build().toByteArray());
  }

  @Test
  void shape_ofOtherUsersAndChannels_isTheSame() {
    PlanRequest.Builder other = TestRequests.good().setLabel("another");
    other.getUserSnapshotBuilder().getUsersBuilder(0).setId("xy");
    other.getChannelStateBuilder().setBandwidthHz(3e6);
    other.getEdgeServerBuilder().clearResidentBlockIds();

    assertEquals(shape(TestRequests.good()), shape(other));
  }

  @Test
  void shape_ofAnotherLibraryOrOtherOptionsOrManyMoreUsers_isAnother() {
    PlanRequest.Builder library = TestRequests.good();
    library.getBlockLibraryBuilder().getBlocksBuilder(0).setSizeBytes(1);
    PlanRequest.Builder options = TestRequests.good();
    options.getOptionsBuilder().setAlgorithm(Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH);
    PlanRequest.Builder users = TestRequests.good();
    for (int i = 0; i < 100; i++) {
      users.getUserSnapshotBuilder().addUsers(TestRequests.user("u" + i, "beta"));
    }

    long good = shape(TestRequests.good());
    assertNotEquals(good, shape(library));
    assertNotEquals(good, shape(options));
    assertNotEquals(good, shape(users));
  }

  @Test
  void shape_ofASnapshotWithoutLibrary_isThatWithTheLastOne() {
    RequestShape whole = ofSnapshot(TestRequests.good());
    RequestShape bare = ofSnapshot(TestRequests.good().clearBlockLibrary().clearEdgeServer());

    assertEquals(shape(TestRequests.good()), whole.number());
    assertEquals(Job.NO_SHAPE, bare.number());
    assertEquals(whole.number(), whole.then(bare).number());
    assertEquals(whole.number(), RequestShape.NONE.then(bare).then(whole).number());
  }

  private static OptionalLong answerReserve(long seconds, int nanos) {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getOptionsBuilder()
        .setAnswerReserve(Duration.newBuilder().setSeconds(seconds).setNanos(nanos));
    OptionalLong reserve = RequestShape.ofPlan(request.build().toByteArray()).answerReserve();
    assertEquals(reserve, ofSnapshot(request).answerReserve());
    assertEquals(
        reserve, ofSnapshot(TestRequests.good()).then(ofSnapshot(request)).answerReserve());
    return reserve;
  }

  @Test
  void answerReserve_isThatOfTheOptions_ifItIsGood() {
    assertEquals(OptionalLong.of(2_000_000_005), answerReserve(2, 5));
    assertEquals(OptionalLong.of(0), answerReserve(0, 0));
    assertEquals(OptionalLong.empty(), answerReserve(-1, 0));
    assertEquals(OptionalLong.empty(), answerReserve(0, -1));
    assertTrue(answerReserve(Long.MAX_VALUE, 999_999_999).orElseThrow() >= 86_400_000_000_000L);
    assertEquals(
        OptionalLong.empty(),
        RequestShape.ofPlan(TestRequests.good().build().toByteArray()).answerReserve());
    assertEquals(
        OptionalLong.empty(),
        ofSnapshot(TestRequests.good().clearBlockLibrary()).answerReserve(),
        "of this snapshot, not of the one before it");
  }

  @Test
  void shape_ofBytesThatAreNoRequest_isNone() {
    byte[] request = TestRequests.good().build().toByteArray();

    for (int length = 0; length < request.length; length++) {
      byte[] cut = Arrays.copyOf(request, length);
      RequestShape.ofPlan(cut);
      RequestShape.ofSnapshot(cut);
    }
    assertEquals(RequestShape.NONE, RequestShape.ofPlan(new byte[] {-1, -1, -1}));
    assertEquals(RequestShape.NONE, RequestShape.ofPlan(new byte[] {18, -1, -1, -1, -1, 127}));
    assertEquals(RequestShape.NONE, RequestShape.ofSnapshot(new byte[] {10, 100, 1}));
    assertEquals(
        RequestShape.NONE,
        RequestShape.ofSnapshot(StreamPlansRequest.getDefaultInstance().toByteArray()));
  }
}
