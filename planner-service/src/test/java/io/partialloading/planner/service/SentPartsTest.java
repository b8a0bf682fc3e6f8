// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SentPartsTest {
  private static byte[] message(PlanRequest.Builder request) {
    return StreamPlansRequest.newBuilder().setRequest(request).build().toByteArray();
  }

  private static SentParts of(byte[] message) {
    return SentParts.of(CodedInputStream.newInstance(message));
  }

  @Test
  void of_request_areThePartsItHas() {
    assertEquals(new SentParts(true, true), of(message(TestRequests.good())));
    assertEquals(new SentParts(false, true), of(message(TestRequests.good().clearBlockLibrary())));
    assertEquals(new SentParts(true, false), of(message(TestRequests.good().clearEdgeServer())));
    assertEquals(
        new SentParts(false, false),
        of(message(TestRequests.good().clearBlockLibrary().clearEdgeServer())));
    assertEquals(new SentParts(false, false), of(new byte[0]));
  }

  @Test
  void of_requestInPieces_areThoseOfAllPieces() {
    byte[] library = message(TestRequests.good().clearEdgeServer());
    byte[] server =
        message(PlanRequest.newBuilder().setEdgeServer(TestRequests.good().getEdgeServer()));
    byte[] both = Arrays.copyOf(library, library.length + server.length);
    System.arraycopy(server, 0, both, library.length, server.length);

    assertEquals(new SentParts(true, true), of(both));
  }

  @Test
  void of_largeRequest_areThePartsItHas() {
    PlanRequest.Builder request = TestRequests.good().clearBlockLibrary();
    for (int user = 0; user < 10_000; user++) {
      request.getUserSnapshotBuilder().addUsers(TestRequests.user("x" + user, "beta"));
    }

    assertEquals(new SentParts(false, true), of(message(request)));
  }

  @Test
  void of_malformedMessage_areAny() {
    assertEquals(SentParts.ANY, of(new byte[] {-1, -1, -1}));
    assertEquals(SentParts.ANY, of(new byte[] {10, -1, -1, -1, -1, -1}));
    assertEquals(SentParts.ANY, of(new byte[] {10, 2, 18, 100}));
  }

  @Test
  void of_moreFieldsThanARequestHas_areAny() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    for (int i = 0; i < 10_000; i++) {
      output.writeInt32(100, 1);
    }
    output.flush();

    assertEquals(SentParts.ANY, of(bytes.toByteArray()));
  }
}
