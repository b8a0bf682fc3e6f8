// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends streams when the server stops: each as soon as every request on it is answered, so that
 * streams that stay open for hours do not hold up the stop, and their clients go elsewhere at once.
 */
final class StreamDrain implements ServerInterceptor {
  private static final Status DRAINING =
      Status.UNAVAILABLE.withDescription("the server is stopping; open a new stream");

  private final Set<Stream<?, ?>> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /** Ends all streams that have no request in progress, and the others after their answer. */
  void start() {
    draining = true;
    streams.forEach(Stream::endIfIdle);
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    Stream<ReqT, RespT> stream = new Stream<>(call);
    streams.add(stream);
    ServerCall.Listener<ReqT> events = stream.new Events(next.startCall(stream, headers));
    stream.endIfIdle(); // the drain may have begun before it was added
    return events;
  }

  /**
   * A stream. Its events come one after another, and the drain from another thread, so what touches
   * the call takes a lock, in which nothing is planned.
   */
  private final class Stream<ReqT, RespT> extends SimpleForwardingServerCall<ReqT, RespT> {
    private long unanswered;
    private boolean closed;

    private Stream(ServerCall<ReqT, RespT> call) {
      super(call);
    }

    private synchronized void endIfIdle() {
      if (draining && unanswered <= 0) {
        close(DRAINING, new Metadata());
      }
    }

    private synchronized void count(int requests) {
      unanswered += requests;
    }

    @Override
    public synchronized void request(int messages) {
      if (!closed) {
        super.request(messages);
      }
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!closed) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(RespT message) {
      if (!closed) {
        super.sendMessage(message);
        unanswered--;
        endIfIdle();
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }

    /** What happens on the stream. */
    private final class Events extends SimpleForwardingServerCallListener<ReqT> {
      private Events(ServerCall.Listener<ReqT> listener) {
        super(listener);
      }

      @Override
      public void onMessage(ReqT message) {
        count(1);
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        streams.remove(Stream.this);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        streams.remove(Stream.this);
        super.onComplete();
      }
    }
  }
}
