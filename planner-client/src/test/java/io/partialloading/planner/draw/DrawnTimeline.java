package io.partialloading.planner.draw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A timeline read back: its rectangles, lines and texts, and where they are. */
final class DrawnTimeline {
  private final Document document;

  DrawnTimeline(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }

  /** The room of an element, and what it says. */
  record Box(double left, double top, double right, double bottom, String text) {
    double width() {
      return right - left;
    }

    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    boolean isWithin(Box other) {
      // Rounding to hundredths is no offence.
      return left >= other.left - 0.02
          && top >= other.top - 0.02
          && right <= other.right + 0.02
          && bottom <= other.bottom + 0.02;
    }
  }

  Box canvas() {
    Element svg = document.getDocumentElement();
    Box canvas = new Box(0, 0, number(svg, "width"), number(svg, "height"), "canvas");
    String viewBox = "0 0 " + Svg.number(canvas.right()) + " " + Svg.number(canvas.bottom());
    assertEquals(viewBox, svg.getAttribute("viewBox"));
    return canvas;
  }

  List<String> elementNames() {
    return elements("*").stream().map(Element::getTagName).distinct().toList();
  }

  List<Element> batches() {
    return elements("g").stream().filter(g -> g.getAttribute("class").equals("batch")).toList();
  }

  /** The rectangles of a class, such as upload, spare or share. */
  List<Box> rects(String className) {
    return elements("rect").stream()
        .filter(rect -> rect.getAttribute("class").equals(className))
        .map(DrawnTimeline::rect)
        .toList();
  }

  List<Box> rects() {
    return elements("rect").stream().map(DrawnTimeline::rect).toList();
  }

  double budgetX() {
    return elements("line").stream()
        .filter(line -> line.getAttribute("class").equals("budget"))
        .mapToDouble(line -> number(line, "x1"))
        .findFirst()
        .orElseThrow();
  }

  /** All texts, as wide as they are in the widest font. */
  List<Box> texts() {
    return elements("text").stream().map(DrawnTimeline::text).toList();
  }

  List<String> lines() {
    return elements("text").stream().map(Element::getTextContent).toList();
  }

  private List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static Box rect(Element rect) {
    double x = number(rect, "x");
    double y = number(rect, "y");
    NodeList titles = rect.getElementsByTagName("title");
    String title = titles.getLength() == 0 ? "" : titles.item(0).getTextContent();
    return new Box(x, y, x + number(rect, "width"), y + number(rect, "height"), title);
  }

  private static Box text(Element text) {
    double size = Double.parseDouble(inherited(text, "font-size", "16"));
    boolean bold = inherited(text, "font-weight", "").equals("bold");
    String content = text.getTextContent();
    double width =
        Svg.width(content, size) * TimelineLayout.FONT_TOLERANCE * (bold ? TimelineLayout.BOLD : 1);
    double x = number(text, "x");
    double left =
        switch (inherited(text, "text-anchor", "start")) {
          case "end" -> x - width;
          case "middle" -> x - width / 2;
          default -> x;
        };
    double y = number(text, "y");
    return new Box(left, y - 0.72 * size, left + width, y, content);
  }

  private static double number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? 0 : Double.parseDouble(value);
  }

  private static String inherited(Element element, String attribute, String otherwise) {
    for (Node node = element; node instanceof Element at; node = node.getParentNode()) {
      if (at.hasAttribute(attribute)) {
        return at.getAttribute(attribute);
      }
    }
    return otherwise;
  }
}
