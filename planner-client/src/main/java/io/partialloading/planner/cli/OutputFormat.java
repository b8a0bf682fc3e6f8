// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** How answers are printed. */
enum OutputFormat {
  /** For people. */
  TABLE,

  /** One line of proto3 JSON an answer. */
  JSON;

  /** A message as one line of proto3 JSON, without fields that have their default value. */
  static String json(Message message) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(message) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e); // only for an Any of unknown type; an answer has none
    }
  }
}
