// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.WireFormat;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * What the time for a request mostly follows from, read off its bytes in a microsecond or two: the
 * library, the options, and the number of users to within a factor of two. Requests of the same
 * size take 0.1 or 20 ms, those of the same library much the same.
 *
 * @param library a hash of the library; 0 without one
 * @param rest a hash of the options and of about how many users there are
 * @param answerReserve the answer_reserve of the options, in ns, at least 0; empty without a good
 *     one
 */
record RequestShape(int library, int rest, OptionalLong answerReserve) {
  static final RequestShape NONE = new RequestShape(0, 0, OptionalLong.empty());

  /** So much of a library is hashed, beside its size. */
  private static final int HASHED_BYTES = 1 << 16;

  /** Far more than options take; what is longer takes too long to parse here. */
  private static final int MOST_OPTION_BYTES = 512;

  /** A day, which is as good as any time that is longer than a deadline. */
  private static final long LONGEST_RESERVE_SECONDS = 86_400;

  /** The shape of a {@link PlanRequest}; {@link #NONE} if it is none. */
  static RequestShape ofPlan(byte[] message) {
    try {
      return read(message, 0, message.length);
    } catch (IOException e) {
      return NONE;
    }
  }

  /** The shape of the request in a {@link StreamPlansRequest}; {@link #NONE} if there is none. */
  static RequestShape ofSnapshot(byte[] message) {
    try {
      CodedInputStream input = CodedInputStream.newInstance(message);
      int tag = input.readTag();
      if (WireFormat.getTagFieldNumber(tag) != StreamPlansRequest.REQUEST_FIELD_NUMBER
          || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        return NONE;
      }
      int length = input.readRawVarint32();
      int start = input.getTotalBytesRead();
      return length < 0 || length > message.length - start ? NONE : read(message, start, length);
    } catch (IOException e) {
      return NONE;
    }
  }

  private static RequestShape read(byte[] message, int from, int size) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(message, from, size);
    CRC32C library = new CRC32C();
    CRC32C options = new CRC32C();
    int userBytes = 0;
    OptionalLong answerReserve = OptionalLong.empty();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        input.skipField(tag);
        continue;
      }
      int length = input.readRawVarint32();
      int start = from + input.getTotalBytesRead();
      input.skipRawBytes(length);
      switch (WireFormat.getTagFieldNumber(tag)) {
        case PlanRequest.BLOCK_LIBRARY_FIELD_NUMBER -> {
          library.update(message, start, Math.min(length, HASHED_BYTES));
          library.update(length);
        }
        case PlanRequest.OPTIONS_FIELD_NUMBER -> {
          options.update(message, start, length);
          answerReserve =
              length <= MOST_OPTION_BYTES
                  ? answerReserve(PlanOptions.parser().parseFrom(message, start, length))
                  : OptionalLong.empty();
        }
        case PlanRequest.USER_SNAPSHOT_FIELD_NUMBER -> userBytes += length;
        default -> {}
      }
    }
    options.update(Integer.numberOfLeadingZeros(userBytes));
    return new RequestShape((int) library.getValue(), (int) options.getValue(), answerReserve);
  }

  private static OptionalLong answerReserve(PlanOptions options) {
    if (!options.hasAnswerReserve()) {
      return OptionalLong.empty();
    }
    Duration reserve = options.getAnswerReserve();
    long seconds = Math.min(reserve.getSeconds(), LONGEST_RESERVE_SECONDS);
    return seconds < 0 || reserve.getNanos() < 0
        ? OptionalLong.empty() // a fault, as the worker that reads the request will find
        : OptionalLong.of(TimeUnit.SECONDS.toNanos(seconds) + reserve.getNanos());
  }

  /** The shape of a request of a stream, of which this is the last that had a library. */
  RequestShape then(RequestShape next) {
    return next.library == 0 ? new RequestShape(library, next.rest, next.answerReserve) : next;
  }

  /** As a number; {@link Job#NO_SHAPE} without a library. */
  long number() {
    return library == 0 ? Job.NO_SHAPE : (long) library << Integer.SIZE | rest & 0xFFFF_FFFFL;
  }
}
