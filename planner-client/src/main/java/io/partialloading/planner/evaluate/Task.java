// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A setting with every curve that some figure shows of it.
 *
 * @param curves the curves, each id once
 */
record Task(Setting setting, List<Curve> curves) {
  Task {
    curves = List.copyOf(curves);
  }

  /**
   * What is to be measured for figures, in their order.
   *
   * @throws IllegalArgumentException if settings of the same id differ
   */
  static List<Task> of(List<Figure> figures) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    Map<String, Map<String, Curve>> curves = new LinkedHashMap<>();
    for (Figure figure : figures) {
      for (Setting setting : figure.settings()) {
        Setting first = settings.putIfAbsent(setting.id(), setting);
        if (first != null
            && (first.mostRealisations() != setting.mostRealisations()
                || first.timed() != setting.timed())) {
          throw new IllegalArgumentException(
              "setting " + setting.id() + " of figure " + figure.id() + " has two definitions");
        }
        Map<String, Curve> known =
            curves.computeIfAbsent(setting.id(), unused -> new LinkedHashMap<>());
        figure.curves().forEach(curve -> known.putIfAbsent(curve.id(), curve));
      }
    }
    List<Task> tasks = new ArrayList<>();
    settings.forEach(
        (id, setting) ->
            tasks.add(
                new Task(
                    setting,
                    List.copyOf(curves.getOrDefault(id, new LinkedHashMap<>()).values()))));
    return tasks;
  }

  Set<String> curveIds() {
    return curves.stream().map(Curve::id).collect(Collectors.toUnmodifiableSet());
  }
}
