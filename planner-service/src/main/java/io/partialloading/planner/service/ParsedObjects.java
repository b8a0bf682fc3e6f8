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
 */
final class ParsedObjects {
  private ParsedObjects() {}

  /**
   * The number of messages, strings and unknown fields in a message; linear in them.
   *
   * @throws IOException if it is malformed
   */
  static long count(InputStream message, Descriptor type) throws IOException {
    return count(CodedInputStream.newInstance(message), type);
  }

  private static long count(CodedInputStream input, Descriptor type) throws IOException {
    long objects = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isMessage = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (isMessage && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int outer = input.pushLimit(input.readRawVarint32());
        objects += 1 + count(input, field.getMessageType());
        input.popLimit(outer);
      } else {
        objects += field == null || field.getJavaType() == FieldDescriptor.JavaType.STRING ? 1 : 0;
        input.skipField(tag);
      }
    }
    return objects;
  }
}
