// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call again whose answer had begun when its server was lost. gRPC itself does not: it
 * retries until the headers of an answer arrive, for after that a caller may have seen some of it.
 * Here the caller sees nothing before all is there. For calls of one request and one answer without
 * effects, as the planner's are; streams are left alone.
 */
final class BrokenAnswerRetry implements ClientInterceptor {
  private static final int MOST_REPEATS = 2;

  @Override
  public <A, B> ClientCall<A, B> interceptCall(
      MethodDescriptor<A, B> method, CallOptions options, Channel next) {
    return method.getType() == MethodDescriptor.MethodType.UNARY
        ? new RepeatableCall<>(method, options, next)
        : next.newCall(method, options);
  }

  private static boolean isLost(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE || status.getCode() == Status.Code.UNKNOWN;
  }

  /** Callbacks come one at a time; a caller may cancel at any time. */
  private static final class RepeatableCall<A, B> extends ForwardingClientCall<A, B> {
    private final MethodDescriptor<A, B> method;
    private final CallOptions options;
    private final Channel channel;
    private ClientCall<A, B> attempt;
    private Metadata headers = new Metadata();
    private @Nullable A request;
    private int requested;
    private int repeats;
    private boolean cancelled;

    RepeatableCall(MethodDescriptor<A, B> method, CallOptions options, Channel channel) {
      this.method = method;
      this.options = options;
      this.channel = channel;
      this.attempt = channel.newCall(method, options);
    }

    @Override
    protected synchronized ClientCall<A, B> delegate() {
      return attempt;
    }

    @Override
    public void start(Listener<B> listener, Metadata headers) {
      this.headers.merge(headers);
      delegate().start(new WholeAnswer(listener), headers);
    }

    @Override
    public void request(int count) {
      requested += count;
      delegate().request(count);
    }

    @Override
    public void sendMessage(A message) {
      request = message;
      delegate().sendMessage(message);
    }

    @Override
    public synchronized void cancel(@Nullable String message, @Nullable Throwable cause) {
      cancelled = true;
      attempt.cancel(message, cause);
    }

    /** Makes the call again, and returns whether that was possible. */
    private synchronized boolean repeat(Listener<B> listener) {
      if (request == null || cancelled || repeats == MOST_REPEATS) {
        return false;
      }
      repeats++;
      attempt = channel.newCall(method, options);
      Metadata again = new Metadata();
      again.merge(headers);
      attempt.start(new WholeAnswer(listener), again);
      attempt.request(requested);
      attempt.sendMessage(request);
      attempt.halfClose();
      return true;
    }

    /** Passes on what was received when the call has ended, and cannot be made again. */
    private final class WholeAnswer extends Listener<B> {
      private final Listener<B> listener;
      private @Nullable Metadata answerHeaders;
      private @Nullable B answer;

      WholeAnswer(Listener<B> listener) {
        this.listener = listener;
      }

      @Override
      public void onReady() {
        listener.onReady();
      }

      @Override
      public void onHeaders(Metadata received) {
        answerHeaders = received;
      }

      @Override
      public void onMessage(B message) {
        answer = message;
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        if (answerHeaders != null && isLost(status) && repeat(listener)) {
          return;
        }
        if (answerHeaders != null) {
          listener.onHeaders(answerHeaders);
        }
        if (answer != null) {
          listener.onMessage(answer);
        }
        listener.onClose(status, trailers);
      }
    }
  }
}
