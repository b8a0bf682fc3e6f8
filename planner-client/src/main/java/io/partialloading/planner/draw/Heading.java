// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import java.util.List;

/** The title of a chart, above it; charts are all of one width, so that they go together. */
final class Heading {
  /** Width of a chart: legible on a phone, and two of them side by side on a desk. */
  static final double WIDTH = 480;

  static final double MARGIN = 10;

  private static final double LINE = 19;
  private static final int MOST_LINES = 2;

  private final List<String> lines;

  /** The heading of this title; an empty one takes no room. */
  Heading(String title) {
    lines =
        title.isEmpty()
            ? List.of()
            : Lettering.wrapped(
                title, Lettering.TITLE * Lettering.BOLD, WIDTH - 2 * MARGIN, MOST_LINES);
  }

  /** Where what stands below the heading begins. */
  double height() {
    return MARGIN + (lines.isEmpty() ? 0 : lines.size() * LINE + 8);
  }

  void draw(Svg svg) {
    for (int i = 0; i < lines.size(); i++) {
      svg.text(
          MARGIN,
          MARGIN + 12 + i * LINE,
          lines.get(i),
          "font-size",
          Lettering.TITLE,
          "font-weight",
          "bold",
          "fill",
          Lettering.INK);
    }
  }
}
