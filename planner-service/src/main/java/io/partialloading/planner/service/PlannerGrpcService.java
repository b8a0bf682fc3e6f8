package io.partialloading.planner.service;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.wire.Limits;

/**
 * The service of the contract. Plans in the thread that delivers the call, so a server's executor
 * for calls bounds how many are planned at once. Calls other than Plan are answered with
 * UNIMPLEMENTED.
 */
public final class PlannerGrpcService extends PlannerServiceGrpc.PlannerServiceImplBase {
  private final RequestPlanner planner;

  /** A service for requests within limits. */
  public PlannerGrpcService(Limits limits) {
    this.planner = new RequestPlanner(limits);
  }

  @Override
  public void plan(PlanRequest request, StreamObserver<PlanResponse> responses) {
    PlanResponse response;
    try (CallSignal signal = CallSignal.ofCurrentCall()) {
      response = planner.plan(request, signal);
    } catch (StatusRuntimeException failure) {
      responses.onError(failure);
      return;
    }
    responses.onNext(response);
    responses.onCompleted();
  }
}
