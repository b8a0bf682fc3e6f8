// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/** Text in GitHub Markdown. */
final class Markdown {
  private Markdown() {}

  /** In one line, and shown as it is: also in cells of tables. */
  static String escaped(String text) {
    return text.replaceAll("\\s+", " ").strip().replaceAll("([\\\\`*_\\[\\]<>|&#])", "\\\\$1");
  }
}
