// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

/** Callers' text as it may appear in messages and logs: short, and on one line. */
public final class Quoted {
  /** Longer text is cut, in UTF-16 units; ids that people and systems use are shorter. */
  private static final int MAX_LENGTH = 48;

  private Quoted() {}

  /** The text in quotes, cut after 48 characters, with control characters and quotes replaced. */
  public static String of(String text) {
    int end = Math.min(text.length(), MAX_LENGTH);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder quoted = new StringBuilder(end + 5).append('"');
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean breaksLine = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      quoted.append(breaksLine ? '?' : c == '"' ? '\'' : c);
    }
    return quoted.append(end < text.length() ? "...\"" : "\"").toString();
  }
}
