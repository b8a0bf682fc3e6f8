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
  void of_charactersThatNobodySees_areReplaced() {
    assertEquals("\"user ?gpj.exe?\"", Quoted.of("user \u202egpj.exe\u202c"));
    assertEquals("\"????????\"", Quoted.of("\u200b\u200f\u061c\u2066\u2069\ufeff\u00ad\u0085"));
    assertEquals("\"?\"", Quoted.of("\udb40\udc41")); // a tag, beyond 16 bits
    assertEquals("\"a?b?\"", Quoted.of("a\ud800b\udc00"));
    assertEquals("\"\u05d0\u0639\u6a21\ud83d\udca9\"", Quoted.of("\u05d0\u0639\u6a21\ud83d\udca9"));
  }

  @Test
  void of_longText_isCutBetweenCharacters() {
    String pile = "\uD83D\uDCA9"; // one character of two UTF-16 units

    assertEquals("\"" + "x".repeat(48) + "\"", Quoted.of("x".repeat(48)));
    assertEquals("\"" + "x".repeat(48) + "...\"", Quoted.of("x".repeat(49)));
    assertEquals("\"" + "x".repeat(47) + "...\"", Quoted.of("x".repeat(47) + pile));
  }
}
