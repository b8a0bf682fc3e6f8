// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text that has to fit wherever a drawing is shown, and numbers on axes. */
final class Lettering {
  static final double TITLE = 14;
  static final double LABEL = 12;
  static final double SMALL = 11.5;

  static final String INK = "#222222";
  static final String SOFT_INK = "#444444";

  /** DejaVu Sans, which Linux falls back to, is wider than Helvetica by so much. */
  private static final double WIDEST = 1.17;

  /** Bold letters are wider than regular ones, as if their size were so much larger. */
  static final double BOLD = 1.13;

  private Lettering() {}

  /** The room that a text needs in the widest font that may be there. */
  static double room(String text, double fontSize) {
    return Svg.width(text, fontSize) * WIDEST;
  }

  /** At most so wide in any font, with an ellipsis for what is cut off. */
  static String clipped(String text, double fontSize, double width) {
    // A text in the very room that was measured for it is not cut off by rounding.
    return Svg.clipped(text, fontSize, (width + 0.01) / WIDEST);
  }

  /**
   * Broken between words into at most so many lines; what does not fit even so is cut off.
   *
   * @return at least one line
   */
  static List<String> wrapped(String text, double fontSize, double width, int mostLines) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (line.isEmpty()
          || lines.size() + 1 == mostLines
          || room(longer, fontSize) <= width + 0.01) {
        line = longer;
      } else {
        lines.add(line);
        line = word;
      }
    }
    lines.add(line);
    lines.replaceAll(each -> clipped(each, fontSize, width));
    return lines;
  }

  /** A number on an axis: no more decimals than it has, thousands set apart. */
  static String number(double value) {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }
}
