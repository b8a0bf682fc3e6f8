// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ParsedObjectsTest {
  private static long count(PlanRequest.Builder request) throws IOException {
    return ParsedObjects.count(
        new ByteArrayInputStream(request.build().toByteArray()), PlanRequest.getDescriptor());
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
                new ByteArrayInputStream(new byte[] {18, 100, 0}), PlanRequest.getDescriptor()));
  }
}
