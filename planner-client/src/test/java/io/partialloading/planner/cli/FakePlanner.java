// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.util.function.Function;

/** A planner service that answers what a test says, or fails with the status it throws. */
final class FakePlanner extends PlannerServiceGrpc.PlannerServiceImplBase {
  private final Function<PlanRequest, PlanResponse> answers;

  FakePlanner(Function<PlanRequest, PlanResponse> answers) {
    this.answers = answers;
  }

  @Override
  public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
    try {
      observer.onNext(answers.apply(request));
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }
}
