// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.draw.Markup;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pieces of HTML made of texts that anybody may have written. */
final class Html {
  private Html() {}

  /** For content and attributes alike. */
  static String escaped(String text) {
    return Markup.escaped(Text.printable(text));
  }

  /** A name, set apart so that one written from right to left leaves its surroundings in order. */
  static String name(String name) {
    return "<bdi>" + escaped(name) + "</bdi>";
  }

  /** Names with commas between them, which stay on the lines of the names before them. */
  static String names(List<String> names) {
    int last = names.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(i -> name(i < last ? names.get(i) + "," : names.get(i)))
        .collect(Collectors.joining(" "));
  }
}
