// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.partialloading.planner.analyze.LibraryAnalysis;
import io.partialloading.planner.queue.Client;
import io.partialloading.planner.queue.Holding;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.AnalysisWriter;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadLibrary;
import io.partialloading.planner.wire.RequestReader;
import java.util.function.Function;

/**
 * The service of the contract. Calls are let in or refused when their headers come; requests wait,
 * unparsed, in a queue for its workers; the threads that deliver a call's events never plan.
 */
public final class PlannerGrpcService implements BindableService {
  private final RequestReader reader;
  private final UnaryCall.Answering<PlanRequest, PlanResponse> planner;
  private final Admission admission;
  private final Connections connections = new Connections();

  /**
   * A service for requests within limits that refuses nobody and plans on the threads that deliver
   * the calls' events: for use within a process.
   */
  public PlannerGrpcService(Limits limits) {
    this(
        limits,
        new RequestPlanner(limits)::plan,
        new Admission(
            new PlanningQueue(LoadLimits.NONE),
            new Intake(LoadLimits.NONE),
            true,
            AnswerReserve.LOCAL,
            PlanningObserver.NONE));
  }

  /**
   * A service for requests within limits.
   *
   * @param queue where jobs wait; others work on them
   * @param intake bounds the calls in progress and what they hold
   * @param reserve what is kept back of a call's deadline for the network
   * @param observer is told what happens
   */
  public PlannerGrpcService(
      Limits limits,
      PlanningQueue queue,
      Intake intake,
      AnswerReserve reserve,
      PlanningObserver observer) {
    this(
        limits,
        new RequestPlanner(limits)::plan,
        new Admission(queue, intake, false, reserve, observer));
  }

  PlannerGrpcService(
      Limits limits, UnaryCall.Answering<PlanRequest, PlanResponse> planner, Admission admission) {
    this.reader = new RequestReader(limits);
    this.planner = planner;
    this.admission = admission;
  }

  /**
   * Adds the service to a server, with what tells clients apart, counts bytes as they come, and
   * tells of deadlines that pass. The server's executor may be direct: what the service does on it
   * is short.
   */
  public void addTo(ServerBuilder<?> server) {
    server
        .addService(this)
        .addTransportFilter(connections)
        .addStreamTracerFactory(new ArrivingBytes.Factory())
        .addStreamTracerFactory(new DeadlineTimer.Factory());
  }

  @Override
  public ServerServiceDefinition bindService() {
    ServerMethodDefinition<?, ?> plan =
        unary(
            PlannerServiceGrpc.getPlanMethod(),
            Work.PLAN,
            PlanRequest.getDefaultInstance(),
            planner);
    ServerMethodDefinition<?, ?> streamPlans =
        method(
            PlannerServiceGrpc.getStreamPlansMethod(),
            Work.SNAPSHOT,
            admitted -> SnapshotStream.begin(reader.newSession(), admitted));
    ServerMethodDefinition<?, ?> verifySchedule =
        unary(
            PlannerServiceGrpc.getVerifyScheduleMethod(),
            Work.VERIFICATION,
            VerifyScheduleRequest.getDefaultInstance(),
            this::verify);
    ServerMethodDefinition<?, ?> analyzeLibrary =
        unary(
            PlannerServiceGrpc.getAnalyzeLibraryMethod(),
            Work.ANALYSIS,
            AnalyzeLibraryRequest.getDefaultInstance(),
            this::analyze);
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(PlannerServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(
                    PlannerServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
                .addMethod(plan.getMethodDescriptor())
                .addMethod(streamPlans.getMethodDescriptor())
                .addMethod(verifySchedule.getMethodDescriptor())
                .addMethod(analyzeLibrary.getMethodDescriptor())
                .build())
        .addMethod(plan)
        .addMethod(streamPlans)
        .addMethod(verifySchedule)
        .addMethod(analyzeLibrary)
        .build();
  }

  private <Q extends Message, A extends Message> ServerMethodDefinition<RequestMessage, A> unary(
      MethodDescriptor<Q, A> method,
      Work work,
      Q requestType,
      UnaryCall.Answering<Q, A> answering) {
    return method(method, work, admitted -> UnaryCall.begin(admitted, requestType, answering));
  }

  private <A> ServerMethodDefinition<RequestMessage, A> method(
      MethodDescriptor<?, A> method,
      Work work,
      Function<Admitted<A>, ServerCall.Listener<RequestMessage>> opening) {
    ServerCallHandler<RequestMessage, A> handler = (call, headers) -> begin(call, work, opening);
    return ServerMethodDefinition.create(
        method.toBuilder(RequestMessage.MARSHALLER, method.getResponseMarshaller()).build(),
        handler);
  }

  /** Lets a call in, or refuses it before any of its messages is asked for. */
  private <A> ServerCall.Listener<RequestMessage> begin(
      ServerCall<RequestMessage, A> call,
      Work work,
      Function<Admitted<A>, ServerCall.Listener<RequestMessage>> opening) {
    Client client = connections.of(call);
    Holding holding = admission.intake().open(client);
    CallSignal signal = CallSignal.ofCurrentCall(admission.reserve());
    // A stream may well wait; its snapshots are refused one by one.
    Refusal refusal =
        work == Work.SNAPSHOT ? null : admission.queue().letCome(client, signal.timeLeft());
    if (refusal == null) {
      refusal = admission.enter(holding);
      if (refusal != null && work != Work.SNAPSHOT) {
        admission.queue().stayAway(client);
      }
    }
    if (refusal == null) {
      return opening.apply(new Admitted<>(call, work, client, holding, signal, admission));
    }
    signal.close();
    admission.observer().refused(work, refusal.reason());
    FailureStatus.close(call, Failure.of(refusal));
    return new ServerCall.Listener<>() {};
  }

  private VerifyScheduleResponse verify(
      VerifyScheduleRequest request, CallTime time, PlanningMemory memory) {
    reader.check(request, time);
    return ScheduleVerifier.verify(
        request.getRequest(), request.getSchedule(), time::throwIfCancelled);
  }

  private AnalyzeLibraryResponse analyze(
      AnalyzeLibraryRequest request, CallTime time, PlanningMemory memory) {
    ReadLibrary library = reader.read(request, time);
    return AnalysisWriter.write(
        library, LibraryAnalysis.of(library.blockBytes(), library.modelBlocks(), time), time);
  }
}
