// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static io.partialloading.planner.fixture.TestRequests.block;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.v1.FieldFault;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.wire.InvalidRequestException;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureStatusTest {
  private static Status status(Throwable failure, @Nullable ReadRequest request) {
    return FailureStatus.of(Failure.of(failure, request, "label")).getStatus();
  }

  private static ReadRequest read(PlanRequest.Builder request) {
    return new RequestReader(Limits.DEFAULT).read(request.build(), StopSignal.NEVER);
  }

  @Test
  void of_unexpectedFailure_isInternalAndSaysNothingOfIt() {
    for (Throwable failure :
        new Throwable[] {new IllegalStateException("secret"), new StackOverflowError("secret")}) {
      Status status = status(failure, read(TestRequests.good()));

      assertEquals(Code.INTERNAL, status.getCode());
      assertFalse(status.getDescription().contains("secret"));
    }
  }

  @Test
  void toPlanError_moreFaultsThanAreListed_countsTheOthersInALastOne() {
    PlanRequest.Builder request = TestRequests.good();
    for (int i = 0; i < 1_200; i++) {
      request.getUserSnapshotBuilder().addUsers(TestRequests.user("", "alpha"));
    }
    InvalidRequestException invalid =
        assertThrows(InvalidRequestException.class, () -> read(request));

    List<FieldFault> faults = Failure.of(invalid, null, "label").toPlanError().getFaultsList();

    assertEquals(1_001, faults.size());
    assertEquals("user_snapshot.users[1002].id", faults.get(999).getField());
    assertEquals("", faults.get(1_000).getField());
    assertEquals("and 200 more faults", faults.get(1_000).getDescription());
  }

  @Test
  void of_longMessage_isCutBetweenCharacters() {
    String pile = "\ud83d\udca9"; // one character of two UTF-16 units
    for (String begin : List.of("", "x")) {
      String message = begin + pile.repeat(200);
      String cut = status(new NotApplicableException(message), null).getDescription();

      assertEquals("...", cut.substring(cut.length() - 3));
      assertTrue(Character.isLowSurrogate(cut.charAt(cut.length() - 4)), cut);
      assertTrue(message.startsWith(cut.substring(0, cut.length() - 3)), cut);
    }
  }

  @Test
  void of_notApplicable_namesBlocksByTheCallersIds() {
    Status status =
        status(new NotApplicableException("not nested", 0, 2), read(TestRequests.good()));

    assertEquals(Code.FAILED_PRECONDITION, status.getCode());
    assertEquals("not nested; blocks 0, 8", status.getDescription());
  }

  @Test
  void of_notApplicableWithoutBlocks_isTheReason() {
    assertEquals(
        "too large",
        status(new NotApplicableException("too large"), read(TestRequests.good()))
            .getDescription());
  }

  @Test
  void of_notApplicableForManyBlocks_namesTwentyAndCountsTheRest() {
    PlanRequest.Builder request = TestRequests.good();
    for (int id = -1; id >= -24; id--) {
      request.getBlockLibraryBuilder().addBlocks(block(id, 1));
      request.getBlockLibraryBuilder().getModelsBuilder(1).addBlockIds(id);
    }
    int[] blocks = IntStream.range(3, 27).toArray();

    String description =
        status(new NotApplicableException("not nested", blocks), read(request)).getDescription();

    assertEquals(
        "not nested; blocks 4294967295, 4294967294, ",
        description.substring(0, "not nested; blocks 4294967295, 4294967294, ".length()));
    assertEquals(" 4294967276 and 4 more", description.substring(description.length() - 22));
  }
}
