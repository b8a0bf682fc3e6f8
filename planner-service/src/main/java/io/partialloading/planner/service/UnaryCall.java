// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.queue.Outcome;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.v1.PlanResponse;
import java.util.concurrent.CancellationException;

/** A call of one request and one answer. */
final class UnaryCall<Q extends Message, A extends Message> extends OpenCall<A> {
  private final Work work;
  private final Q requestType;
  private final Answering<Q, A> answering;

  /** How a request is answered. */
  interface Answering<Q, A> {
    /**
     * The answer.
     *
     * @throws StatusRuntimeException or any other exception if there is none
     */
    A answer(Q request, CallTime time, PlanningMemory memory);
  }

  private UnaryCall(Admitted<A> admitted, Q requestType, Answering<Q, A> answering) {
    super(admitted);
    this.work = admitted.work();
    this.requestType = requestType;
    this.answering = answering;
  }

  /**
   * Begins to take in a call.
   *
   * @param requestType any request
   */
  static <Q extends Message, A extends Message> UnaryCall<Q, A> begin(
      Admitted<A> admitted, Q requestType, Answering<Q, A> answering) {
    UnaryCall<Q, A> call = new UnaryCall<>(admitted, requestType, answering);
    ArrivingBytes.tell(call::arrived);
    DeadlineTimer.tell(call::late);
    admitted.call().request(2); // a second one is a fault to be seen
    return call;
  }

  @Override
  public void onMessage(RequestMessage message) {
    Status failure = message.failure();
    if (failure != null) {
      end(failure, new Metadata());
    } else if (request() != null) {
      end(Status.INTERNAL.withDescription("more than one request"), new Metadata());
    } else if (hold(message, 0)) {
      keep(message);
      return;
    }
    message.release();
  }

  @Override
  public void onHalfClose() {
    if (isEnding()) {
      return;
    }
    RequestMessage request = request();
    if (request == null) {
      end(Status.INTERNAL.withDescription("no request"), new Metadata());
      return;
    }
    boolean isPlan = work == Work.PLAN;
    submit(request, isPlan ? RequestShape.ofPlan(request.bytesAtHand()) : RequestShape.NONE);
  }

  @Override
  Outcome work(long waited) {
    if (signal.isCancelled()) {
      reportDropped();
      forget();
      end(Failure.of(new CancellationException(), null, ""));
      return Outcome.DROPPED;
    }
    reportStarted(waited);
    long begin = System.nanoTime();
    A answer;
    try {
      answer = answering.answer(parsed(), signal, this);
    } catch (StatusRuntimeException e) {
      return failed(e, begin);
    } catch (Exception | VirtualMachineError e) {
      return failed(FailureStatus.of(Failure.of(e, null, "")), begin);
    }
    Outcome outcome =
        reportFinished(Status.Code.OK, begin, answer instanceof PlanResponse plan ? plan : null);
    send(answer);
    return outcome;
  }

  private Q parsed() throws InvalidProtocolBufferException {
    Q parsed = takeRequest().parse(requestType, this, signal);
    reportParsed(RequestSummary.of(parsed));
    return parsed;
  }

  private Outcome failed(StatusRuntimeException failure, long begin) {
    Status status = failure.getStatus();
    Metadata trailers = failure.getTrailers();
    Outcome outcome = reportFinished(status.getCode(), begin, null);
    end(status, trailers == null ? new Metadata() : trailers);
    return outcome;
  }

  /** Sends the answer, which is held until the caller has taken it. */
  private void send(A answer) {
    holding.set(answer.getSerializedSize());
    if (claimEnd()) {
      call.sendHeaders(new Metadata());
      call.sendMessage(answer);
      close(Status.OK, new Metadata());
    }
  }

  @Override
  void answer(Refusal refusal) {
    end(Failure.of(refusal));
  }

  @Override
  void jobEnded() {}
}
