// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import java.util.regex.Pattern;

/** Callers' text as it may appear in messages and logs: short, on one line, and all visible. */
public final class Quoted {
  /** Longer text is cut, in UTF-16 units; ids that people and systems use are shorter. */
  private static final int MAX_LENGTH = 48;

  /**
   * Control and format characters, such as those that change the direction of writing; separators
   * of lines and paragraphs; surrogates that are not in a pair.
   */
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Quoted() {}

  /** The text in quotes, cut after 48 characters, with quotes and what is not visible replaced. */
  public static String of(String text) {
    int end = Math.min(text.length(), MAX_LENGTH);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String visible = HIDDEN.matcher(text.substring(0, end)).replaceAll("?").replace('"', '\'');
    return '"' + visible + (end < text.length() ? "...\"" : "\"");
  }
}
