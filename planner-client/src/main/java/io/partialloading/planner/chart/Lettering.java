// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text that has to fit wherever a drawing is shown, and numbers on axes. */
public final class Lettering {
  static final double TITLE = 14;
  static final double LABEL = 12;
  static final double SMALL = 11.5;

  static final String INK = "#222222";
  static final String SOFT_INK = "#444444";

  static final Object[] TITLE_STYLE = {
    "font-size", TITLE, "font-weight", "bold", "fill", INK,
  };
  static final Object[] LABEL_STYLE = {
    "font-size", LABEL, "fill", INK, "text-anchor", "middle",
  };
  static final Object[] SMALL_STYLE = {"font-size", SMALL, "fill", INK};

  /** DejaVu Sans, which Linux falls back to, is wider than Helvetica by so much. */
  private static final double WIDEST = 1.17;

  /** Bold letters are wider than regular ones, as if their size were so much larger. */
  public static final double BOLD = 1.13;

  /**
   * Width of the characters from space to tilde in Helvetica, in thousandths of the font size
   * (Adobe's font metrics).
   */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  };

  /** Any other character of an alphabet: as wide as a capital of medium width. */
  private static final int OTHER_WIDTH = 667;

  /** Characters from here on may fill a square: ellipsis, dashes, arrows, ideographs, emoji. */
  private static final int FIRST_SQUARE = 0x1100;

  private static final int SQUARE_WIDTH = 1000;

  private Lettering() {}

  /** The room that a text needs in the widest font that may be there. */
  public static double room(String text, double fontSize) {
    return width(text, fontSize) * WIDEST;
  }

  /** About how wide a text is in Helvetica. */
  private static double width(String text, double fontSize) {
    return text.codePoints().map(Lettering::width).sum() * fontSize / 1000;
  }

  private static int width(int c) {
    if (c >= ' ' && c <= '~') {
      return WIDTHS[c - ' '];
    }
    return c < FIRST_SQUARE ? OTHER_WIDTH : SQUARE_WIDTH;
  }

  /** At most so wide in any font, with an ellipsis for what is cut off. */
  public static String clipped(String text, double fontSize, double width) {
    // A text in the very room that was measured for it is not cut off by rounding.
    double most = (width + 0.01) / WIDEST;
    if (width(text, fontSize) <= most) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", fontSize) > most) {
      end = text.offsetByCodePoints(end, -1);
    }
    return end == 0 ? "" : text.substring(0, end) + "…";
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
  public static String number(double value) {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }
}
