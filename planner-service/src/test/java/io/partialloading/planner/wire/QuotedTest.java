// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuotedTest {
  @Test
  void of_lineBreaksAndQuotes_areReplaced() {
    assertEquals("\"a?b'c?d\"", Quoted.of("a\nb\"c\u2028d"));
  }

  @Test
  void of_longText_isCutBetweenCharacters() {
    String pile = "\uD83D\uDCA9"; // one character of two UTF-16 units

    assertEquals("\"" + "x".repeat(48) + "\"", Quoted.of("x".repeat(48)));
    assertEquals("\"" + "x".repeat(48) + "...\"", Quoted.of("x".repeat(49)));
    assertEquals("\"" + "x".repeat(47) + "...\"", Quoted.of("x".repeat(47) + pile));
  }
}
