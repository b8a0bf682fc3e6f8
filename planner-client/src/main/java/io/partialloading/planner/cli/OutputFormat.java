// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.function.Supplier;

/** How answers are printed. */
enum OutputFormat {
  /** For people. */
  TABLE,

  /** One line of proto3 JSON an answer. */
  JSON;

  /**
   * An answer as it is printed.
   *
   * @param table makes the answer's table, if that is asked for
   */
  String of(Message answer, Supplier<String> table) {
    return this == JSON ? json(answer) : table.get();
  }

  /** A message as one line of proto3 JSON, without fields that have their default value. */
  private static String json(Message message) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(message) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e); // only for an Any of unknown type; an answer has none
    }
  }
}
