// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What was measured at a setting, as it is kept in a file: whatever it may hold, nothing is null.
 *
 * @param setting id of the setting
 * @param conditions under which it was measured
 * @param nanos how long measuring took, in ns
 * @param curves by id
 * @param checks what was checked
 * @param offences the first of what the checks have caught
 */
record Point(
    String setting,
    Conditions conditions,
    long nanos,
    Map<String, Tally> curves,
    Results.Checks checks,
    List<Offence> offences) {

  private static final int MOST_OFFENCES = 10;

  Point {
    Objects.requireNonNull(setting);
    Objects.requireNonNull(conditions);
    Objects.requireNonNull(checks);
    curves.values().forEach(Objects::requireNonNull);
    curves = Collections.unmodifiableSortedMap(new TreeMap<>(curves));
    offences = List.copyOf(offences);
  }

  /** The point of a task's realisations. */
  static Point of(Task task, Conditions conditions, long nanos, List<Realisation> realisations) {
    List<Offence> offences =
        realisations.stream().flatMap(realisation -> realisation.offences().stream()).toList();
    Map<String, Tally> curves = new TreeMap<>();
    for (int c = 0; c < task.curves().size(); c++) {
      int curve = c;
      curves.put(
          task.curves().get(c).id(),
          Tally.of(realisations.stream().map(r -> r.outcomes().get(curve)).toList()));
    }
    return new Point(
        task.setting().id(),
        conditions,
        nanos,
        curves,
        new Results.Checks(
            (long) realisations.size() * task.curves().size(),
            count(offences, Offence.Kind.INFEASIBLE),
            count(offences, Offence.Kind.BEATEN),
            count(offences, Offence.Kind.BOUND_BROKEN)),
        offences.stream().limit(MOST_OFFENCES).toList());
  }

  private static long count(List<Offence> offences, Offence.Kind kind) {
    return offences.stream().filter(offence -> offence.kind() == kind).count();
  }
}
