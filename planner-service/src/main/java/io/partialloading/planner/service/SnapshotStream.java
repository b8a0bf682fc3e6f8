package io.partialloading.planner.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.util.concurrent.CancellationException;

/**
 * A stream of snapshots, each answered with a plan or with why there is none.
 *
 * <p>Takes one request at a time: the next is asked for once the last is answered and the transport
 * has room for another answer. So a caller that does not read its answers is not planned for, and
 * what it goes on sending waits in its own buffers. gRPC delivers the events of a call one after
 * another, so answers keep the order of requests and nothing here is shared between threads.
 */
final class SnapshotStream implements StreamObserver<StreamPlansRequest> {
  private final RequestReader.Session session;
  private final ServerCallStreamObserver<StreamPlansResponse> answers;
  private final CallSignal signal;
  private boolean requestDue;

  private SnapshotStream(
      RequestReader.Session session,
      ServerCallStreamObserver<StreamPlansResponse> answers,
      CallSignal signal) {
    this.session = session;
    this.answers = answers;
    this.signal = signal;
  }

  /**
   * Begins a stream.
   *
   * @param session what reads its requests
   * @param answers where the answers go
   * @param signal tells when the call is cancelled; closed with the stream
   */
  static SnapshotStream begin(
      RequestReader.Session session,
      ServerCallStreamObserver<StreamPlansResponse> answers,
      CallSignal signal) {
    SnapshotStream stream = new SnapshotStream(session, answers, signal);
    answers.disableAutoRequest();
    answers.setOnReadyHandler(stream::requestNext);
    // With a handler for it, an answer that comes too late is dropped rather than an exception.
    answers.setOnCancelHandler(signal::close);
    return stream;
  }

  private void requestNext() {
    if (!requestDue && answers.isReady()) {
      requestDue = true;
      answers.request(1);
    }
  }

  @Override
  public void onNext(StreamPlansRequest request) {
    requestDue = false;
    StreamPlansResponse answer;
    try {
      signal.throwIfCancelled();
      answer = answer(request);
    } catch (CancellationException e) {
      return; // the call ends by itself, and nobody waits for an answer
    }
    answers.onNext(answer);
    requestNext();
  }

  private StreamPlansResponse answer(StreamPlansRequest request) {
    StreamPlansResponse.Builder answer = StreamPlansResponse.newBuilder();
    if (!request.hasRequest()) {
      return answer.setError(Failure.ofField("request", "is missing").toPlanError()).build();
    }
    PlanRequest snapshot = request.getRequest();
    ReadRequest read = null;
    try {
      read = session.read(snapshot);
      signal.throwIfCancelled();
      return answer.setResponse(Planning.plan(read, signal)).build();
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      return answer.setError(Failure.of(e, read, snapshot.getLabel()).toPlanError()).build();
    }
  }

  @Override
  public void onCompleted() {
    answers.onCompleted();
    signal.close();
  }

  /** The call was cancelled, and has ended. */
  @Override
  public void onError(Throwable cancellation) {}
}
