// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A growing SVG drawing on white. Styles are presentation attributes, for not every reader of SVG
 * knows style sheets. Lengths are CSS pixels.
 */
final class Svg {
  /** A sans-serif that is narrow nowhere: text set in it fits wherever it is shown. */
  static final String FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

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

  private final StringBuilder text = new StringBuilder();

  /**
   * Begins a drawing.
   *
   * @param title what it shows, for those who hear it read
   */
  Svg(double width, double height, String title) {
    text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ")
        .append(number(width))
        .append(' ')
        .append(number(height))
        .append('"');
    attributes("width", width, "height", height, "font-family", FONT);
    text.append(">\n");
    title(title);
    element("rect", "width", width, "height", height, "fill", "#ffffff");
  }

  /** A title, which viewers show as a tooltip, of the group that is open. */
  Svg title(String title) {
    text.append("<title>").append(escaped(title)).append("</title>\n");
    return this;
  }

  /**
   * An element without content.
   *
   * @param attributes names and values in turn; numbers are rounded to a hundredth
   */
  Svg element(String name, Object... attributes) {
    text.append('<').append(name);
    attributes(attributes);
    text.append("/>\n");
    return this;
  }

  /** An element without content but a tooltip. */
  Svg elementWithTitle(String name, String title, Object... attributes) {
    text.append('<').append(name);
    attributes(attributes);
    text.append("><title>").append(escaped(title)).append("</title></").append(name).append(">\n");
    return this;
  }

  /** A rectangle. */
  Svg rect(double x, double y, double width, double height, Object... attributes) {
    text.append("<rect");
    attributes("x", x, "y", y, "width", width, "height", height);
    attributes(attributes);
    text.append("/>\n");
    return this;
  }

  /** A rectangle with a tooltip. */
  Svg rectWithTitle(
      String title, double x, double y, double width, double height, Object... attributes) {
    text.append("<rect");
    attributes("x", x, "y", y, "width", width, "height", height);
    attributes(attributes);
    text.append("><title>").append(escaped(title)).append("</title></rect>\n");
    return this;
  }

  /** A straight line. */
  Svg line(double x1, double y1, double x2, double y2, Object... attributes) {
    text.append("<line");
    attributes("x1", x1, "y1", y1, "x2", x2, "y2", y2);
    attributes(attributes);
    text.append("/>\n");
    return this;
  }

  /** A line of text whose baseline is at y. */
  Svg text(double x, double y, String content, Object... attributes) {
    text.append("<text");
    attributes("x", x, "y", y);
    attributes(attributes);
    text.append('>').append(escaped(content)).append("</text>\n");
    return this;
  }

  /** Opens a group, whose attributes its elements inherit. */
  Svg open(Object... attributes) {
    text.append("<g");
    attributes(attributes);
    text.append(">\n");
    return this;
  }

  /** Closes the group opened last. */
  Svg close() {
    text.append("</g>\n");
    return this;
  }

  private void attributes(Object... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      text.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(
              value instanceof Number length
                  ? number(length.doubleValue())
                  : escaped(value.toString()))
          .append('"');
    }
  }

  /** The finished drawing: a document that can also stand in HTML. */
  String document() {
    return text + "</svg>\n";
  }

  /** About how wide a text is in a font of this size. */
  static double width(String text, double fontSize) {
    return text.codePoints().map(Svg::width).sum() * fontSize / 1000;
  }

  private static int width(int c) {
    if (c >= ' ' && c <= '~') {
      return WIDTHS[c - ' '];
    }
    return c < FIRST_SQUARE ? OTHER_WIDTH : SQUARE_WIDTH;
  }

  /** At most so wide, with an ellipsis for what is cut off. */
  static String clipped(String text, double fontSize, double width) {
    if (width(text, fontSize) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", fontSize) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return end == 0 ? "" : text.substring(0, end) + "…";
  }

  /** Rounded to a hundredth of a pixel, which nobody sees, and short. */
  static String number(double length) {
    return BigDecimal.valueOf(length)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** For content and attributes alike; characters that XML cannot hold become question marks. */
  static String escaped(String text) {
    StringBuilder valid = new StringBuilder();
    text.codePoints().forEach(c -> valid.appendCodePoint(isXml(c) ? c : '?'));
    return Markup.escaped(valid.toString());
  }

  private static boolean isXml(int c) {
    return c >= 0x20
        && !(c >= 0x7f && c <= 0x9f)
        && !(c >= 0xd800 && c <= 0xdfff)
        && c != 0xfffe
        && c != 0xffff;
  }
}
