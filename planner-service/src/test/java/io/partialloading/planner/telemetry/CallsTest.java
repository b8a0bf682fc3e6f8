// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.settings.Logging;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.PlannerServiceGrpc.PlannerServiceBlockingStub;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static PlannerServiceBlockingStub stub(ObservedServer server) {
    return PlannerServiceGrpc.newBlockingStub(server.channel);
  }

  private static PlanRequest.Builder general(Algorithm algorithm) {
    PlanRequest.Builder request = TestRequests.good();
    request.getBlockLibraryBuilder().getModelsBuilder(1).addBlockIds(8).addBlockIds(9);
    request.getBlockLibraryBuilder().getModelsBuilder(2).addBlockIds(9);
    return request.setOptions(PlanOptions.newBuilder().setAlgorithm(algorithm));
  }

  @Test
  void plan_good_isCountedByWhatItIs() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      stub(server).plan(TestRequests.good().build());
      server.stop();

      assertEquals(1, server.sum("planner.requests", "work", "plan", "grpc.status", "OK"));
      assertEquals(1, server.sum("planner.requests"));
      assertEquals(
          1,
          server.sum(
              "planner.plans",
              "algorithm",
              "adaptive",
              "optimality",
              "proven",
              "sharing.structure",
              "bottom_layer"));
      assertEquals(1, server.count("planner.planning.duration", "algorithm", "adaptive"));
      assertEquals(1, server.count("planner.work.duration", "work", "plan"));
      assertEquals(1, server.count("planner.queue.wait", "work", "plan"));
      assertEquals(1, server.count("planner.served.fraction"));
      assertEquals(3, server.histogram("planner.request.users").iterator().next().getSum());
      assertEquals(3, server.histogram("planner.request.models").iterator().next().getSum());
      assertEquals(
          1,
          server.count(
              "grpc.server.call.duration",
              "grpc.method",
              "partialloading.planner.v1.PlannerService/Plan",
              "grpc.status",
              "OK"));
      assertEquals(0, server.sum("planner.refusals"));
    }
  }

  @Test
  void plan_good_hasBucketsFromTenMicrosecondsToASecond() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      stub(server).plan(TestRequests.good().build());
      server.stop();

      HistogramPointData times = server.histogram("planner.planning.duration").iterator().next();
      assertEquals(1e-5, times.getBoundaries().get(0));
      assertEquals(1.0, times.getBoundaries().get(times.getBoundaries().size() - 1));
    }
  }

  @Test
  void plan_wrong_isCountedAsInvalid() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      assertThrows(
          StatusRuntimeException.class, () -> stub(server).plan(PlanRequest.getDefaultInstance()));
      server.stop();

      assertEquals(
          1, server.sum("planner.requests", "work", "plan", "grpc.status", "INVALID_ARGUMENT"));
      assertEquals(1, server.sum("planner.requests"));
      assertEquals(StatusCode.UNSET, server.span().getStatus().getStatusCode());
      assertEquals(
          "INVALID_ARGUMENT",
          ObservedServer.attributes(server.span()).get("rpc.response.status_code"));
    }
  }

  @Test
  void plan_notApplicable_isCountedAsFailedPrecondition() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      PlanRequest request = general(Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC).build();
      assertThrows(StatusRuntimeException.class, () -> stub(server).plan(request));
      server.stop();

      assertEquals(
          1, server.sum("planner.requests", "work", "plan", "grpc.status", "FAILED_PRECONDITION"));
      assertEquals(1, server.sum("planner.requests"));
    }
  }

  @Test
  void plan_refused_isCountedByReason() throws Exception {
    try (ObservedServer server = new ObservedServer(false, 1, Logging.Calls.FAILURES)) {
      ListenableFuture<PlanResponse> waiting =
          PlannerServiceGrpc.newFutureStub(server.channel).plan(TestRequests.good().build());
      ObservedServer.await(() -> server.queue.waitingJobs() == 1);

      assertThrows(
          StatusRuntimeException.class, () -> stub(server).plan(TestRequests.good().build()));
      assertEquals(1, server.sum("planner.refusals", "work", "plan", "reason", "queue_full"));
      assertEquals(1, server.sum("planner.refusals"));
      assertEquals(
          1, server.sum("planner.requests", "work", "plan", "grpc.status", "RESOURCE_EXHAUSTED"));
      assertEquals(1, server.sum("planner.queue.length"));
      assertEquals(0, server.sum("planner.workers.busy"));
      assertEquals(1, server.sum("planner.calls.open"));
      waiting.cancel(true);
    }
  }

  @Test
  void plan_cancelledWhileItWaits_isCounted() throws Exception {
    try (ObservedServer server = new ObservedServer(false, 1, Logging.Calls.FAILURES)) {
      ListenableFuture<PlanResponse> call =
          PlannerServiceGrpc.newFutureStub(server.channel).plan(TestRequests.good().build());
      ObservedServer.await(() -> server.queue.waitingJobs() == 1);
      call.cancel(true);
      server.stop();

      assertEquals(1, server.sum("planner.requests", "work", "plan", "grpc.status", "CANCELLED"));
      assertEquals(1, server.sum("planner.requests"));
      assertEquals(1, server.count("grpc.server.call.duration", "grpc.status", "CANCELLED"));
    }
  }

  @Test
  void plan_deadlinePassedWhileItWaits_isCounted() throws Exception {
    try (ObservedServer server = new ObservedServer(false, 1, Logging.Calls.FAILURES)) {
      assertThrows(
          StatusRuntimeException.class,
          () ->
              stub(server)
                  .withDeadlineAfter(50, TimeUnit.MILLISECONDS)
                  .plan(TestRequests.good().build()));
      server.stop();

      assertEquals(
          1, server.sum("planner.requests", "work", "plan", "grpc.status", "DEADLINE_EXCEEDED"));
    }
  }

  @Test
  void stream_goodAndWrongSnapshots_areCountedOneByOne() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
          PlannerServiceGrpc.newBlockingV2Stub(server.channel).streamPlans();
      stream.write(StreamPlansRequest.newBuilder().setRequest(TestRequests.good()).build());
      assertTrue(stream.read().hasResponse());
      assertEquals(1, server.sum("planner.streams.open"));
      stream.write(StreamPlansRequest.newBuilder().setRequest(PlanRequest.newBuilder()).build());
      assertTrue(stream.read().hasError());
      stream.halfClose();
      assertNull(stream.read());
      server.stop();

      assertEquals(1, server.sum("planner.requests", "work", "snapshot", "grpc.status", "OK"));
      assertEquals(
          1, server.sum("planner.requests", "work", "snapshot", "grpc.status", "INVALID_ARGUMENT"));
      assertEquals(2, server.sum("planner.requests"));
      assertEquals(1, server.sum("planner.plans"));
      assertEquals(0, server.sum("planner.streams.open"));
      assertEquals(2L, ObservedServer.attributes(server.span()).get("planner.snapshots"));
    }
  }

  @Test
  void stream_snapshotsOfTheSameLibrary_countItsModelsEachTime() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      BlockingClientCall<StreamPlansRequest, StreamPlansResponse> stream =
          PlannerServiceGrpc.newBlockingV2Stub(server.channel).streamPlans();
      PlanRequest request = TestRequests.good().build();
      stream.write(StreamPlansRequest.newBuilder().setRequest(request).build());
      stream.read();
      PlanRequest next = request.toBuilder().clearBlockLibrary().clearEdgeServer().build();
      stream.write(StreamPlansRequest.newBuilder().setRequest(next).build());
      stream.read();
      stream.cancel("done", null);
      server.stop();

      assertEquals(6, server.histogram("planner.request.models").iterator().next().getSum());
    }
  }

  @Test
  void verificationAndAnalysis_areCountedAsSuch() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      PlanRequest request = TestRequests.good().build();
      PlanResponse plan = stub(server).plan(request);
      stub(server)
          .verifySchedule(
              VerifyScheduleRequest.newBuilder()
                  .setRequest(request)
                  .setSchedule(plan.getSchedule())
                  .build());
      stub(server)
          .analyzeLibrary(
              AnalyzeLibraryRequest.newBuilder()
                  .setBlockLibrary(request.getBlockLibrary())
                  .build());
      server.stop();

      assertEquals(1, server.sum("planner.requests", "work", "verification", "grpc.status", "OK"));
      assertEquals(1, server.sum("planner.requests", "work", "analysis", "grpc.status", "OK"));
      assertEquals(1, server.sum("planner.plans"));
      assertEquals(3, server.spans.getFinishedSpanItems().size());
    }
  }

  @Test
  void span_hasWhatTheCallWasAbout() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      stub(server).plan(TestRequests.good().build());
      server.stop();

      SpanData span = server.span();
      assertEquals("partialloading.planner.v1.PlannerService/Plan", span.getName());
      Map<String, Object> attributes = ObservedServer.attributes(span);
      assertTrue((double) requireNonNull(attributes.remove("planner.queue_wait_ms")) >= 0);
      assertEquals(
          Map.ofEntries(
              Map.entry("rpc.system.name", "grpc"),
              Map.entry("rpc.method", "partialloading.planner.v1.PlannerService/Plan"),
              Map.entry("rpc.response.status_code", "OK"),
              Map.entry("planner.users", 3L),
              Map.entry("planner.models", 3L),
              Map.entry("planner.served_users", 3L),
              Map.entry("planner.algorithm", "adaptive"),
              Map.entry("planner.optimality", "proven"),
              Map.entry("planner.sharing_structure", "bottom_layer")),
          attributes);
    }
  }

  @Test
  void span_continuesTheCallersTrace() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      stub(server)
          .withInterceptors(traceparent("00-" + TRACE + "-b7ad6b7169203331-01"))
          .plan(TestRequests.good().build());
      server.stop();

      assertEquals(TRACE, server.span().getTraceId());
      assertEquals("b7ad6b7169203331", server.span().getParentSpanId());
    }
  }

  @Test
  void span_callerDoesNotSample_isNotMade() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      stub(server)
          .withInterceptors(traceparent("00-" + TRACE + "-b7ad6b7169203331-00"))
          .plan(TestRequests.good().build());
      server.stop();

      assertEquals(0, server.spans.getFinishedSpanItems().size());
    }
  }

  @Test
  void span_hostileTraceparent_isIgnored() throws Exception {
    try (ObservedServer server = ObservedServer.start()) {
      stub(server)
          .withInterceptors(traceparent("00-" + "z".repeat(5_000)))
          .plan(TestRequests.good().build());
      server.stop();

      assertEquals("0000000000000000", server.span().getParentSpanId());
    }
  }

  private static io.grpc.ClientInterceptor traceparent(String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), value);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }
}
