package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.PlanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A place that holds one request: a file of proto3 JSON, a binary one if its name ends in {@code
 * .binpb}, or standard input ({@code -}) of JSON.
 */
record RequestFile(String name) {
  private static final String STANDARD_STREAM = "-";
  private static final String BINARY_ENDING = ".binpb";

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
    byte[] bytes;
    try {
      bytes = isStandardStream() ? standardInput.readAllBytes() : Files.readAllBytes(path());
    } catch (IOException e) {
      throw new UnreadableException("cannot be read: " + reason(e));
    }
    return isBinary() ? parseBinary(bytes) : parseJson(bytes);
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

  private static PlanRequest parseBinary(byte[] bytes) throws UnreadableException {
    try {
      return PlanRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("not a binary PlanRequest: " + oneLine(e));
    }
  }

  private static PlanRequest parseJson(byte[] bytes) throws UnreadableException {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      PlanRequest.Builder request = PlanRequest.newBuilder();
      JsonFormat.parser().merge(text, request);
      requireNothingFollows(text);
      return request.build();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("not UTF-8 text; a binary request's name ends in .binpb");
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("not a PlanRequest in proto3 JSON: " + oneLine(e));
    } catch (IOException e) {
      throw new UnreadableException("not JSON: " + oneLine(e));
    }
  }

  /** JsonFormat stops reading after the first value, and would drop a second request unnoticed. */
  private static void requireNothingFollows(String text) throws IOException, UnreadableException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.skipValue();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new UnreadableException("more than one JSON value; a file holds one request");
    }
  }

  /** The file-system exceptions' own messages are only the file's name. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
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
