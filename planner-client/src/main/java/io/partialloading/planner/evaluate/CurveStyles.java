// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.chart.LineChart;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Styles of curves, such that a curve looks the same in all figures, and no two of a figure look
 * the same. There are more curves than styles; those of few figures share them.
 */
final class CurveStyles {
  private final Map<String, Integer> styles = new HashMap<>();

  CurveStyles(List<Figure> figures) {
    Map<String, Set<String>> neighbours = new HashMap<>();
    Map<String, Integer> appearances = new HashMap<>();
    for (Figure figure : figures) {
      List<String> ids = figure.curves().stream().map(Curve::id).toList();
      for (String id : ids) {
        neighbours.computeIfAbsent(id, key -> new HashSet<>()).addAll(ids);
        appearances.merge(id, 1, Integer::sum);
      }
    }
    int[] uses = new int[LineChart.styles()];
    for (Figure figure : figures) {
      for (Curve curve : figure.curves()) {
        if (!styles.containsKey(curve.id())) {
          int own = appearances.getOrDefault(curve.id(), 0);
          int style = free(uses, own, neighbours.getOrDefault(curve.id(), Set.of()));
          styles.put(curve.id(), style);
          uses[style] += own;
        }
      }
    }
  }

  /**
   * The first style that the neighbours leave and that is not used more than this curve is going to
   * use it, so that curves of corresponding figures get the same styles; or the least used one.
   */
  private int free(int[] uses, int own, Set<String> neighbours) {
    Set<Integer> taken = new HashSet<>();
    for (String neighbour : neighbours) {
      if (styles.containsKey(neighbour)) {
        taken.add(styles.get(neighbour));
      }
    }
    return IntStream.range(0, uses.length)
        .boxed()
        .filter(style -> !taken.contains(style))
        .min(Comparator.comparingInt(style -> Math.max(0, uses[style] - own)))
        .orElse(uses.length - 1);
  }

  /** The style of a curve of these figures. */
  int of(Curve curve) {
    Integer style = styles.get(curve.id());
    if (style == null) {
      throw new IllegalArgumentException("no figure has " + curve.id());
    }
    return style;
  }
}
