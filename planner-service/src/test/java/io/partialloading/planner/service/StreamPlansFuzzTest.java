// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithSize;
import io.grpc.internal.testing.StreamRecorder;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.fixture.SeedRequests;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any requests on one stream. */
class StreamPlansFuzzTest {
  @AutoClose private final FuzzedPlanner planner = new FuzzedPlanner();

  /** A library that holds, one that is refused, a new one, and requests between them. */
  static Stream<List<StreamPlansRequest>> seeds() {
    List<PlanRequest> requests = SeedRequests.ofAtMost(16);
    List<List<StreamPlansRequest>> streams = new ArrayList<>();
    for (int i = 1; i < requests.size(); i++) {
      PlanRequest first = requests.get(i - 1);
      PlanRequest.Builder bare = first.toBuilder().clearBlockLibrary().clearEdgeServer();
      PlanRequest.Builder wrong = bare.clone().clearLatencyBudget();
      PlanRequest.Builder refused = first.toBuilder();
      refused.getBlockLibraryBuilder().addBlocksBuilder().setSizeBytes(0);
      streams.add(
          Stream.of(first.toBuilder(), bare, wrong, refused, bare, requests.get(i).toBuilder())
              .map(request -> StreamPlansRequest.newBuilder().setRequest(request).build())
              .toList());
    }
    return streams.stream();
  }

  @Timeout(60)
  @MethodSource("seeds")
  @FuzzTest
  void stream_anyRequests_isAnsweredAsEachAlone(
      @NotNull @WithSize(max = 8) List<@NotNull StreamPlansRequest> requests) throws Exception {
    List<StreamPlansResponse> answers = FuzzedPlanner.bounded(() -> answers(requests));

    assertEquals(requests.size(), answers.size());
    StreamMemory memory = new StreamMemory(planner);
    for (int i = 0; i < answers.size(); i++) {
      memory.assertAnswer(requests.get(i), answers.get(i));
    }
  }

  private List<StreamPlansResponse> answers(List<StreamPlansRequest> requests) {
    StreamRecorder<StreamPlansResponse> answers = StreamRecorder.create();
    StreamObserver<StreamPlansRequest> stream =
        PlannerServiceGrpc.newStub(planner.channel()).streamPlans(answers);
    requests.forEach(stream::onNext);
    stream.onCompleted();
    assertNull(answers.getError());
    return answers.getValues();
  }
}
