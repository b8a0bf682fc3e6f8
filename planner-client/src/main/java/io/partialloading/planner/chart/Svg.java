// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Stream;

/**
 * A growing SVG drawing on white. Styles are presentation attributes, for not every reader of SVG
 * knows style sheets. Lengths are CSS pixels.
 */
public final class Svg {
  /** A sans-serif that is narrow nowhere: text set in it fits wherever it is shown. */
  private static final String FONT =
      "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

  private final StringBuilder text = new StringBuilder();

  /**
   * Begins a drawing.
   *
   * @param title what it shows, for those who hear it read
   */
  public Svg(double width, double height, String title) {
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
  public Svg title(String title) {
    text.append("<title>").append(escaped(title)).append("</title>\n");
    return this;
  }

  /**
   * An element without content.
   *
   * @param attributes names and values in turn; numbers are rounded to a hundredth
   */
  Svg element(String name, Object... attributes) {
    return tag(name, "/>", attributes);
  }

  /** A rectangle. */
  public Svg rect(double x, double y, double width, double height, Object... attributes) {
    Object[] place = {"x", x, "y", y, "width", width, "height", height};
    return tag("rect", "/>", with(place, attributes));
  }

  /** A rectangle with a tooltip. */
  public Svg rectWithTitle(
      String title, double x, double y, double width, double height, Object... attributes) {
    Object[] place = {"x", x, "y", y, "width", width, "height", height};
    String rest = "><title>" + escaped(title) + "</title></rect>";
    return tag("rect", rest, with(place, attributes));
  }

  /** A straight line. */
  public Svg line(double x1, double y1, double x2, double y2, Object... attributes) {
    Object[] ends = {"x1", x1, "y1", y1, "x2", x2, "y2", y2};
    return tag("line", "/>", with(ends, attributes));
  }

  /** A line of text whose baseline is at y. */
  public Svg text(double x, double y, String content, Object... attributes) {
    Object[] place = {"x", x, "y", y};
    return tag("text", ">" + escaped(content) + "</text>", with(place, attributes));
  }

  /** Opens a group, whose attributes its elements inherit. */
  public Svg open(Object... attributes) {
    return tag("g", ">", attributes);
  }

  /** Closes the group opened last. */
  public Svg close() {
    text.append("</g>\n");
    return this;
  }

  private Svg tag(String name, String rest, Object... attributes) {
    text.append('<').append(name);
    attributes(attributes);
    text.append(rest).append('\n');
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
  public String document() {
    return text + "</svg>\n";
  }

  /** Rounded to a hundredth of a pixel, which nobody sees, and short. */
  static String number(double length) {
    return BigDecimal.valueOf(length)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Coordinates to a tenth of a pixel: paths are long, and nobody sees more. */
  static String at(double x, double y) {
    return tenth(x) + " " + tenth(y);
  }

  static String tenth(double length) {
    return number(Math.rint(length * 10) / 10);
  }

  /** Attributes, and more of them behind. */
  static Object[] with(Object[] attributes, Object... more) {
    return Stream.concat(Stream.of(attributes), Stream.of(more)).toArray();
  }

  private static String escaped(String text) {
    return Markup.escaped(Markup.visible(text));
  }
}
