// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/** Text in HTML. */
final class Html {
  private Html() {}

  /** For content and attributes alike. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
