// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.partialloading.planner.fixture.SeedRequests;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes for a request. */
class RequestBytesFuzzTest {
  private static final MethodDescriptor<byte[], PlanResponse> PLAN =
      PlannerServiceGrpc.getPlanMethod().toBuilder(
              new BytesMarshaller(), PlannerServiceGrpc.getPlanMethod().getResponseMarshaller())
          .build();

  /** A stream of one request. */
  private static final MethodDescriptor<byte[], StreamPlansResponse> STREAM_PLANS =
      PlannerServiceGrpc.getStreamPlansMethod().toBuilder(
              new BytesMarshaller(),
              PlannerServiceGrpc.getStreamPlansMethod().getResponseMarshaller())
          .setType(MethodType.SERVER_STREAMING)
          .build();

  @AutoClose private final FuzzedPlanner planner = new FuzzedPlanner();

  /** Each request by itself, and as one of a stream. */
  static Stream<byte[]> seeds() {
    return SeedRequests.ofAtMost(8).stream()
        .flatMap(
            request ->
                Stream.of(request, StreamPlansRequest.newBuilder().setRequest(request).build()))
        .map(MessageLite::toByteArray);
  }

  @Timeout(60)
  @MethodSource("seeds")
  @FuzzTest
  void bytes_whatever_areAPlanOrBlamed(byte @NotNull [] message) throws IOException {
    Optional<PlanResponse> plan =
        planner.answer(
            () ->
                ClientCalls.blockingUnaryCall(
                    planner.channel(), PLAN, CallOptions.DEFAULT, message));
    if (plan.isPresent()) {
      WellFormed.assertPlan(PlanRequest.parseFrom(message), plan.get());
    }
    assertOneAnswer(message);
    countObjects(message);
  }

  private void assertOneAnswer(byte[] message) throws IOException {
    List<StreamPlansResponse> answers = new ArrayList<>();
    ClientCalls.blockingServerStreamingCall(
            planner.channel(), STREAM_PLANS, CallOptions.DEFAULT, message)
        .forEachRemaining(answers::add);
    assertEquals(1, answers.size());
    if (answers.get(0).hasResponse()) {
      WellFormed.assertPlan(
          StreamPlansRequest.parseFrom(message).getRequest(), answers.get(0).getResponse());
    }
  }

  /** As is done for large messages. */
  private static void countObjects(byte[] message) throws IOException {
    try {
      ParsedObjects.count(new ByteArrayInputStream(message), PlanRequest.getDescriptor());
    } catch (InvalidProtocolBufferException malformed) {
      // as it may be
    }
  }

  private static final class BytesMarshaller implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException();
    }
  }
}
