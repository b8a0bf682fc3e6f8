// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.Collection;
import java.util.List;

/**
 * A curve against another one over some settings: the one place where the report's differences are
 * computed.
 *
 * @param better the curve expected above
 * @param worse the curve expected below
 * @param points by how many percentage points of served users it is above, averaged over the
 *     settings; below 0 if it is not
 * @param relative the same in percent of what the curve below serves
 * @param settings number of settings
 */
record Comparison(Curve better, Curve worse, double points, double relative, int settings) {
  /**
   * Compares two curves over settings that have samples of both.
   *
   * @param settings at least one
   */
  static Comparison of(Results results, Collection<Setting> settings, Curve better, Curve worse) {
    double above = meanShare(results, settings, better);
    double below = meanShare(results, settings, worse);
    return new Comparison(
        better, worse, 100 * (above - below), 100 * (above / below - 1), settings.size());
  }

  /** What a curve serves, averaged over settings, as a share of 0 to 1. */
  static double meanShare(Results results, Collection<Setting> settings, Curve curve) {
    return settings.stream()
        .mapToDouble(setting -> results.sample(setting, curve).ratio())
        .average()
        .orElseThrow();
  }

  /**
   * What the paper states beside what came out.
   *
   * @param figure where it states it
   * @param paper percentage points, as the paper states them
   * @param ours what was measured
   * @param why why the two may differ; empty where nothing is known
   */
  record Claimed(Figure figure, double paper, Comparison ours, String why) {
    /** A larger difference from the paper than this is pointed out, in percentage points. */
    static final double TOLERANCE = 4;

    /** How far what was measured is above what the paper states, in percentage points. */
    double difference() {
      return ours.points() - paper;
    }

    /** Whether the difference is to be pointed out. */
    boolean isFarOff() {
      return Math.abs(difference()) > TOLERANCE;
    }

    /** What there is to say about the difference; empty if nothing. */
    String remark() {
      if (!isFarOff()) {
        return "";
      }
      String farOff = "more than " + Numbers.given(TOLERANCE) + " points off";
      return why.isEmpty() ? farOff : farOff + ": " + why;
    }
  }

  /** All that the paper states, in the order of the figures. */
  static List<Claimed> claimed(Results results) {
    return results.figures().stream()
        .flatMap(
            figure ->
                figure.claims().stream()
                    .map(
                        claim ->
                            new Claimed(
                                figure,
                                claim.points(),
                                of(
                                    results,
                                    figure.settings(),
                                    figure.curve(claim.better()),
                                    figure.curve(claim.worse())),
                                claim.why())))
        .toList();
  }
}
