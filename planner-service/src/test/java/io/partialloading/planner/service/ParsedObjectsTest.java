// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.wire.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ParsedObjectsTest {
  private static long count(PlanRequest.Builder request) throws IOException {
    return count(request, Limits.DEFAULT.maxElements());
  }

  private static long count(PlanRequest.Builder request, long maxElements) throws IOException {
    return ParsedObjects.count(
        new ByteArrayInputStream(request.build().toByteArray()),
        PlanRequest.getDescriptor(),
        maxElements);
  }

  @Test
  void count_isOfMessagesAndStrings() throws IOException {
    PlanRequest.Builder request = PlanRequest.newBuilder().setLabel("one");
    request.getUserSnapshotBuilder().addUsers(User.newBuilder().setId("a").setUploadBytes(7));
    request.getBlockLibraryBuilder().addModelsBuilder().addBlockIds(1).addBlockIds(2);

    assertEquals(1 + 1 + 2 + 1 + 1, count(request));
  }

  @Test
  void count_ofEmptyUsers_isTheirNumber() throws IOException {
    UserSnapshot.Builder users = UserSnapshot.newBuilder();
    for (int i = 0; i < 1_000; i++) {
      users.addUsers(User.getDefaultInstance());
    }

    assertEquals(1_001, count(PlanRequest.newBuilder().setUserSnapshot(users)));
  }

  @Test
  void count_ofUnknownFields_isTheirNumber() throws IOException {
    UnknownFieldSet.Field.Builder unknown = UnknownFieldSet.Field.newBuilder();
    for (int i = 0; i < 50; i++) {
      unknown.addVarint(1);
    }

    assertEquals(
        50,
        count(
            PlanRequest.newBuilder()
                .setUnknownFields(
                    UnknownFieldSet.newBuilder().addField(999, unknown.build()).build())));
  }

  @Test
  void count_ofBytesThatAreNoMessage_isMalformed() {
    assertThrows(
        InvalidProtocolBufferException.class,
        () ->
            ParsedObjects.count(
                new ByteArrayInputStream(new byte[] {18, 100, 0}),
                PlanRequest.getDescriptor(),
                10));
  }

  @Test
  void count_ofMoreElementsThanMayBe_isRefused() throws IOException {
    PlanRequest.Builder request = PlanRequest.newBuilder().setLabel("not an element");
    request.getBlockLibraryBuilder().addModelsBuilder().addBlockIds(1).addBlockIds(200);
    request.getUserSnapshotBuilder().addUsersBuilder();
    request.setUnknownFields(
        UnknownFieldSet.newBuilder()
            .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build());

    assertEquals(1 + 2 + 2 + 1, count(request, 5));
    RefusedException refused = assertThrows(RefusedException.class, () -> count(request, 4));
    assertEquals(Code.RESOURCE_EXHAUSTED, refused.failure().code());
    assertEquals("the request has more than 4 elements in all", refused.getMessage());
  }

  @Test
  void count_ofATextThatIsTooLong_isRefused() throws IOException {
    assertEquals(1, count(PlanRequest.newBuilder().setLabel("x".repeat(1 << 20))));
    assertEquals(
        "the request has a text of 1048577 bytes, more than 1048576",
        assertThrows(
                RefusedException.class,
                () -> count(PlanRequest.newBuilder().setLabel("x".repeat((1 << 20) + 1))))
            .getMessage());
  }
}
