// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures under a common heading.
 *
 * @param id the heading's anchor
 * @param name its name in a few words
 * @param title the heading
 * @param figures the figures, in their order
 */
record FigureGroup(String id, String name, String title, List<Figure> figures) {
  private static final String BEYOND = "beyond";

  private static final Map<String, String> SUBJECTS =
      Map.of(
          "6", "bottom-layer sharing",
          "7", "general sharing",
          "8", "what optimal bandwidth gains",
          "9", "small problems against exhaustive search");

  /** Groups figures by their number in the paper; those without are beyond the paper. */
  static List<FigureGroup> of(List<Figure> figures) {
    Map<String, List<Figure>> byNumber = new LinkedHashMap<>();
    for (Figure figure : figures) {
      String number = figure.isOfThePaper() ? figure.id().replaceAll("[a-z]", "") : BEYOND;
      byNumber.computeIfAbsent(number, key -> new ArrayList<>()).add(figure);
    }
    List<FigureGroup> groups = new ArrayList<>();
    byNumber.forEach((number, members) -> groups.add(group(number, members)));
    return groups;
  }

  private static FigureGroup group(String number, List<Figure> figures) {
    if (number.equals(BEYOND)) {
      return new FigureGroup(BEYOND, "Beyond the paper", "Beyond the paper", figures);
    }
    String name = "Figure " + number;
    String subject = SUBJECTS.get(number);
    return new FigureGroup(
        "figure-" + number, name, subject == null ? name : name + ": " + subject, figures);
  }
}
