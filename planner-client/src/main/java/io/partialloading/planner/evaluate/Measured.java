// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation has measured.
 *
 * @param samples by id of the setting, then of the curve
 * @param checks what was checked
 * @param offences the first of what the checks have caught, by setting
 * @param took how long measuring took, interruptions left out
 */
public record Measured(
    Map<String, Map<String, Sample>> samples,
    Results.Checks checks,
    List<Offence> offences,
    Duration took) {

  public Measured {
    samples = Map.copyOf(samples);
    offences = List.copyOf(offences);
  }

  static Measured of(List<Point> points) {
    Map<String, Map<String, Sample>> samples = new LinkedHashMap<>();
    for (Point point : points) {
      Map<String, Sample> curves = new LinkedHashMap<>();
      point.curves().forEach((curve, tally) -> curves.put(curve, tally.sample()));
      samples.put(point.setting(), curves);
    }
    return new Measured(
        samples,
        points.stream()
            .map(Point::checks)
            .reduce(new Results.Checks(0, 0, 0, 0), Results.Checks::plus),
        points.stream().flatMap(point -> point.offences().stream()).toList(),
        Duration.ofNanos(points.stream().mapToLong(Point::nanos).sum()));
  }

  /** Whether no check has caught anything. */
  public boolean isSound() {
    return checks.infeasible() == 0 && checks.beaten() == 0 && checks.boundBroken() == 0;
  }
}
