// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Drainable;
import io.grpc.Grpc;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks for plans, at little cost of its own: requests are serialised once for all calls, answers
 * are not parsed, and no thread is handed anything.
 */
public final class PlanCaller implements Caller {
  private static final MethodDescriptor<byte[], Boolean> PLAN =
      PlannerServiceGrpc.getPlanMethod().toBuilder(new RequestBytes(), new AnyAnswer()).build();

  private final Clock clock;
  private final List<? extends Channel> channels;
  private final List<byte[]> requests;
  private final CallOptions options = CallOptions.DEFAULT.withExecutor(Runnable::run);
  private final long deadlineNanos;
  private final Map<SocketAddress, String> names = new ConcurrentHashMap<>();

  /**
   * @param clock tells when calls are over
   * @param channels take turns; at least one
   * @param requests serialised; take turns; at least one
   * @param deadline how long each call may take from when it is made, above 0
   */
  public PlanCaller(
      Clock clock, List<? extends Channel> channels, List<byte[]> requests, Duration deadline) {
    this.clock = clock;
    this.channels = List.copyOf(channels);
    this.requests = List.copyOf(requests);
    this.deadlineNanos = TimeUnit.NANOSECONDS.convert(deadline);
  }

  @Override
  public void call(long number, Answer answer) {
    // Shifted by one after each turn of the requests, so that no channel always gets the same ones.
    long turn = number / requests.size();
    Channel channel = channels.get((int) ((number + turn) % channels.size()));
    ClientCall<byte[], Boolean> call =
        channel.newCall(PLAN, options.withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS));
    call.start(new Listener(call, answer), new Metadata());
    call.request(2); // one, and gRPC complains of a second
    call.sendMessage(requests.get((int) (number % requests.size())));
    call.halfClose();
  }

  private String nameOf(Attributes attributes) {
    SocketAddress address = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address == null ? "" : names.computeIfAbsent(address, PlanCaller::text);
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
        : address.toString();
  }

  private final class Listener extends ClientCall.Listener<Boolean> {
    private final ClientCall<byte[], Boolean> call;
    private final Answer answer;
    private boolean answered;

    Listener(ClientCall<byte[], Boolean> call, Answer answer) {
      this.call = call;
      this.answer = answer;
    }

    @Override
    public void onMessage(Boolean message) {
      answered = true;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      boolean empty = status.isOk() && !answered;
      answer.over(
          empty ? Status.INTERNAL.withDescription("an empty answer") : status,
          nameOf(call.getAttributes()),
          clock.now());
    }
  }

  private static final class RequestBytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] request) {
      return new RequestStream(request);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("a client sends requests");
    }
  }

  /** Written by gRPC in one piece, without a buffer between. */
  private static final class RequestStream extends ByteArrayInputStream
      implements KnownLength, Drainable {
    RequestStream(byte[] request) {
      super(request);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      return (int) transferTo(target);
    }
  }

  private static final class AnyAnswer implements MethodDescriptor.Marshaller<Boolean> {
    @Override
    public InputStream stream(Boolean answer) {
      throw new UnsupportedOperationException("a client receives answers");
    }

    @Override
    public Boolean parse(InputStream stream) {
      return Boolean.TRUE;
    }
  }
}
