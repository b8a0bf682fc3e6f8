// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/**
 * What was measured of a curve at a setting, over many realisations. Sums of whole numbers, so that
 * it does not matter in which order they were added.
 *
 * @param realisations number of realisations, at least 1
 * @param users users waiting, over all realisations
 * @param served users served, over all realisations
 * @param ratio mean share of users served, 0 to 1
 * @param halfWidth half the width of its 95 % confidence interval
 * @param bound mean share of users that no plan exceeds, by the answers' upper bounds
 * @param proven number of realisations whose plan is proven optimal
 * @param meanMicros mean planning time, in microseconds
 * @param medianMicros median planning time, in microseconds
 */
public record Sample(
    int realisations,
    long users,
    long served,
    double ratio,
    double halfWidth,
    double bound,
    int proven,
    double meanMicros,
    double medianMicros) {
  /** Whether there were enough realisations to say how far off the mean can be. */
  boolean hasInterval() {
    return realisations > 1 && Double.isFinite(halfWidth);
  }

  /** Lower end of the confidence interval; the mean share itself if there is none. */
  double low() {
    return hasInterval() ? Math.max(0, ratio - halfWidth) : ratio;
  }

  /** Upper end of the confidence interval; the mean share itself if there is none. */
  double high() {
    return hasInterval() ? Math.min(1, ratio + halfWidth) : ratio;
  }
}
