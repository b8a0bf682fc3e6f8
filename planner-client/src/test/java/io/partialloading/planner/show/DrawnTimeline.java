// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.chart.Drawing;
import io.partialloading.planner.chart.Drawing.Box;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A timeline, read back: its rectangles with their tooltips, its lines and texts. */
final class DrawnTimeline {
  private final Drawing drawing;

  DrawnTimeline(String svg) throws Exception {
    drawing = new Drawing(svg);
  }

  Drawing drawing() {
    return drawing;
  }

  List<String> elementNames() {
    return drawing.elements("*").stream().map(Element::getTagName).distinct().toList();
  }

  List<Element> batches() {
    return drawing.elements("g").stream()
        .filter(g -> g.getAttribute("class").equals("batch"))
        .toList();
  }

  /** The rectangles of a class, such as upload, spare or share. */
  List<Box> rects(String className) {
    return drawing.elements("rect").stream()
        .filter(rect -> rect.getAttribute("class").equals(className))
        .map(DrawnTimeline::box)
        .toList();
  }

  List<Box> rects() {
    return drawing.elements("rect").stream().map(DrawnTimeline::box).toList();
  }

  double budgetX() {
    return drawing.elements("line").stream()
        .filter(line -> line.getAttribute("class").equals("budget"))
        .mapToDouble(line -> number(line, "x1"))
        .findFirst()
        .orElseThrow();
  }

  /** What its texts say. */
  List<String> lines() {
    return drawing.elements("text").stream().map(Element::getTextContent).toList();
  }

  private static Box box(Element rect) {
    double x = number(rect, "x");
    double y = number(rect, "y");
    NodeList titles = rect.getElementsByTagName("title");
    String title = titles.getLength() == 0 ? "" : titles.item(0).getTextContent();
    return new Box(title, x, y, x + number(rect, "width"), y + number(rect, "height"));
  }

  private static double number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? 0 : Double.parseDouble(value);
  }
}
