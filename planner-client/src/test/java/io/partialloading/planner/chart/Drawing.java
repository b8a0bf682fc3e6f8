// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** An SVG document, read back. */
public final class Drawing {
  private final Document document;

  public Drawing(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  public double width() {
    return Double.parseDouble(document.getDocumentElement().getAttribute("width"));
  }

  public double height() {
    return Double.parseDouble(document.getDocumentElement().getAttribute("height"));
  }

  public List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** All lines of text, with the room they may take in a wide font. */
  public List<Box> texts() {
    return elements("text").stream().map(Drawing::box).toList();
  }

  /** No text runs out of the drawing or touches another. */
  public void assertTidy() {
    List<Box> texts = texts();
    for (int i = 0; i < texts.size(); i++) {
      Box text = texts.get(i);
      assertTrue(text.left() >= 0 && text.right() <= width(), text.toString());
      assertTrue(text.top() >= 0 && text.bottom() <= height(), text.toString());
      for (Box other : texts.subList(i + 1, texts.size())) {
        assertFalse(text.overlaps(other), text + " and " + other);
      }
    }
  }

  private static Box box(Element text) {
    double size = Double.parseDouble(inherited(text, "font-size", "16"));
    boolean bold = inherited(text, "font-weight", "").equals("bold");
    double width = Lettering.room(text.getTextContent(), size * (bold ? Lettering.BOLD : 1));
    double x = Double.parseDouble(text.getAttribute("x"));
    double y = Double.parseDouble(text.getAttribute("y"));
    double start =
        switch (inherited(text, "text-anchor", "start")) {
          case "middle" -> x - width / 2;
          case "end" -> x - width;
          default -> x;
        };
    Box flat =
        new Box(text.getTextContent(), start, y - 0.75 * size, start + width, y + 0.22 * size);
    // The only turn there is: by a quarter to the left, about the anchor.
    return text.getAttribute("transform").startsWith("rotate(-90")
        ? new Box(
            flat.text(),
            x + flat.top() - y,
            y - (flat.right() - x),
            x + flat.bottom() - y,
            y - (flat.left() - x))
        : flat;
  }

  private static String inherited(Element element, String attribute, String otherwise) {
    for (org.w3c.dom.Node node = element;
        node instanceof Element each;
        node = node.getParentNode()) {
      if (each.hasAttribute(attribute)) {
        return each.getAttribute(attribute);
      }
    }
    return otherwise;
  }

  /** Where a text is. */
  public record Box(String text, double left, double top, double right, double bottom) {
    boolean overlaps(Box other) {
      return left < other.right - 0.1
          && other.left < right - 0.1
          && top < other.bottom - 0.1
          && other.top < bottom - 0.1;
    }
  }

  /** The corners of a path of absolute moves and lines. */
  static List<double[]> corners(String path) {
    List<double[]> corners = new ArrayList<>();
    for (String corner : path.replace("z", "").split("[ML]", -1)) {
      if (!corner.isEmpty()) {
        String[] coordinates = corner.split(" ", -1);
        corners.add(
            new double[] {Double.parseDouble(coordinates[0]), Double.parseDouble(coordinates[1])});
      }
    }
    return corners;
  }
}
