// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.partialloading.planner.queue.Outcome;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.v1.PlanError;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream of snapshots, each answered with a plan or with why there is none.
 *
 * <p>Takes one request at a time: the next is asked for once the last is answered and the transport
 * has room for another answer. So a caller that does not read its answers is not planned for, what
 * it goes on sending waits in its own buffers, and answers keep the order of requests.
 *
 * <p>A request without a library or a server is planned with the one sent last on the stream. Where
 * that one was refused, alone or with the whole request because the server was too busy, so is each
 * request without one, until one comes that is taken.
 */
final class SnapshotStream extends OpenCall<StreamPlansResponse> {
  /** What is kept of a library takes at most so many times its bytes on the wire. */
  private static final long KEPT_PER_BYTE = 4;

  private final RequestReader.Session session;

  /** Whether a request was asked for and is not answered. */
  private final AtomicBoolean isTaking = new AtomicBoolean();

  private volatile boolean isHalfClosed;
  private RequestShape shape = RequestShape.NONE;
  private SentParts sentParts = SentParts.ANY;
  private long keptLibrary;
  private long keptServer;
  private int modelCount;
  private boolean hasSent;

  private SnapshotStream(RequestReader.Session session, Admitted<StreamPlansResponse> admitted) {
    super(admitted);
    this.session = session;
  }

  /**
   * Begins a stream.
   *
   * @param session what reads its requests
   */
  static SnapshotStream begin(
      RequestReader.Session session, Admitted<StreamPlansResponse> admitted) {
    SnapshotStream stream = new SnapshotStream(session, admitted);
    ArrivingBytes.tell(stream::arrived);
    DeadlineTimer.tell(stream::late);
    return stream;
  }

  @Override
  public void onReady() {
    requestNext();
  }

  private void requestNext() {
    if (call.isReady() && isTaking.compareAndSet(false, true)) {
      call.request(1);
    }
  }

  @Override
  public void onMessage(RequestMessage message) {
    Status failure = message.failure();
    if (failure != null) {
      end(failure, new Metadata());
    } else if (hold(message, kept())) {
      keep(message);
      sentParts = message.sentParts();
      shape = shape.then(RequestShape.ofSnapshot(message.bytesAtHand()));
      submit(message, shape);
      return;
    }
    message.release();
  }

  @Override
  public void onHalfClose() {
    isHalfClosed = true;
    if (!hasJob()) {
      end(Status.OK, new Metadata());
    }
  }

  @Override
  void jobEnded() {
    if (isHalfClosed) {
      end(Status.OK, new Metadata());
    } else {
      isTaking.set(false);
      requestNext();
    }
  }

  @Override
  Outcome work(long waited) {
    if (signal.isCancelled()) {
      reportDropped();
      forget();
      return Outcome.DROPPED; // the call ends by itself, and nobody waits for an answer
    }
    reportStarted(waited);
    long begin = System.nanoTime();
    StreamPlansResponse answer;
    try {
      answer = answer();
    } catch (CancellationException e) {
      return reportFinished(Status.Code.CANCELLED, begin, null);
    }
    Outcome outcome =
        answer.hasResponse()
            ? reportFinished(Status.Code.OK, begin, answer.getResponse())
            : reportFinished(
                Status.fromCodeValue(answer.getError().getCode()).getCode(), begin, null);
    send(answer);
    return outcome;
  }

  private StreamPlansResponse answer() {
    ReadRequest read = null;
    String label = "";
    try {
      StreamPlansRequest message = parsed();
      if (!message.hasRequest()) {
        return of(Failure.ofField("request", "is missing"));
      }
      PlanRequest snapshot = message.getRequest();
      label = snapshot.getLabel();
      if (snapshot.hasBlockLibrary()) {
        modelCount = snapshot.getBlockLibrary().getModelsCount();
      }
      reportParsed(RequestSummary.of(snapshot, modelCount));
      read = read(snapshot);
      signal.throwIfCancelled();
      return of(Planning.plan(read, signal, this));
    } catch (CancellationException e) {
      throw e;
    } catch (Exception | VirtualMachineError e) {
      return of(Failure.of(e, read, label));
    }
  }

  private StreamPlansRequest parsed() throws InvalidProtocolBufferException {
    try {
      return takeRequest().parse(StreamPlansRequest.getDefaultInstance(), this, signal);
    } catch (InvalidProtocolBufferException | RefusedException | VirtualMachineError e) {
      refuseParts();
      throw e;
    }
  }

  /** A library or server in a request that was not read must not leave the one before in use. */
  private void refuseParts() {
    session.refuse(sentParts.library(), sentParts.server());
    keptLibrary = sentParts.library() ? 0 : keptLibrary;
    keptServer = sentParts.server() ? 0 : keptServer;
  }

  /** Reads a snapshot; what it has of library and server is kept even if the rest is wrong. */
  private ReadRequest read(PlanRequest snapshot) {
    if (snapshot.hasBlockLibrary()) {
      keptLibrary = KEPT_PER_BYTE * snapshot.getBlockLibrary().getSerializedSize();
    }
    if (snapshot.hasEdgeServer()) {
      keptServer = KEPT_PER_BYTE * snapshot.getEdgeServer().getSerializedSize();
    }
    return session.read(snapshot, signal);
  }

  private long kept() {
    return keptLibrary + keptServer;
  }

  private static StreamPlansResponse of(PlanResponse plan) {
    return StreamPlansResponse.newBuilder().setResponse(plan).build();
  }

  private static StreamPlansResponse of(Failure failure) {
    PlanError error = failure.toPlanError();
    return StreamPlansResponse.newBuilder().setError(error).build();
  }

  @Override
  void answer(Refusal refusal) {
    refuseParts();
    send(of(Failure.of(refusal)));
  }

  private void send(StreamPlansResponse answer) {
    holding.set(kept());
    send(
        () -> {
          if (!hasSent) {
            hasSent = true;
            call.sendHeaders(new Metadata());
          }
          call.sendMessage(answer);
        });
  }
}
