// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A planner and a judge that answer what a test says, and a client of theirs. Unless a test says
 * otherwise every schedule is feasible and serves as many users as its completion has seconds.
 */
final class FakeService implements AutoCloseable {
  private final AtomicInteger plans = new AtomicInteger();
  private final Set<String> labels = ConcurrentHashMap.newKeySet();
  private final Server server;
  private final ManagedChannel channel;
  private final PlannerClient client;

  private FakeService(
      Function<PlanRequest, PlanResponse> planner,
      Function<VerifyScheduleRequest, VerifyScheduleResponse> judge) {
    String name = InProcessServerBuilder.generateName();
    try {
      server =
          InProcessServerBuilder.forName(name)
              .directExecutor()
              .addService(new Service(planner, judge))
              .build()
              .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    client = PlannerClient.over(channel, PlannerClient.DEFAULT_DEADLINE);
  }

  /** A service whose schedules are all found feasible. */
  static FakeService planning(Function<PlanRequest, PlanResponse> planner) {
    return new FakeService(planner, request -> judgement(request, true));
  }

  static FakeService judging(
      Function<PlanRequest, PlanResponse> planner,
      Function<VerifyScheduleRequest, VerifyScheduleResponse> judge) {
    return new FakeService(planner, judge);
  }

  /** A plan for so many users, with a bound. */
  static PlanResponse plan(int served, int bound) {
    PlanResponse.Builder plan =
        PlanResponse.newBuilder().setServedUserCount(served).setServedUserUpperBound(bound);
    plan.getScheduleBuilder().getCompletionBuilder().setSeconds(served);
    return plan.build();
  }

  static VerifyScheduleResponse judgement(VerifyScheduleRequest request, boolean feasible) {
    return VerifyScheduleResponse.newBuilder()
        .setFeasible(feasible)
        .setServedUserCount((int) request.getSchedule().getCompletion().getSeconds())
        .build();
  }

  PlannerClient client() {
    return client;
  }

  /** Number of plans asked for since the last time. */
  int plans() {
    return plans.getAndSet(0);
  }

  /** Labels of all requests planned so far. */
  Set<String> labels() {
    return labels;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private final class Service extends PlannerServiceGrpc.PlannerServiceImplBase {
    private final Function<PlanRequest, PlanResponse> planner;
    private final Function<VerifyScheduleRequest, VerifyScheduleResponse> judge;

    Service(
        Function<PlanRequest, PlanResponse> planner,
        Function<VerifyScheduleRequest, VerifyScheduleResponse> judge) {
      this.planner = planner;
      this.judge = judge;
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
      plans.incrementAndGet();
      labels.add(request.getLabel());
      answer(planner, request, observer);
    }

    @Override
    public void verifySchedule(
        VerifyScheduleRequest request, StreamObserver<VerifyScheduleResponse> observer) {
      answer(judge, request, observer);
    }

    private <A, B> void answer(Function<A, B> function, A request, StreamObserver<B> observer) {
      B response;
      try {
        response = function.apply(request);
      } catch (StatusRuntimeException e) {
        observer.onError(e);
        return;
      }
      observer.onNext(response);
      observer.onCompleted();
    }
  }
}
