// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Message;
import io.partialloading.planner.json.InvalidJsonException;
import io.partialloading.planner.json.JsonMessages;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What a file holds, read one after another: one in a binary file, any number in one of JSON. */
final class Inputs<T extends Message> implements AutoCloseable {
  /** More than any server takes, in bytes. */
  private static final int LARGEST_BINARY = 1 << 28;

  private final RequestFile file;
  private final Contents<T> contents;
  private final InputStream in;
  private final @Nullable JsonMessages json;
  private int count;
  private boolean ended;

  /** Those of a file that is open. */
  Inputs(RequestFile file, Contents<T> contents, InputStream in) {
    this.file = file;
    this.contents = contents;
    this.in = in;
    this.json = file.isBinary() ? null : new JsonMessages(in, contents.forms());
  }

  /** Whether there is another one to read, or a fault to tell. */
  boolean hasNext() throws UnreadableException {
    try {
      return !ended && (count == 0 || (json != null && json.hasNext()));
    } catch (IOException e) {
      throw unreadable(e).of(file.displayName());
    }
  }

  /**
   * Reads the next.
   *
   * @throws UnreadableException if it is wrong, with its faults, each with what it is a fault of;
   *     the ones after it may still be read
   */
  Named<T> next() throws UnreadableException {
    count++;
    int line = 1;
    try {
      if (json == null) {
        return new Named<>(file.displayName(), contents.ofBinary().from(binary()));
      }
      if (!json.hasNext()) {
        throw new UnreadableException("is empty");
      }
      line = json.line();
      T message = contents.ofMessage().from(json.next());
      return new Named<>(name(line), message);
    } catch (UnreadableException e) {
      throw e.of(name(line));
    } catch (InvalidJsonException e) {
      throw new UnreadableException(e.faults()).of(name(line));
    } catch (IOException e) {
      throw unreadable(e).of(file.displayName());
    } catch (OutOfMemoryError e) {
      // What took the memory is garbage by now.
      ended = true;
      throw new UnreadableException("takes more memory than Java has").of(file.displayName());
    }
  }

  private byte[] binary() throws IOException, UnreadableException {
    byte[] bytes = in.readNBytes(LARGEST_BINARY + 1);
    if (bytes.length > LARGEST_BINARY) {
      throw new UnreadableException("has more than " + LARGEST_BINARY + " bytes");
    }
    return bytes;
  }

  /**
   * What the one just read is called: with its number if it is one of several. Whether another one
   * follows the first on standard input is not waited for: it may wait for an answer to the first.
   */
  private String name(int line) throws UnreadableException {
    boolean alone = count == 1 && (file.isStandardStream() || !hasNext());
    return file.displayName() + (alone ? "" : ", number %d at line %d".formatted(count, line));
  }

  private UnreadableException unreadable(IOException e) {
    ended = true;
    return new UnreadableException("cannot be read: " + RequestFile.reason(e));
  }

  @Override
  public void close() {
    if (!file.isStandardStream()) {
      try {
        in.close();
      } catch (IOException e) {
        // Everything of use has been read.
      }
    }
  }
}
