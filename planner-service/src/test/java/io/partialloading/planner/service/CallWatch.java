// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/** Watches what a server takes in and sends in its calls. */
final class CallWatch implements ServerInterceptor {
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger mostAhead = new AtomicInteger();
  private final AtomicReference<Event> beforeNextMessage = new AtomicReference<>(() -> {});
  private final CountDownLatch fullBuffer = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile IntSupplier answered = () -> 0;

  /** Something a test does. */
  interface Event {
    void happen() throws InterruptedException;
  }

  /** Number of messages that the server was given. */
  int taken() {
    return taken.get();
  }

  /** Number of messages that the server sent. */
  int sent() {
    return sent.get();
  }

  /** Most messages that the server had been given beyond those answered, as the caller counts. */
  int mostAhead() {
    return mostAhead.get();
  }

  /** Sets what tells the number of messages that reached the caller. */
  void answered(IntSupplier count) {
    answered = count;
  }

  /** Sets what happens before the server is given the next message. */
  void beforeNextMessage(Event event) {
    beforeNextMessage.set(event);
  }

  /** Returns when the server has sent as much as the transport takes. */
  void awaitFullBuffer() throws InterruptedException {
    if (!fullBuffer.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the transport takes everything");
    }
  }

  /** Returns when the server was told that its call is cancelled. */
  void awaitCancellation() throws InterruptedException {
    if (!cancelled.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("not cancelled");
    }
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    ServerCall<ReqT, RespT> watched =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void sendMessage(RespT message) {
            sent.incrementAndGet();
            super.sendMessage(message);
            if (!isReady()) {
              fullBuffer.countDown();
            }
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
      @Override
      public void onMessage(ReqT message) {
        int ahead = taken.incrementAndGet() - answered.getAsInt();
        mostAhead.accumulateAndGet(ahead, Math::max);
        try {
          beforeNextMessage.getAndSet(() -> {}).happen();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        super.onCancel();
        cancelled.countDown();
      }
    };
  }
}
