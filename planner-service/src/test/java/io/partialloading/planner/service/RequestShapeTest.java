// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.util.Arrays;
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
