// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.StreamPlansResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;

/** A caller that reads answers only when told to. */
@NullUnmarked // the call and its status are there once it starts and ends
final class ManualReader
    implements ClientResponseObserver<StreamPlansRequest, StreamPlansResponse> {
  private final AtomicInteger answered = new AtomicInteger();
  private final Semaphore unawaited = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile ClientCallStreamObserver<StreamPlansRequest> call;
  private volatile Status status;

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamPlansRequest> startingCall) {
    call = startingCall;
    startingCall.disableAutoRequestWithInitial(0);
  }

  void request(int count) {
    call.request(count);
  }

  void cancel() {
    call.cancel("enough", null);
  }

  int answered() {
    return answered.get();
  }

  boolean isCompleted() {
    return status != null && status.isOk();
  }

  void awaitAnswer() throws InterruptedException {
    if (!unawaited.tryAcquire(60, TimeUnit.SECONDS)) {
      throw new AssertionError("no answer after " + answered + "; status " + status);
    }
  }

  void awaitCompletion() throws InterruptedException {
    if (!ended.await(60, TimeUnit.SECONDS) || !isCompleted()) {
      throw new AssertionError("not completed after " + answered + "; status " + status);
    }
  }

  @Override
  public void onNext(StreamPlansResponse answer) {
    answered.incrementAndGet();
    unawaited.release();
  }

  @Override
  public void onError(Throwable failure) {
    status = Status.fromThrowable(failure);
    ended.countDown();
  }

  @Override
  public void onCompleted() {
    status = Status.OK;
    ended.countDown();
  }
}
