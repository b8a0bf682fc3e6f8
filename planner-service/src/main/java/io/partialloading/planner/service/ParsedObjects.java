// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;

/**
 * How many objects parsing would make of a message, found without making any: a user of two bytes
 * on the wire is an object of fifty, so a message may need many times its size.
 *
 * <p>Refuses what parsing would take long over in one step that nothing can end: a long text, which
 * is decoded whole, and a long list, which is copied whole as it grows.
 */
final class ParsedObjects {
  /** A text of this many bytes is decoded in 1 ms or two. */
  private static final int MAX_TEXT_BYTES = 1 << 20;

  private final CodedInputStream input;
  private final long maxElements;
  private long elements;

  private ParsedObjects(InputStream message, long maxElements) {
    this.input = CodedInputStream.newInstance(message);
    this.maxElements = maxElements;
  }

  /**
   * The number of messages, strings and unknown fields in a message; linear in its bytes.
   *
   * @param maxElements most elements of repeated fields, and unknown fields, that it may have
   * @throws IOException if it is malformed
   * @throws RefusedException if it has more elements, or a text of more than 1 MiB
   */
  static long count(InputStream message, Descriptor type, long maxElements) throws IOException {
    return new ParsedObjects(message, maxElements).count(type);
  }

  private long count(Descriptor type) throws IOException {
    long objects = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isDelimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field != null && isDelimited && isVarint(field)) {
        countPacked();
        continue;
      }
      if (field == null || field.isRepeated()) {
        addElement();
      }
      if (field != null && isDelimited && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        int outer = input.pushLimit(input.readRawVarint32());
        objects += 1 + count(field.getMessageType());
        input.popLimit(outer);
      } else {
        objects += field == null || field.getJavaType() == FieldDescriptor.JavaType.STRING ? 1 : 0;
        skip(tag, isDelimited);
      }
    }
    return objects;
  }

  private static boolean isVarint(FieldDescriptor field) {
    return field.getLiteType().getWireType() == WireFormat.WIRETYPE_VARINT;
  }

  /** Counts numbers that stand one after another. */
  private void countPacked() throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    while (input.getBytesUntilLimit() > 0) {
      input.readRawVarint64();
      addElement();
    }
    input.popLimit(outer);
  }

  private void addElement() {
    elements++;
    if (elements > maxElements) {
      throw new RefusedException(Failure.ofLength("more than " + maxElements + " elements in all"));
    }
  }

  private void skip(int tag, boolean isDelimited) throws IOException {
    if (!isDelimited) {
      input.skipField(tag);
      return;
    }
    int bytes = input.readRawVarint32();
    if (bytes > MAX_TEXT_BYTES) {
      throw new RefusedException(
          Failure.ofLength("a text of %d bytes, more than %d".formatted(bytes, MAX_TEXT_BYTES)));
    }
    input.skipRawBytes(bytes);
  }
}
