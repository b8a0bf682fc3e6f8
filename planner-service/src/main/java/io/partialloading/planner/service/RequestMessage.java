package io.partialloading.planner.service;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.grpc.Detachable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
   * one much larger; beyond, it stays in them, and the thread that takes it in is not held up.
   */
  private static final int LARGEST_COPY = 1 << 18;

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

  /**
   * Parses the message and lets go of its bytes.
   *
   * @throws InvalidProtocolBufferException if it is not such a message
   */
  <T> T parse(Parser<T> parser) throws InvalidProtocolBufferException {
    if (buffers == null) {
      return parser.parseFrom(bytes);
    }
    try {
      CodedInputStream input = CodedInputStream.newInstance(buffers);
      input.setSizeLimit(Integer.MAX_VALUE);
      T message = parser.parseFrom(input);
      input.checkLastTagWas(0);
      return message;
    } finally {
      release();
    }
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
        if (size > LARGEST_COPY && stream instanceof Detachable detachable) {
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
