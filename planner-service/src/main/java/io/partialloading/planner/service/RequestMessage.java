// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.Detachable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.instance.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came. Parsing it is work, done when a worker has come to the job, so a request
 * that waits takes no more than its bytes, and one that is refused costs next to nothing.
 */
final class RequestMessage {
  static final Marshaller<RequestMessage> MARSHALLER = new UnparsedMarshaller();

  private static final byte[] NOTHING = {};

  /**
   * Up to this size a message is copied from the transport's buffers, of which a small one may pin
   * one much larger. Beyond, a worker parses it from them, so that the thread that takes it in is
   * not held up; its objects are counted before they are made, and the worker asks on the way
   * whether anybody waits.
   */
  private static final int LARGEST_COPY = 1 << 18;

  /** What is made of a message, objects aside, takes at most so many times its bytes. */
  private static final long WORK_PER_BYTE = 3;

  /** An object of a parsed message with its place in a list that grows. */
  private static final long BYTES_PER_OBJECT = 64;

  private final byte[] bytes;
  private final @Nullable InputStream buffers;
  private final int size;
  private final @Nullable Status failure;

  private RequestMessage(
      byte[] bytes, @Nullable InputStream buffers, int size, @Nullable Status failure) {
    this.bytes = bytes;
    this.buffers = buffers;
    this.size = size;
    this.failure = failure;
  }

  /** Size in bytes, uncompressed. */
  int size() {
    return size;
  }

  /** Why the message could not be taken in; null if it was. */
  @Nullable Status failure() {
    return failure;
  }

  /** The bytes, if they are at hand; none of a large message. */
  byte[] bytesAtHand() {
    return bytes;
  }

  /** What of a request of a stream the message has, to be asked before it is parsed. */
  SentParts sentParts() {
    if (buffers == null) {
      return SentParts.of(CodedInputStream.newInstance(bytes));
    }
    try {
      buffers.mark(size);
      SentParts parts = SentParts.of(CodedInputStream.newInstance(buffers));
      buffers.reset();
      return parts;
    } catch (IOException e) {
      throw new IllegalStateException("buffers in memory cannot fail", e);
    }
  }

  /**
   * Parses the message and lets go of its bytes.
   *
   * @param type any message of its type
   * @param memory what parsing it and reading what it says takes memory of
   * @param stop asked, if it is large, several times a millisecond whether anybody waits for it
   * @throws InvalidProtocolBufferException if it is not such a message
   * @throws RefusedException if there is too little memory
   * @throws CancellationException if nobody waits for it
   */
  <T extends Message> T parse(T type, PlanningMemory memory, StopSignal stop)
      throws InvalidProtocolBufferException {
    @SuppressWarnings("unchecked") // a message's parser makes messages of its type
    Parser<T> parser = (Parser<T>) type.getParserForType();
    if (!isLarge(size)) {
      memory.take(WORK_PER_BYTE * size);
      return parser.parseFrom(bytes);
    }
    InputStream all = buffers == null ? new ByteArrayInputStream(bytes) : buffers;
    try (PolledStream message = new PolledStream(all, stop)) {
      message.mark(size);
      long objects = ParsedObjects.count(message, type.getDescriptorForType());
      memory.take(WORK_PER_BYTE * size + BYTES_PER_OBJECT * objects);
      message.reset();
      return parser.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("buffers in memory cannot fail", e);
    }
  }

  /** Whether a message of so many bytes is too large to be worked on in one step. */
  static boolean isLarge(int size) {
    return size > LARGEST_COPY;
  }

  /** Lets go of the bytes of a message that nobody will parse. */
  void release() {
    if (buffers != null) {
      try {
        buffers.close();
      } catch (IOException e) {
        throw new IllegalStateException("buffers in memory cannot fail", e);
      }
    }
  }

  private static final class UnparsedMarshaller implements Marshaller<RequestMessage> {
    @Override
    public InputStream stream(RequestMessage message) {
      return new ByteArrayInputStream(message.bytes);
    }

    @Override
    public RequestMessage parse(InputStream stream) {
      try {
        int size = stream instanceof KnownLength ? stream.available() : 0;
        if (isLarge(size) && stream.markSupported() && stream instanceof Detachable detachable) {
          return new RequestMessage(NOTHING, detachable.detach(), size, null);
        }
        byte[] bytes;
        if (stream instanceof KnownLength) {
          bytes = new byte[size];
          stream.readNBytes(bytes, 0, size);
        } else {
          bytes = stream.readAllBytes(); // it is compressed
        }
        return new RequestMessage(bytes, null, bytes.length, null);
      } catch (StatusRuntimeException e) {
        return failed(e.getStatus());
      } catch (IOException e) {
        return failed(Status.INTERNAL.withDescription("the message cannot be decompressed"));
      } catch (OutOfMemoryError e) {
        return failed(Status.RESOURCE_EXHAUSTED.withDescription(Failure.OUT_OF_MEMORY));
      }
    }

    private static RequestMessage failed(Status failure) {
      return new RequestMessage(NOTHING, null, 0, failure);
    }
  }
}
