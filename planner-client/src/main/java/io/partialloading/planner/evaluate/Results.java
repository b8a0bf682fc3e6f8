// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came out of an evaluation.
 *
 * @param figures the figures measured, in their order
 * @param samples what was measured, by id of the setting, then of the curve
 * @param realisations how many requests were drawn at each setting, unless it says fewer itself
 * @param seed what decided which
 * @param checks what was checked on the way
 * @param took how long measuring took, interruptions left out
 * @param machine on what it ran, in words
 * @param command the command line that measures it again
 * @param constants the text of the constants used
 */
public record Results(
    List<Figure> figures,
    Map<String, Map<String, Sample>> samples,
    int realisations,
    long seed,
    Checks checks,
    Duration took,
    String machine,
    String command,
    String constants) {

  public Results {
    figures = List.copyOf(figures);
    samples = Map.copyOf(samples);
  }

  /** What was measured of a curve at a setting. */
  public Sample sample(Setting setting, Curve curve) {
    Sample sample = samples.getOrDefault(setting.id(), Map.of()).get(curve.id());
    if (sample == null) {
      throw new IllegalArgumentException(setting.id() + " has no sample of " + curve.id());
    }
    return sample;
  }

  /**
   * What was checked of every single plan.
   *
   * @param plans number of plans made
   * @param infeasible schedules that broke a constraint, by the independent verifier
   * @param beaten realisations in which some other plan served more users than the adaptive one
   * @param boundBroken realisations in which some plan served more users than an answer's bound
   *     allows
   */
  public record Checks(long plans, long infeasible, long beaten, long boundBroken) {
    Checks plus(Checks other) {
      return new Checks(
          plans + other.plans,
          infeasible + other.infeasible,
          beaten + other.beaten,
          boundBroken + other.boundBroken);
    }
  }
}
