// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.plan.PlanningOptions;
import io.partialloading.planner.v1.Algorithm;

/**
 * The options as read.
 *
 * @param algorithm the algorithm, never unspecified
 * @param slot time slot in ns; the budget has at most 10,000
 * @param bandwidthSharing how batches share the band
 * @param ignoreParameterSharing whether every model is loaded whole
 * @param planningTimeLimit in ns, or {@link ReadRequest#NO_TIME_LIMIT}
 * @param margins by how much longer everything is taken to last
 * @param sensitivity whether it is asked what more of each resource would bring
 * @param searchEffort effort of searches, 1 for the default
 */
record Options(
    Algorithm algorithm,
    long slot,
    BandwidthSharing bandwidthSharing,
    boolean ignoreParameterSharing,
    long planningTimeLimit,
    Margins margins,
    boolean sensitivity,
    double searchEffort) {

  /** Whether the algorithm plans in slots of time. */
  static boolean isSlotted(Algorithm algorithm) {
    return switch (algorithm) {
      case ALGORITHM_PARTIAL_LOADING_SPEC,
          ALGORITHM_PARTIAL_LOADING_GEN,
          ALGORITHM_INDEPENDENT_LOADING ->
          true;
      default -> false;
    };
  }

  /** How to plan. */
  PlanningOptions planning() {
    return new PlanningOptions(planned(algorithm), slot, searchEffort);
  }

  private static io.partialloading.planner.plan.Algorithm planned(Algorithm algorithm) {
    return switch (algorithm) {
      case ALGORITHM_ADAPTIVE -> io.partialloading.planner.plan.Algorithm.ADAPTIVE;
      case ALGORITHM_PARTIAL_LOADING_SPEC ->
          io.partialloading.planner.plan.Algorithm.PARTIAL_LOADING_SPEC;
      case ALGORITHM_PARTIAL_LOADING_GEN ->
          io.partialloading.planner.plan.Algorithm.PARTIAL_LOADING_GEN;
      case ALGORITHM_INDEPENDENT_LOADING ->
          io.partialloading.planner.plan.Algorithm.INDEPENDENT_LOADING;
      case ALGORITHM_EXHAUSTIVE_SEARCH ->
          io.partialloading.planner.plan.Algorithm.EXHAUSTIVE_SEARCH;
      case ALGORITHM_MAXIMUM_OVERLAP -> io.partialloading.planner.plan.Algorithm.MAXIMUM_OVERLAP;
      case ALGORITHM_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("algorithm " + algorithm);
    };
  }
}
