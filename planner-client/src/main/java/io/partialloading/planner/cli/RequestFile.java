// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A place that holds one request, library or schedule: a file of proto3 JSON, a binary one if its
 * name ends in {@code .binpb}, or standard input ({@code -}) of JSON.
 */
record RequestFile(String name) {
  private static final String STANDARD_STREAM = "-";
  private static final String BINARY_ENDING = ".binpb";
  private static final Set<String> LIBRARY_FIELDS = Set.of("blocks", "models");
  private static final Set<String> RESPONSE_FIELDS = Set.of("schedule", "algorithm");

  boolean isStandardStream() {
    return name.equals(STANDARD_STREAM);
  }

  boolean isBinary() {
    return name.endsWith(BINARY_ENDING);
  }

  /** How messages refer to it. */
  String displayName() {
    return isStandardStream() ? "<stdin>" : name;
  }

  PlanRequest read(InputStream standardInput) throws UnreadableException {
    byte[] bytes = bytes(standardInput);
    return isBinary()
        ? parseBinary(bytes, PlanRequest.parser(), "PlanRequest")
        : parseJson(text(bytes), PlanRequest.newBuilder(), "PlanRequest").build();
  }

  /** Reads a library: a BlockLibrary, or that of a PlanRequest. */
  BlockLibrary readLibrary(InputStream standardInput) throws UnreadableException {
    byte[] bytes = bytes(standardInput);
    if (isBinary()) {
      return parseBinaryLibrary(bytes);
    }
    String text = text(bytes);
    return hasOneOf(LIBRARY_FIELDS, text)
        ? parseJson(text, BlockLibrary.newBuilder(), "BlockLibrary").build()
        : libraryOf(parseJson(text, PlanRequest.newBuilder(), "PlanRequest").build());
  }

  /** Reads a schedule: a Schedule, or that of a PlanResponse. */
  Schedule readSchedule(InputStream standardInput) throws UnreadableException {
    byte[] bytes = bytes(standardInput);
    if (isBinary()) {
      return parseBinarySchedule(bytes);
    }
    String text = text(bytes);
    return hasOneOf(RESPONSE_FIELDS, text)
        ? scheduleOf(parseJson(text, PlanResponse.newBuilder(), "PlanResponse").build())
        : parseJson(text, Schedule.newBuilder(), "Schedule or PlanResponse").build();
  }

  private byte[] bytes(InputStream standardInput) throws UnreadableException {
    try {
      return isStandardStream() ? standardInput.readAllBytes() : Files.readAllBytes(path());
    } catch (IOException e) {
      throw new UnreadableException("cannot be read: " + reason(e));
    }
  }

  void write(PlanRequest request) throws UnreadableException {
    try {
      Files.write(path(), isBinary() ? request.toByteArray() : json(request).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UnreadableException("cannot be written: " + reason(e));
    }
  }

  /** A request as indented proto3 JSON that ends with a newline, the same on every system. */
  static String json(PlanRequest request) {
    try {
      return JsonFormat.printer().print(request) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e); // only for an Any of unknown type; a request has none
    }
  }

  private Path path() throws UnreadableException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UnreadableException("not a file name: " + e.getReason());
    }
  }

  /**
   * A PlanRequest has fields that a BlockLibrary has not. Those they have in common mean different
   * things, and a library's blocks mostly make no label.
   */
  private static BlockLibrary parseBinaryLibrary(byte[] bytes) throws UnreadableException {
    try {
      PlanRequest request = PlanRequest.parseFrom(bytes);
      if (request.hasUserSnapshot() || request.hasChannelState() || request.hasEdgeServer()) {
        return libraryOf(request);
      }
    } catch (InvalidProtocolBufferException e) {
      // Then it is a library, if anything.
    }
    return parseBinary(bytes, BlockLibrary.parser(), "PlanRequest or BlockLibrary");
  }

  private static BlockLibrary libraryOf(PlanRequest request) throws UnreadableException {
    if (!request.hasBlockLibrary()) {
      throw new UnreadableException("a PlanRequest without block_library");
    }
    return request.getBlockLibrary();
  }

  /** Every PlanResponse states its algorithm, in a field that a Schedule has not. */
  private static Schedule parseBinarySchedule(byte[] bytes) throws UnreadableException {
    try {
      PlanResponse response = PlanResponse.parseFrom(bytes);
      if (response.getAlgorithm() != Algorithm.ALGORITHM_UNSPECIFIED) {
        return scheduleOf(response);
      }
    } catch (InvalidProtocolBufferException e) {
      // Then it is a schedule, if anything.
    }
    return parseBinary(bytes, Schedule.parser(), "Schedule or PlanResponse");
  }

  private static Schedule scheduleOf(PlanResponse response) throws UnreadableException {
    if (!response.hasSchedule()) {
      throw new UnreadableException("a PlanResponse without schedule");
    }
    return response.getSchedule();
  }

  private static <T> T parseBinary(byte[] bytes, Parser<T> parser, String what)
      throws UnreadableException {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("not a binary " + what + ": " + oneLine(e));
    }
  }

  private static String text(byte[] bytes) throws UnreadableException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("not UTF-8 text; a binary file's name ends in .binpb");
    }
  }

  private static <B extends Message.Builder> B parseJson(String text, B message, String what)
      throws UnreadableException {
    try {
      JsonFormat.parser().merge(text, message);
      requireNothingFollows(text);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("not a " + what + " in proto3 JSON: " + oneLine(e));
    } catch (IOException e) {
      throw new UnreadableException("not JSON: " + oneLine(e));
    }
  }

  /** Whether a JSON text is an object with one of these fields. */
  private static boolean hasOneOf(Set<String> fields, String text) {
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.beginObject();
      while (reader.hasNext()) {
        if (fields.contains(reader.nextName())) {
          return true;
        }
        reader.skipValue();
      }
    } catch (IOException | IllegalStateException e) {
      // Not a JSON object; parsing it as a message will say what is wrong.
    }
    return false;
  }

  /** JsonFormat stops reading after the first value, and would drop a second request unnoticed. */
  private static void requireNothingFollows(String text) throws IOException, UnreadableException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.skipValue();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new UnreadableException("more than one JSON value; a file holds one");
    }
  }

  /** Why a file cannot be used; the file-system exceptions' own messages are only its name. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the place of the folder";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return oneLine(e);
  }

  private static String oneLine(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
  }

  /** Why a file cannot be used; the message does not repeat the file's name. */
  static final class UnreadableException extends Exception {
    UnreadableException(String message) {
      super(message);
    }
  }
}
