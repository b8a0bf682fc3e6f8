// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

/** Text in SVG and HTML. */
public final class Markup {
  private Markup() {}

  /** For content and attributes alike. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
