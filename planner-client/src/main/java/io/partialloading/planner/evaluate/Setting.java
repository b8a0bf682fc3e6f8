// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.v1.PlanRequest;
import java.util.function.LongFunction;

/**
 * A point on a figure's axis, from which requests are drawn. Settings with the same id are the same
 * wherever they appear, and are measured once for all curves.
 *
 * @param id by which files know it, such as {@code bottom-layer-bandwidth-200}; unique
 * @param x where it stands on the axis, in the axis's unit
 * @param draw the request of a seed; its options state at most what curves may take up, a slot
 * @param mostRealisations no more are drawn than this, because they take long; at least 1
 * @param timed whether planning times are to be shown: then it is measured with nothing else
 *     running, after warming up
 */
public record Setting(
    String id, double x, LongFunction<PlanRequest> draw, int mostRealisations, boolean timed) {
  /** A setting of any number of realisations, whose planning times are not shown. */
  Setting(String id, double x, LongFunction<PlanRequest> draw) {
    this(id, x, draw, Integer.MAX_VALUE, false);
  }
}
