// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.PlanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place that holds requests, libraries or schedules: a file of JSON, one after another, a binary
 * file of one if its name ends in {@code .binpb}, or standard input ({@code -}) of JSON.
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

  /**
   * Opens it to read what it holds.
   *
   * @param standardInput what is read, and not closed, in the place of {@code -}
   */
  <T extends Message> Inputs<T> open(Contents<T> contents, InputStream standardInput)
      throws UnreadableException {
    try {
      InputStream in = isStandardStream() ? standardInput : Files.newInputStream(path());
      return new Inputs<>(this, contents, in);
    } catch (IOException e) {
      throw new UnreadableException("cannot be read: " + reason(e)).of(displayName());
    } catch (UnreadableException e) {
      throw e.of(displayName());
    }
  }

  /**
   * Reads all that it holds.
   *
   * @throws UnreadableException if any of it is wrong, with the faults of all of it
   */
  <T extends Message> List<Named<T>> readAll(Contents<T> contents, InputStream standardInput)
      throws UnreadableException {
    List<Named<T>> all = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (Inputs<T> inputs = open(contents, standardInput)) {
      while (inputs.hasNext()) {
        try {
          all.add(inputs.next());
        } catch (UnreadableException e) {
          faults.addAll(e.faults());
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new UnreadableException(faults);
    }
    return all;
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
    String message = e.getMessage();
    return message == null ? "the system does not say why" : message.replaceAll("\\s+", " ");
  }
}
