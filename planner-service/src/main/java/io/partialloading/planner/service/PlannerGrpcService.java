package io.partialloading.planner.service;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.analyze.LibraryAnalysis;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.AnalysisWriter;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadLibrary;
import io.partialloading.planner.wire.RequestReader;
import java.util.function.Supplier;

/**
 * The service of the contract. Works in the thread that delivers the call's events, so a server's
 * executor for calls bounds how many requests, of streams too, are worked on at once.
 */
public final class PlannerGrpcService extends PlannerServiceGrpc.PlannerServiceImplBase {
  private final RequestReader reader;
  private final RequestPlanner planner;

  /** A service for requests within limits. */
  public PlannerGrpcService(Limits limits) {
    this.reader = new RequestReader(limits);
    this.planner = new RequestPlanner(reader);
  }

  @Override
  public void plan(PlanRequest request, StreamObserver<PlanResponse> responses) {
    answer(
        responses,
        () -> {
          try (CallSignal signal = CallSignal.ofCurrentCall()) {
            return planner.plan(request, signal);
          }
        });
  }

  @Override
  public StreamObserver<StreamPlansRequest> streamPlans(
      StreamObserver<StreamPlansResponse> responses) {
    return SnapshotStream.begin(
        reader.newSession(),
        (ServerCallStreamObserver<StreamPlansResponse>) responses,
        CallSignal.ofCurrentCall());
  }

  @Override
  public void verifySchedule(
      VerifyScheduleRequest request, StreamObserver<VerifyScheduleResponse> responses) {
    answer(
        responses,
        () -> {
          reader.check(request);
          return ScheduleVerifier.verify(request.getRequest(), request.getSchedule());
        });
  }

  @Override
  public void analyzeLibrary(
      AnalyzeLibraryRequest request, StreamObserver<AnalyzeLibraryResponse> responses) {
    answer(
        responses,
        () -> {
          ReadLibrary library = reader.read(request);
          return AnalysisWriter.write(
              library, LibraryAnalysis.of(library.blockBytes(), library.modelBlocks()));
        });
  }

  private static <T> void answer(StreamObserver<T> responses, Supplier<T> work) {
    T response;
    try {
      response = work.get();
    } catch (StatusRuntimeException failure) {
      responses.onError(failure);
      return;
    } catch (RuntimeException | StackOverflowError failure) {
      responses.onError(FailureStatus.of(Failure.of(failure, null, "")));
      return;
    }
    responses.onNext(response);
    responses.onCompleted();
  }
}
