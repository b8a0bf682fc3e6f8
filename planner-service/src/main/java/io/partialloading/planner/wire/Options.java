// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.plan.PlanningOptions;
import io.partialloading.planner.v1.Algorithm;
import java.util.OptionalLong;

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
 * @param answerReserve what of the call's deadline is kept back for the network, in ns; empty if
 *     that is left to the server
 */
record Options(
    Algorithm algorithm,
    long slot,
    BandwidthSharing bandwidthSharing,
    boolean ignoreParameterSharing,
    long planningTimeLimit,
    Margins margins,
    boolean sensitivity,
    double searchEffort,
    OptionalLong answerReserve) {

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

  /** How to plan; the planner's algorithms have the names of the contract's. */
  PlanningOptions planning() {
    String name = algorithm.name().substring("ALGORITHM_".length());
    return new PlanningOptions(
        io.partialloading.planner.plan.Algorithm.valueOf(name), slot, searchEffort);
  }
}
