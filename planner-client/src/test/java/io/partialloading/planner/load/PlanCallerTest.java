// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlanCallerTest {
  private record Over(Status.Code code, String server) {}

  @Test
  void call_requests_takeTurnsAndArriveAsTheyAre() throws Exception {
    List<String> arrived = Collections.synchronizedList(new ArrayList<>());
    withServer(
        (request, observer) -> {
          arrived.add(request.getLabel());
          observer.onNext(PlanResponse.newBuilder().setLabel("any").build());
          observer.onCompleted();
        },
        caller -> {
          for (int i = 0; i < 3; i++) {
            assertEquals(Status.Code.OK, call(caller, i).code());
          }
        });
    assertEquals(List.of("a", "b", "a"), arrived);
  }

  @Test
  void call_refusedOrWithoutPlan_tellsTheCode() throws Exception {
    withServer(
        (request, observer) -> observer.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException()),
        caller -> assertEquals(Status.Code.RESOURCE_EXHAUSTED, call(caller, 0).code()));
  }

  @Test
  void call_withoutAnswer_endsAtTheDeadline() throws Exception {
    withServer(
        (request, observer) -> {},
        caller -> assertEquals(Status.Code.DEADLINE_EXCEEDED, call(caller, 0).code()),
        Duration.ofMillis(50));
  }

  @Tag("socket")
  @Test
  void call_toAnEcho_tellsTheServerAndGetsItsAnswersInTurn() throws Exception {
    List<PlanResponse> answers =
        List.of(
            PlanResponse.newBuilder().setLabel("one").build(),
            PlanResponse.newBuilder().setLabel("two").build());
    try (EchoServer echo = EchoServer.start(answers)) {
      try (PlannerClient client = PlannerClient.connect(echo.target())) {
        for (String label : List.of("one", "two", "one")) {
          assertEquals(label, client.plan(PlanRequest.getDefaultInstance()).getLabel());
        }
      }
      ManagedChannel channel = PlannerClient.builder(echo.target()).buildChannel();
      try {
        PlanCaller caller =
            new PlanCaller(
                Clock.SYSTEM, List.of(channel), List.of(new byte[0]), Duration.ofMinutes(1));
        assertEquals(new Over(Status.Code.OK, echo.target()), call(caller, 0));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static Over call(PlanCaller caller, long number) throws Exception {
    CompletableFuture<Over> over = new CompletableFuture<>();
    long begin = System.nanoTime();
    caller.call(
        number,
        (status, server, at) -> {
          assertTrue(at - begin > 0);
          over.complete(new Over(status.getCode(), server));
        });
    return over.get();
  }

  private interface Plan {
    void plan(PlanRequest request, StreamObserver<PlanResponse> observer);
  }

  private interface Use {
    void with(PlanCaller caller) throws Exception;
  }

  private static void withServer(Plan plan, Use use) throws Exception {
    withServer(plan, use, Duration.ofMinutes(1));
  }

  private static void withServer(Plan plan, Use use, Duration deadline) throws Exception {
    String name = InProcessServerBuilder.generateName();
    Server server =
        InProcessServerBuilder.forName(name)
            .addService(
                new PlannerServiceGrpc.PlannerServiceImplBase() {
                  @Override
                  public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
                    plan.plan(request, observer);
                  }
                })
            .build()
            .start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    List<byte[]> requests =
        List.of(
            PlanRequest.newBuilder().setLabel("a").build().toByteArray(),
            PlanRequest.newBuilder().setLabel("b").build().toByteArray());
    try {
      use.with(new PlanCaller(Clock.SYSTEM, List.of(channel), requests, deadline));
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }
}
