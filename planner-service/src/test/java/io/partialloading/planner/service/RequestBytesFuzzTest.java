package io.partialloading.planner.service;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.stub.ClientCalls;
import io.partialloading.planner.oracle.SeedRequests;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes for a request. */
class RequestBytesFuzzTest {
  private static final MethodDescriptor<byte[], PlanResponse> PLAN =
      PlannerServiceGrpc.getPlanMethod().toBuilder(
              new Marshaller<byte[]>() {
                @Override
                public InputStream stream(byte[] message) {
                  return new ByteArrayInputStream(message);
                }

                @Override
                public byte[] parse(InputStream stream) {
                  throw new UnsupportedOperationException();
                }
              },
              PlannerServiceGrpc.getPlanMethod().getResponseMarshaller())
          .build();

  @AutoClose private final FuzzedPlanner planner = new FuzzedPlanner();

  static Stream<byte[]> seeds() {
    return SeedRequests.ofAtMost(8).stream().map(PlanRequest::toByteArray);
  }

  @Timeout(60)
  @MethodSource("seeds")
  @FuzzTest
  void plan_anyBytes_isALawfulPlanOrBlamesTheRequest(byte @NotNull [] message) throws IOException {
    RequestShape unused = RequestShape.ofPlan(message);
    RequestShape unusedToo = RequestShape.ofSnapshot(message);
    countObjects(message);
    Optional<PlanResponse> plan =
        planner.answer(
            () ->
                ClientCalls.blockingUnaryCall(
                    planner.channel(), PLAN, CallOptions.DEFAULT, message));
    if (plan.isPresent()) {
      WellFormed.assertPlan(PlanRequest.parseFrom(message), plan.get());
    }
  }

  private static void countObjects(byte[] message) throws IOException {
    try {
      ParsedObjects.count(message, PlanRequest.getDescriptor());
    } catch (InvalidProtocolBufferException malformed) {
      // as it may be
    }
  }
}
